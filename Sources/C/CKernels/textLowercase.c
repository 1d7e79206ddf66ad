// Lower case of ASCII, sixteen bytes at a time (the compiler widens it no further without AVX2, and memory is the limit).
#include "CKernelsText.h"

#include <string.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

void ctext_lowercase(const uint8_t *text, size_t count, uint8_t *out) {
  size_t i = 0;
#if defined(__x86_64__)
  for (; i + 16 <= count; i += 16) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(text + i));
    __m128i capital = _mm_sub_epi8(bytes, _mm_set1_epi8('A'));
    __m128i upper = _mm_cmpeq_epi8(_mm_min_epu8(capital, _mm_set1_epi8(25)), capital);
    _mm_storeu_si128((__m128i *)(out + i), _mm_or_si128(bytes, _mm_and_si128(upper, _mm_set1_epi8(0x20))));
  }
#endif
  for (; i < count; i++) {
    uint8_t c = text[i];
    out[i] = (uint8_t)(c - 'A') < 26 ? c | 0x20 : c;
  }
}

int32_t ctext_is_ascii(const uint8_t *text, size_t count) {
  uint64_t seen = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    uint64_t bytes;
    memcpy(&bytes, text + i, 8);
    seen |= bytes;
  }
  for (; i < count; i++) seen |= (uint64_t)text[i] << 56;
  return (seen & 0x8080808080808080u) == 0;
}
