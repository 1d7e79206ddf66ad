#include "CKernelsTerms.h"
#include "inline.h"
#include <string.h>

ALWAYS_INLINE uint64_t window(const uint8_t *in, uint64_t bit) {
  uint64_t w;
  memcpy(&w, in + bit / 8, 8);
  return w >> (bit & 7);
}

// The next `width` bits, at most 56.
ALWAYS_INLINE uint64_t bits_of(const uint8_t *in, uint64_t *bit, uint32_t width) {
  const uint64_t value = window(in, *bit) & (((uint64_t)1 << width) - 1);
  *bit += width;
  return value;
}

// An exponential Golomb code. Zeros without end are no code: it then ends behind everything.
ALWAYS_INLINE uint64_t golomb(const uint8_t *in, uint64_t *bit, uint32_t k, uint64_t bits) {
  const uint64_t w = window(in, *bit);
  const uint32_t zeros = w ? (uint32_t)__builtin_ctzll(w) : 64;
  // Most codes stand in one word.
  if (2 * zeros + 1 + k <= 57) {
    const uint64_t q = (w >> (zeros + 1) & (((uint64_t)1 << zeros) - 1)) | (uint64_t)1 << zeros;
    const uint64_t low = w >> (2 * zeros + 1) & (((uint64_t)1 << k) - 1);
    *bit += 2 * zeros + 1 + k;
    return (q - 1) << k | low;
  }
  if (zeros > 32 || *bit + zeros + 1 > bits) {
    *bit = bits + 1;
    return 0;
  }
  *bit += zeros + 1;
  const uint64_t q = bits_of(in, bit, zeros) | (uint64_t)1 << zeros;
  return (q - 1) << k | bits_of(in, bit, k);
}

// A number that may pass 32 bits.
ALWAYS_INLINE uint64_t wide(const uint8_t *in, uint64_t *bit, uint32_t k, uint64_t bits) {
  if (!bits_of(in, bit, 1)) return golomb(in, bit, k, bits);
  const uint64_t low = bits_of(in, bit, 32);
  return bits_of(in, bit, 32) << 32 | low;
}

int ck_terms_skip(const uint8_t *in, uint64_t bits, uint32_t count, uint64_t flags, uint32_t passage_bits,
                  int has_documents, ck_term_place *place) {
  ck_term_place at = *place;
  for (uint32_t i = 0; i < count; i++, flags >>= 1) {
    if (at.bit > bits) return 0;
    const int has_forms = flags & 1;
    const uint32_t form = (uint32_t)bits_of(in, &at.bit, 2);
    uint64_t forms = 0;
    if (has_forms) forms = golomb(in, &at.bit, 0, bits);
    if (at.bit > bits) return 0;
    if (form < 2) {
      at.bit += passage_bits;
      if (at.bit > bits) return 0;
      // The number of forms has 32 bits: where it passes them, it is none.
      const uint32_t greatest = (uint32_t)forms;
      const uint32_t code_bits = greatest && greatest != UINT32_MAX ? 32 - (uint32_t)__builtin_clz(greatest) : 0;
      const uint32_t more = form == 1 ? (uint32_t)bits_of(in, &at.bit, 3) : 0;
      golomb(in, &at.bit, CK_POSITION_ORDER, bits);
      at.bit += code_bits;
      for (uint32_t p = 0; p < more; p++) {
        if (at.bit > bits) return 0;
        golomb(in, &at.bit, CK_GAP_ORDER, bits);
        at.bit += code_bits;
      }
    } else {
      golomb(in, &at.bit, form == 2 ? 1 : 7, bits);
      if (at.bit > bits) return 0;
      wide(in, &at.bit, 1, bits);
      if (at.bit > bits) return 0;
      if (has_documents) golomb(in, &at.bit, 0, bits);
      if (at.bit > bits) return 0;
      at.postings += wide(in, &at.bit, CK_LIST_BYTES_ORDER, bits);
      if (form == 3) {
        if (at.bit > bits) return 0;
        at.postings += wide(in, &at.bit, CK_LIST_BYTES_ORDER, bits);
        if (at.bit > bits) return 0;
        at.positions += wide(in, &at.bit, CK_POSITION_BYTES_ORDER, bits);
      }
    }
    if (at.bit > bits) return 0;
    if (has_forms) at.forms += golomb(in, &at.bit, CK_LIST_BYTES_ORDER, bits);
  }
  if (at.bit > bits) return 0;
  *place = at;
  return 1;
}
