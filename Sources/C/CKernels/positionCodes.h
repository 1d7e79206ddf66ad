// What the encoder and the decoder of positions share.
#pragma once
#include <stdint.h>
#include <string.h>

enum { CK_POSITIONS_GROUPS = 255, CK_ADJUST_LEAST = -7, CK_ADJUST_MOST = 7 };

static inline uint32_t bits_of(uint32_t v) { return v ? 32 - (uint32_t)__builtin_clz(v) : 0; }

static inline uint64_t load(const uint8_t *at) {
  uint64_t w;
  memcpy(&w, at, 8);
  return w;
}

// The parameter of a passage's Rice code before it is adjusted; it can be below zero.
static inline int32_t width_before(uint32_t length_bits, uint32_t frequency) {
  return (int32_t)length_bits - (int32_t)bits_of(frequency) - 1;
}

static inline uint32_t width_of(uint32_t length_bits, uint32_t frequency, int32_t adjust) {
  const int32_t k = width_before(length_bits, frequency) + adjust;
  return k > 0 ? (uint32_t)k : 0;
}
