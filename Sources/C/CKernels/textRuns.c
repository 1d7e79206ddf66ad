// Runs of letters and digits with their hashes: what near-duplicates and lessons know of a text.
//
// Per 64 bytes two masks (letters, digits and bytes above 0x7F; digits alone); the edges of the first are the borders of
// the runs. FNV-1a is a chain of multiplications: eight bytes are loaded together and eaten one by one, so that a step is
// three instructions, and the chains of neighbouring words overlap in the processor.
#include "CKernelsScan.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

typedef struct {
  uint64_t word;   // A-Z a-z 0-9 and bytes above 0x7F
  uint64_t digit;
  uint64_t high;
} run_masks;

typedef run_masks (*mask_function)(const uint8_t *block);

#if defined(__x86_64__)

ALWAYS_INLINE void masks16(__m128i bytes, unsigned shift, run_masks *m) {
  __m128i alpha = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(alpha, _mm_set1_epi8(25)), alpha);
  __m128i numeral = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(numeral, _mm_set1_epi8(9)), numeral);
  // The top bit is all that is looked at: that of `bytes` itself says “above 0x7F”.
  __m128i word = _mm_or_si128(_mm_or_si128(letter, digit), bytes);
  m->word |= (uint64_t)(uint16_t)_mm_movemask_epi8(word) << shift;
  m->digit |= (uint64_t)(uint16_t)_mm_movemask_epi8(digit) << shift;
  m->high |= (uint64_t)(uint16_t)_mm_movemask_epi8(bytes) << shift;
}

ALWAYS_INLINE run_masks masks_base(const uint8_t *block) {
  run_masks m = {0, 0, 0};
  for (unsigned i = 0; i < 4; i++) masks16(_mm_loadu_si128((const __m128i *)(block + 16 * i)), 16 * i, &m);
  return m;
}

__attribute__((target("avx2"))) ALWAYS_INLINE void masks32(__m256i bytes, unsigned shift, run_masks *m) {
  __m256i alpha = _mm256_sub_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a'));
  __m256i letter = _mm256_cmpeq_epi8(_mm256_min_epu8(alpha, _mm256_set1_epi8(25)), alpha);
  __m256i numeral = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
  __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(numeral, _mm256_set1_epi8(9)), numeral);
  __m256i word = _mm256_or_si256(_mm256_or_si256(letter, digit), bytes);
  m->word |= (uint64_t)(uint32_t)_mm256_movemask_epi8(word) << shift;
  m->digit |= (uint64_t)(uint32_t)_mm256_movemask_epi8(digit) << shift;
  m->high |= (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes) << shift;
}

__attribute__((target("avx2"))) ALWAYS_INLINE run_masks masks_avx2(const uint8_t *block) {
  run_masks m = {0, 0, 0};
  masks32(_mm256_loadu_si256((const __m256i *)block), 0, &m);
  masks32(_mm256_loadu_si256((const __m256i *)(block + 32)), 32, &m);
  return m;
}

#else

ALWAYS_INLINE run_masks masks_base(const uint8_t *block) {
  run_masks m = {0, 0, 0};
  for (unsigned i = 0; i < 64; i++) {
    uint8_t c = block[i];
    uint64_t bit = (uint64_t)1 << i;
    if ((uint8_t)((c | 0x20) - 'a') < 26 || (uint8_t)(c - '0') < 10 || c >= 0x80) m.word |= bit;
    if ((uint8_t)(c - '0') < 10) m.digit |= bit;
    if (c >= 0x80) m.high |= bit;
  }
  return m;
}

#endif

#define FNV_START 0xCBF29CE484222325u
#define FNV_PRIME 0x100000001B3u

