// Where a sentence may end, and how long a text is in words: 64 bytes at a time.
#include "CKernelsScan.h"
#include "inline.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// MARK: The next byte of a set

ALWAYS_INLINE int is_stop(uint8_t c) {
  return c == '.' || c == '!' || c == '?' || c == '\n' || c == 0xE3 || c == 0xEF;
}

ALWAYS_INLINE int is_soft_break(uint8_t c) {
  return c == '.' || c == '!' || c == '?' || c == '\n' || c == 0x81 || c == 0x82 || c == 0x9F || c == 0xA4 || c == 0xA6;
}

size_t ctext_next_stop_portable(const uint8_t *text, size_t from, size_t end) {
  while (from < end && !is_stop(text[from])) from++;
  return from;
}

size_t ctext_next_soft_break_portable(const uint8_t *text, size_t from, size_t end) {
  while (from < end && !is_soft_break(text[from])) from++;
  return from;
}

#if defined(__x86_64__)

// A byte is of the set if the sets of its two halves meet: each upper half in use has a bit, and each lower half those
// of the upper halves that it stands with.
#define SET(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

__attribute__((target("avx2"))) ALWAYS_INLINE uint32_t members(__m256i bytes, __m256i low, __m256i high) {
  __m256i half = _mm256_set1_epi8(0x0F);
  __m256i a = _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half));
  __m256i b = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
  __m256i outside = _mm256_cmpeq_epi8(_mm256_and_si256(a, b), _mm256_setzero_si256());
  return ~(uint32_t)_mm256_movemask_epi8(outside);
}

__attribute__((target("avx2"))) ALWAYS_INLINE size_t next_member(const uint8_t *text, size_t from, size_t end,
                                                                 __m256i low, __m256i high, int (*is)(uint8_t)) {
  for (; from + 32 <= end; from += 32) {
    uint32_t found = members(_mm256_loadu_si256((const __m256i *)(text + from)), low, high);
    if (found) return from + (size_t)__builtin_ctz(found);
  }
  while (from < end && !is(text[from])) from++;
  return from;
}

// Upper halves: 0 → 1, 2 → 2, 3 → 4, E → 8.
__attribute__((target("avx2"))) static size_t next_stop_avx2(const uint8_t *text, size_t from, size_t end) {
  __m256i low = SET(0, 2, 0, 8, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 4 | 8);
  __m256i high = SET(1, 0, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0);
  return next_member(text, from, end, low, high, is_stop);
}

// Upper halves: 0 → 1, 2 → 2, 3 → 4, 8 → 8, 9 → 16, A → 32.
__attribute__((target("avx2"))) static size_t next_soft_break_avx2(const uint8_t *text, size_t from, size_t end) {
  __m256i low = SET(0, 2 | 8, 8, 0, 32, 0, 32, 0, 0, 0, 1, 0, 0, 0, 2, 4 | 16);
  __m256i high = SET(1, 0, 2, 4, 0, 0, 0, 0, 8, 16, 32, 0, 0, 0, 0, 0);
  return next_member(text, from, end, low, high, is_soft_break);
}

#endif

size_t ctext_next_stop(const uint8_t *text, size_t from, size_t end) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return next_stop_avx2(text, from, end);
#endif
  return ctext_next_stop_portable(text, from, end);
}

size_t ctext_next_soft_break(const uint8_t *text, size_t from, size_t end) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return next_soft_break_avx2(text, from, end);
#endif
  return ctext_next_soft_break_portable(text, from, end);
}

// MARK: Length in words

ALWAYS_INLINE size_t spaceless_twelfths(uint8_t c) { return c >= 0xE3 ? 6 : c == 0xE0 || c == 0xE1 ? 3 : 0; }

