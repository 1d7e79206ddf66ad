// Runs of letters and digits with their hashes: what near-duplicates and lessons know of a text.
//
// Per 64 bytes a mask; its edges are the borders of the runs. FNV-1a is a chain of multiplications: a step is four
// instructions where eight bytes are loaded together and eaten one by one, but how many steps there are is guessed wrong
// for every other word. With AVX2 the chains of four runs are calculated side by side.
#include "CKernelsScan.h"
#include "inline.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef uint64_t (*mask_function)(const uint8_t *block);

// Each answers with the bits of A-Z, a-z, 0-9 and bytes above 0x7F in 64 bytes.

#if defined(__x86_64__)

ALWAYS_INLINE uint64_t mask16(__m128i bytes) {
  __m128i alpha = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(alpha, _mm_set1_epi8(25)), alpha);
  __m128i numeral = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(numeral, _mm_set1_epi8(9)), numeral);
  // The top bit is all that is looked at: that of `bytes` itself says “above 0x7F”.
  return (uint16_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letter, digit), bytes));
}

ALWAYS_INLINE uint64_t mask_base(const uint8_t *block) {
  uint64_t mask = 0;
  for (unsigned i = 0; i < 4; i++) mask |= mask16(_mm_loadu_si128((const __m128i *)(block + 16 * i))) << (16 * i);
  return mask;
}

__attribute__((target("avx2"))) ALWAYS_INLINE uint64_t mask32(__m256i bytes) {
  __m256i alpha = _mm256_sub_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a'));
  __m256i letter = _mm256_cmpeq_epi8(_mm256_min_epu8(alpha, _mm256_set1_epi8(25)), alpha);
  __m256i numeral = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
  __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(numeral, _mm256_set1_epi8(9)), numeral);
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(letter, digit), bytes));
}

__attribute__((target("avx2"))) ALWAYS_INLINE uint64_t mask_avx2(const uint8_t *block) {
  return mask32(_mm256_loadu_si256((const __m256i *)block)) |
         mask32(_mm256_loadu_si256((const __m256i *)(block + 32))) << 32;
}

#else

ALWAYS_INLINE uint64_t mask_base(const uint8_t *block) {
  uint64_t mask = 0;
  for (unsigned i = 0; i < 64; i++) {
    uint8_t c = block[i];
    if ((uint8_t)((c | 0x20) - 'a') < 26 || (uint8_t)(c - '0') < 10 || c >= 0x80) mask |= (uint64_t)1 << i;
  }
  return mask;
}

#endif

#define FNV_START 0xCBF29CE484222325u
#define FNV_PRIME 0x100000001B3u

/// Bytes of which one is above 0x7F have one of these bits; letters have all of the others, digits none.
#define TOPS 0x8080808080808080u
#define LETTERS 0x4040404040404040u
#define SMALL 0x2020202020202020u

/// Fills in what a run holds; `count` is the end of the text.
ALWAYS_INLINE void describe(const uint8_t *text, size_t start, size_t end, size_t count, ctext_run *run) {
  run->start = (uint32_t)start;
  run->end = (uint32_t)end;
  uint64_t hash = FNV_START;
  size_t length = end - start;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (length <= 8 && start + 8 <= count) {
    // What lies behind the run is loaded too, and not eaten. 0x20 makes letters small; digits have it anyway.
    uint64_t bytes;
    memcpy(&bytes, text + start, 8);
    uint64_t inside = ~(uint64_t)0 >> (64 - 8 * length);
    if (bytes & inside & TOPS) {
      run->flags = CTEXT_RUN_HAS_NON_ASCII;
      run->hash = 0;
      return;
    }
    run->flags = ~bytes & inside & LETTERS ? CTEXT_RUN_HAS_DIGITS : 0;
    bytes |= SMALL;
#define STEP hash = (hash ^ (uint8_t)bytes) * FNV_PRIME, bytes >>= 8;
    switch (length) {
      case 8: STEP  // fall through
      case 7: STEP  // fall through
      case 6: STEP  // fall through
      case 5: STEP  // fall through
      case 4: STEP  // fall through
      case 3: STEP  // fall through
      case 2: STEP  // fall through
      default: STEP
    }
#undef STEP
    run->hash = hash;
    return;
  }
#endif
  uint8_t all = 0, letters = 0x40;
  for (; start < end; start++) {
    all |= text[start];
    letters &= text[start];
    hash = (hash ^ (text[start] | 0x20)) * FNV_PRIME;
  }
  run->flags = all & 0x80 ? CTEXT_RUN_HAS_NON_ASCII : letters ? 0 : CTEXT_RUN_HAS_DIGITS;
  run->hash = all & 0x80 ? 0 : hash;
}

