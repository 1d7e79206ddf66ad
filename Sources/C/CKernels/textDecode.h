// Strict UTF-8 decoding shared by the text kernels.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Length in bytes of the well-formed character at `text[at]`, its scalar in `*scalar`; 1 and -1 when ill-formed.
/// The bounds of the second byte are those of Unicode's table 3-7 (no overlong forms, no surrogates, up to 10FFFF).
static inline size_t decode_scalar(const uint8_t *text, size_t at, size_t count, int32_t *scalar) {
  uint8_t a = text[at];
  size_t left = count - at;
  if (a < 0x80) {
    *scalar = a;
    return 1;
  }
  if (a >= 0xC2 && a < 0xE0) {
    if (left >= 2 && (text[at + 1] & 0xC0) == 0x80) {
      *scalar = (a & 0x1F) << 6 | (text[at + 1] & 0x3F);
      return 2;
    }
  } else if (a >= 0xE0 && a < 0xF0) {
    if (left >= 3) {
      uint8_t b = text[at + 1], c = text[at + 2];
      uint8_t low = a == 0xE0 ? 0xA0 : 0x80, high = a == 0xED ? 0x9F : 0xBF;
      if (b >= low && b <= high && (c & 0xC0) == 0x80) {
        *scalar = (a & 0x0F) << 12 | (b & 0x3F) << 6 | (c & 0x3F);
        return 3;
      }
    }
  } else if (a >= 0xF0 && a < 0xF5) {
    if (left >= 4) {
      uint8_t b = text[at + 1], c = text[at + 2], d = text[at + 3];
      uint8_t low = a == 0xF0 ? 0x90 : 0x80, high = a == 0xF4 ? 0x8F : 0xBF;
      if (b >= low && b <= high && (c & 0xC0) == 0x80 && (d & 0xC0) == 0x80) {
        *scalar = (a & 0x07) << 18 | (b & 0x3F) << 12 | (c & 0x3F) << 6 | (d & 0x3F);
        return 4;
      }
    }
  }
  *scalar = -1;
  return 1;
}