/// FNV-1a of `text[start..<end]`, ASCII letters and digits only; 0x20 is set in all of them, digits have it anyway.
ALWAYS_INLINE uint64_t folded_hash(const uint8_t *text, size_t start, size_t end, size_t count) {
  uint64_t hash = FNV_START;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  // What lies behind the run is loaded too, and not eaten.
  while (end - start > 8) {
    uint64_t bytes;
    memcpy(&bytes, text + start, 8);
    bytes |= 0x2020202020202020u;
    for (unsigned k = 0; k < 8; k++) hash = (hash ^ (uint8_t)(bytes >> (8 * k))) * FNV_PRIME;
    start += 8;
  }
  if (start + 8 <= count) {
    uint64_t bytes;
    memcpy(&bytes, text + start, 8);
    bytes |= 0x2020202020202020u;
#define STEP hash = (hash ^ (uint8_t)bytes) * FNV_PRIME, bytes >>= 8;
    switch (end - start) {
      case 8: STEP  // fall through
      case 7: STEP  // fall through
      case 6: STEP  // fall through
      case 5: STEP  // fall through
      case 4: STEP  // fall through
      case 3: STEP  // fall through
      case 2: STEP  // fall through
      case 1: STEP  // fall through
      default: return hash;
    }
#undef STEP
  }
#endif
  for (; start < end; start++) hash = (hash ^ (text[start] | 0x20)) * FNV_PRIME;
  return hash;
}

ALWAYS_INLINE size_t find_runs(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity,
                               size_t *next, run_masks (*masks)(const uint8_t *)) {
  size_t found = 0;
  size_t start = 0;       // of the open run
  uint64_t open = 0;      // 1 while a run goes on into the next block
  uint32_t flags = 0;     // of what lies in earlier blocks of it
  uint8_t last[64];
  size_t at = from;
  for (; at < count; at += 64) {
    if (capacity - found < 33) {
      *next = open ? start : at;
      return found;
    }
    const uint8_t *block = text + at;
    if (count - at < 64) {
      memset(last, 0, sizeof last);
      memcpy(last, block, count - at);
      block = last;
    }
    run_masks m = masks(block);
    uint64_t edges = m.word ^ (m.word << 1 | open);
    // An edge ends the open run, or it begins one that the next edge ends.
    unsigned begin = 0;
    while (edges) {
      unsigned edge = (unsigned)__builtin_ctzll(edges);
      edges &= edges - 1;
      if (!open) {
        open = 1;
        begin = edge;
        start = at + edge;
        flags = 0;
        continue;
      }
      open = 0;
      uint64_t inside = ((uint64_t)1 << edge) - ((uint64_t)1 << begin);
      if (m.digit & inside) flags |= CTEXT_RUN_HAS_DIGITS;
      if (m.high & inside) flags |= CTEXT_RUN_HAS_NON_ASCII;
      ctext_run *run = runs + found++;
      run->start = (uint32_t)start;
      run->end = (uint32_t)(at + edge);
      run->flags = flags;
      run->hash = flags & CTEXT_RUN_HAS_NON_ASCII ? 0 : folded_hash(text, start, at + edge, count);
    }
    if (open) {
      uint64_t inside = ~(uint64_t)0 << begin;
      if (m.digit & inside) flags |= CTEXT_RUN_HAS_DIGITS;
      if (m.high & inside) flags |= CTEXT_RUN_HAS_NON_ASCII;
    }
  }
  if (open) {
    // The text ends with a run and with a block.
    ctext_run *run = runs + found++;
    run->start = (uint32_t)start;
    run->end = (uint32_t)count;
    run->flags = flags;
    run->hash = flags & CTEXT_RUN_HAS_NON_ASCII ? 0 : folded_hash(text, start, count, count);
  }
  *next = count;
  return found;
}

size_t ctext_runs_portable(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity,
                           size_t *next) {
  return find_runs(text, from, count, runs, capacity, next, masks_base);
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi"))) static size_t runs_avx2(const uint8_t *text, size_t from, size_t count,
                                                            ctext_run *runs, size_t capacity, size_t *next) {
  return find_runs(text, from, count, runs, capacity, next, masks_avx2);
}
#endif

size_t ctext_runs(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity, size_t *next) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    return runs_avx2(text, from, count, runs, capacity, next);
  }
#endif
  return find_runs(text, from, count, runs, capacity, next, masks_base);
}