/// Fills in `count` runs, whose borders are `places`, two each.
ALWAYS_INLINE void describe_all(const uint8_t *text, const uint32_t *places, size_t count, size_t end,
                                ctext_run *runs) {
  for (size_t i = 0; i < count; i++) describe(text, places[2 * i], places[2 * i + 1], end, runs + i);
}

typedef void (*describe_function)(const uint8_t *text, const uint32_t *places, size_t count, size_t end,
                                  ctext_run *runs);

#if defined(__x86_64__)

/// The hashes of four runs of up to eight bytes side by side; a branch for each length would be guessed wrong.
__attribute__((target("avx2"))) ALWAYS_INLINE void describe4(const uint8_t *text, const uint32_t *places,
                                                             ctext_run *runs) {
  uint64_t loaded[4];
  for (unsigned i = 0; i < 4; i++) memcpy(loaded + i, text + places[2 * i], 8);
  __m256i bytes = _mm256_loadu_si256((const __m256i *)loaded);
  __m256i borders = _mm256_loadu_si256((const __m256i *)places);
  __m256i length = _mm256_srli_epi64(_mm256_sub_epi32(borders, _mm256_slli_epi64(borders, 32)), 32);
  __m256i bits = _mm256_slli_epi64(length, 3);
  // Ones in the bytes of the run, from the lowest on.
  __m256i inside =
      _mm256_srlv_epi64(_mm256_set1_epi64x(-1), _mm256_sub_epi64(_mm256_set1_epi64x(64), bits));
  __m256i zero = _mm256_setzero_si256();
  __m256i tops = _mm256_and_si256(_mm256_and_si256(bytes, inside), _mm256_set1_epi64x((long long)TOPS));
  __m256i others = _mm256_andnot_si256(bytes, _mm256_and_si256(inside, _mm256_set1_epi64x(LETTERS)));
  __m256i isASCII = _mm256_cmpeq_epi64(tops, zero);
  __m256i isLetters = _mm256_cmpeq_epi64(others, zero);
  // 2 for what is not ASCII, else 1 where there are digits.
  __m256i flags = _mm256_blendv_epi8(
      _mm256_set1_epi64x(CTEXT_RUN_HAS_NON_ASCII),
      _mm256_andnot_si256(isLetters, _mm256_set1_epi64x(CTEXT_RUN_HAS_DIGITS)), isASCII);
  bytes = _mm256_or_si256(bytes, _mm256_set1_epi64x(SMALL));
  __m256i hash = _mm256_set1_epi64x((long long)FNV_START), low = _mm256_set1_epi64x(0xFF);
  // The prime is 2^40 + 0x1B3.
  __m256i factor = _mm256_set1_epi64x(0x1B3);
  while (!_mm256_testz_si256(inside, inside)) {
    __m256i x = _mm256_xor_si256(hash, _mm256_and_si256(bytes, low));
    __m256i upper = _mm256_slli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(x, 32), factor), 32);
    __m256i product = _mm256_add_epi64(_mm256_add_epi64(_mm256_mul_epu32(x, factor), upper), _mm256_slli_epi64(x, 40));
    __m256i isOver = _mm256_cmpeq_epi64(inside, zero);
    hash = _mm256_blendv_epi8(product, hash, isOver);
    bytes = _mm256_srli_epi64(bytes, 8);
    inside = _mm256_srli_epi64(inside, 8);
  }
  hash = _mm256_and_si256(hash, isASCII);
  uint64_t hashes[4], kinds[4];
  _mm256_storeu_si256((__m256i *)hashes, hash);
  _mm256_storeu_si256((__m256i *)kinds, flags);
  for (unsigned i = 0; i < 4; i++) {
    runs[i].hash = hashes[i];
    runs[i].start = places[2 * i];
    runs[i].end = places[2 * i + 1];
    runs[i].flags = (uint32_t)kinds[i];
  }
}