size_t ctext_word_weight_portable(const uint8_t *text, size_t count) {
  const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  size_t words = 0, twelfths = 0, i = 0;
  uint64_t inWord = 0;  // bit 7: the byte before was no white space
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  for (; i + 8 <= count; i += 8) {
    uint64_t x;
    memcpy(&x, text + i, 8);
    // Bit 7 of each byte: greater than a space. Adding to seven bits cannot carry into the next byte.
    uint64_t solid = (((x & ~tops) + ones * (0x80 - 0x21)) | x) & tops;
    words += (size_t)__builtin_popcountll(solid & ~(solid << 8 | inWord));
    inWord = solid >> 56;
    if (solid == tops) twelfths += 4;
    if (x & tops) {
      for (unsigned k = 0; k < 8; k++) twelfths += spaceless_twelfths(text[i + k]);
    }
  }
#else
  for (; i + 8 <= count; i += 8) {
    unsigned solid = 0;
    for (unsigned k = 0; k < 8; k++) {
      uint8_t c = text[i + k];
      if (c > 0x20 && !inWord) words++;
      inWord = c > 0x20;
      solid += c > 0x20;
      twelfths += spaceless_twelfths(c);
    }
    if (solid == 8) twelfths += 4;
  }
#endif
  for (; i < count; i++) {
    uint8_t c = text[i];
    if (c > 0x20 && !inWord) words++;
    inWord = c > 0x20;
    twelfths += spaceless_twelfths(c);
  }
  return words + twelfths / 12;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) ALWAYS_INLINE uint64_t bits64(__m256i a, __m256i b) {
  return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

typedef struct {
  size_t words, twelfths;
  uint64_t inWord;
} weight_state;

/// Takes in the 64 bytes at `block` but for the first `skipped`; behind the last of a text stand blanks.
__attribute__((target("avx2,popcnt"))) ALWAYS_INLINE void weigh(const uint8_t *block, unsigned skipped,
                                                                 weight_state *state) {
  __m256i a = _mm256_loadu_si256((const __m256i *)block), b = _mm256_loadu_si256((const __m256i *)(block + 32));
  __m256i space = _mm256_set1_epi8(0x20);
  uint64_t blank = bits64(_mm256_cmpeq_epi8(_mm256_min_epu8(a, space), a),
                          _mm256_cmpeq_epi8(_mm256_min_epu8(b, space), b));
  uint64_t solid = ~blank >> skipped;
  state->words += (size_t)__builtin_popcountll(solid & ~(solid << 1 | state->inWord));
  state->inWord = solid >> 63;
  uint64_t runs = solid & solid >> 1;
  runs &= runs >> 2;
  runs &= runs >> 4;
  state->twelfths += 4 * (size_t)__builtin_popcountll(runs & 0x0101010101010101u);
  uint64_t high = bits64(a, b) >> skipped;
  if (high) {
    __m256i e3 = _mm256_set1_epi8((char)0xE3), e0 = _mm256_set1_epi8((char)0xE0), even = _mm256_set1_epi8((char)0xFE);
    uint64_t six = bits64(_mm256_cmpeq_epi8(_mm256_max_epu8(a, e3), a), _mm256_cmpeq_epi8(_mm256_max_epu8(b, e3), b));
    uint64_t three = bits64(_mm256_cmpeq_epi8(_mm256_and_si256(a, even), e0),
                            _mm256_cmpeq_epi8(_mm256_and_si256(b, even), e0));
    state->twelfths += 6 * (size_t)__builtin_popcountll(six >> skipped);
    state->twelfths += 3 * (size_t)__builtin_popcountll(three >> skipped);
  }
}

__attribute__((target("avx2,popcnt"))) static size_t weight_avx2(const uint8_t *text, size_t count) {
  weight_state state = {0, 0, 0};
  size_t i = 0;
  for (; i + 64 <= count; i += 64) weigh(text + i, 0, &state);
  unsigned rest = (unsigned)(count - i);
  if (rest > 0 && count >= 64) {
    // The last 64 bytes; those that were taken in already are shifted out.
    weigh(text + count - 64, 64 - rest, &state);
  } else if (rest > 0) {
    uint8_t block[64];
    memset(block, 0x20, sizeof block);
    memcpy(block, text, rest);
    weigh(block, 0, &state);
  }
  return state.words + state.twelfths / 12;
}

#endif

size_t ctext_word_weight(const uint8_t *text, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")) return weight_avx2(text, count);
#endif
  return ctext_word_weight_portable(text, count);
}