__attribute__((target("avx2"))) ALWAYS_INLINE void describe_all_avx2(const uint8_t *text, const uint32_t *places,
                                                                     size_t count, size_t end, ctext_run *runs) {
  size_t i = 0;
  for (; i + 4 <= count && places[2 * i + 6] + (size_t)8 <= end; i += 4) {
    describe4(text, places + 2 * i, runs + i);
    // Long ones once more, by themselves.
    for (unsigned k = 0; k < 4; k++) {
      const uint32_t *borders = places + 2 * (i + k);
      if (borders[1] - borders[0] > 8) describe(text, borders[0], borders[1], end, runs + i + k);
    }
  }
  describe_all(text, places + 2 * i, count - i, end, runs + i);
}

#endif

ALWAYS_INLINE size_t find_runs(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity,
                               size_t *next, mask_function mask_of, describe_function describe_them) {
  size_t found = 0;
  // The borders of runs that are not filled in yet; an odd one is that of a run that goes on into the next block.
  uint32_t places[64 + 64 + 8];
  size_t number = 0;
  uint64_t open = 0;
  uint8_t last[64];
  for (size_t at = from; at < count; at += 64) {
    if (capacity - found < 65) {
      describe_them(text, places, number / 2, count, runs + found);
      *next = open ? places[number - 1] : at;
      return found + number / 2;
    }
    const uint8_t *block = text + at;
    if (count - at < 64) {
      memset(last, 0, sizeof last);
      memcpy(last, block, count - at);
      block = last;
    }
    uint64_t mask = mask_of(block);
    uint64_t edges = mask ^ (mask << 1 | open);
    for (; edges; edges &= edges - 1) places[number++] = (uint32_t)(at + (size_t)__builtin_ctzll(edges));
    open = mask >> 63;
    if (number >= 64) {
      // Some blocks at a time: what is over is taken along.
      size_t whole = number / 2 & ~(size_t)3;
      describe_them(text, places, whole, count, runs + found);
      found += whole;
      for (size_t i = 2 * whole; i < number; i++) places[i - 2 * whole] = places[i];
      number -= 2 * whole;
    }
  }
  // The text ends with a run and with a block.
  if (open) places[number++] = (uint32_t)count;
  describe_them(text, places, number / 2, count, runs + found);
  *next = count;
  return found + number / 2;
}

size_t ctext_runs_portable(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity,
                           size_t *next) {
  return find_runs(text, from, count, runs, capacity, next, mask_base, describe_all);
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi"))) static size_t runs_avx2(const uint8_t *text, size_t from, size_t count,
                                                            ctext_run *runs, size_t capacity, size_t *next) {
  return find_runs(text, from, count, runs, capacity, next, mask_avx2, describe_all_avx2);
}
#endif

size_t ctext_runs(const uint8_t *text, size_t from, size_t count, ctext_run *runs, size_t capacity, size_t *next) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    return runs_avx2(text, from, count, runs, capacity, next);
  }
#endif
  return find_runs(text, from, count, runs, capacity, next, mask_base, describe_all);
}
