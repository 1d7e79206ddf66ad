#include "CKernelsKeys.h"
#include <stdlib.h>
#include <string.h>

// For every byte its bits (reversed, low ones first) and their number; for every 12 bits what they begin with (the byte,
// and the length from bit 8 on). Index 0 is the code of lengths.
struct ck_key_code {
  uint16_t bits[2][256];
  uint8_t length[2][256];
  uint16_t symbol[2][1 << CK_KEY_BITS];
};

// The lengths of the codes, a hexadecimal digit a byte (Index/FORMAT.md, "Terms").
static const char *const lengths[2] = {
    "cccca9999aaaabb9cabcccccccccccccc69999aaabbcccc8c5666688879aaaa6"
    "c455667879998aa7c445567788879aa8c566678889889aa8c67778889999aab8"
    "c7777889999aabb8c7878899aaaabbb9c77989aaababbcc9c8999aaabbbbccca"
    "c9aaababbcbccccacaabbbbbcccccccac9bbacbccccccccac8999aaaaaaabbb8",
    "9aaaabbbbbcccccccccccbbcccccccccccccccccccccc86c5555555555cccccc"
    "acccccccccccccccccccccccccccccc7c46554666577555568555677767ccccc"
    "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
    "ccccccccccccccccaaccccccabcccccccccccccccccccccccccccccccccccccc",
};

static uint32_t reversed(uint32_t value, uint32_t width) {
  uint32_t out = 0;
  for (uint32_t i = 0; i < width; i++) out |= (value >> i & 1) << (width - 1 - i);
  return out;
}

const ck_key_code *ck_key_code_make(void) {
  ck_key_code *code = calloc(1, sizeof *code);
  if (!code) return NULL;
  for (uint32_t c = 0; c < 2; c++) {
    uint32_t next = 0;
    for (uint32_t width = 1; width <= CK_KEY_BITS; width++, next <<= 1)
      for (uint32_t byte = 0; byte < 256; byte++) {
        const char digit = lengths[c][byte];
        if ((uint32_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10) != width) continue;
        const uint32_t bits = reversed(next++, width);
        code->bits[c][byte] = (uint16_t)bits;
        code->length[c][byte] = (uint8_t)width;
        for (uint32_t high = 0; high < 1u << (CK_KEY_BITS - width); high++)
          code->symbol[c][high << width | bits] = (uint16_t)(width << 8 | byte);
      }
  }
  return code;
}

uint32_t ck_key_code_length(const ck_key_code *code, uint32_t which, uint8_t byte) {
  return code->length[which & 1][byte];
}

typedef struct {
  uint8_t *at;
  uint64_t word;
  uint32_t filled;
} writer;

static inline void put(writer *w, const ck_key_code *code, uint32_t which, uint8_t byte) {
  w->word |= (uint64_t)code->bits[which][byte] << w->filled;
  w->filled += code->length[which][byte];
  if (w->filled >= 32) {
    const uint32_t low = (uint32_t)w->word;
    memcpy(w->at, &low, 4);
    w->at += 4;
    w->word >>= 32;
    w->filled -= 32;
  }
}

// The bytes of a key behind its head, its varints included.
static int key_rest(const uint8_t *keys, size_t bytes, size_t *rest) {
  size_t at = 1, length = keys[0] & 15;
  if (keys[0] >> 4 == 15) {
    while (at < bytes && keys[at] & 0x80) at++;
    at++;
  }
  if ((keys[0] & 15) == 15) {
    for (uint32_t shift = 0;; shift += 7) {
      if (at >= bytes || shift > 28) return 0;
      length += (size_t)(keys[at] & 0x7F) << shift;
      if (keys[at++] < 0x80) break;
    }
  }
  if (at > bytes || length > bytes - at) return 0;
  *rest = at + length - 1;
  return 1;
}

size_t ck_keys_encode(const ck_key_code *code, const uint8_t *keys, size_t bytes, uint32_t count, uint8_t *out) {
  const size_t raw = bytes;
  writer w = {out, 0, 0};
  for (uint32_t i = 0; i < count; i++) {
    size_t rest;
    if (!bytes || !key_rest(keys, bytes, &rest)) return 0;
    put(&w, code, 0, *keys++);
    for (size_t k = 0; k < rest; k++) put(&w, code, 1, *keys++);
    bytes -= 1 + rest;
  }
  for (; w.filled; w.filled = w.filled > 8 ? w.filled - 8 : 0, w.word >>= 8) *w.at++ = (uint8_t)w.word;
  const size_t size = (size_t)(w.at - out);
  return size < raw ? size : 0;
}

// Decodes `count` bytes of the second code from `bit` on, and answers where they end; stops early behind `limit`.
static inline uint64_t decode_bytes(const ck_key_code *code, const uint8_t *in, uint64_t bit, uint64_t limit,
                                    size_t count, uint8_t *at) {
  const uint32_t mask = (1u << CK_KEY_BITS) - 1;
  uint64_t w;
  // Four codes fit what is left of a word when it is loaded.
  while (count >= 4) {
    memcpy(&w, in + bit / 8, 8);
    w >>= bit & 7;
    uint32_t used = 0;
    for (uint32_t k = 0; k < 4; k++) {
      const uint32_t s = code->symbol[1][w >> used & mask];
      used += s >> 8;
      at[k] = (uint8_t)s;
    }
    at += 4;
    bit += used;
    count -= 4;
    if (bit > limit) return bit;
  }
  if (count) {
    memcpy(&w, in + bit / 8, 8);
    w >>= bit & 7;
    while (count--) {
      const uint32_t s = code->symbol[1][w & mask];
      w >>= s >> 8;
      bit += s >> 8;
      *at++ = (uint8_t)s;
    }
  }
  return bit;
}

size_t ck_keys_decode(const ck_key_code *code, const uint8_t *in, size_t bytes, uint32_t count, uint8_t *out) {
  const uint64_t limit = (uint64_t)bytes * 8;
  const uint32_t mask = (1u << CK_KEY_BITS) - 1;
  uint64_t bit = 0;
  uint8_t *at = out;
  for (uint32_t i = 0; i < count; i++) {
    uint64_t w;
    memcpy(&w, in + bit / 8, 8);
    w >>= bit & 7;
    uint32_t s = code->symbol[0][w & mask];
    bit += s >> 8;
    const uint8_t head = (uint8_t)s;
    *at++ = head;
    uint32_t rest = head & 15, varints = (head >> 4 == 15) + (rest == 15);
    // Varints are bytes of the second code as well; the last one counts.
    for (uint32_t shift = 0; varints && bit < limit;) {
      memcpy(&w, in + bit / 8, 8);
      s = code->symbol[1][w >> (bit & 7) & mask];
      bit += s >> 8;
      *at++ = (uint8_t)s;
      if (varints == 1 && (head & 15) == 15) {
        if (shift > 14) return 0;
        rest += (s & 0x7F) << shift;
        shift += 7;
      }
      if (!(s & 0x80)) varints--;
    }
    // A byte takes four bits at least: what fits is bounded before it is written.
    if (varints || bit > limit || (uint64_t)rest * 4 > limit - bit) return 0;
    bit = decode_bytes(code, in, bit, limit, rest, at);
    at += rest;
    if (bit > limit) return 0;
  }
  return (size_t)(at - out);
}

// Adds a varint of bytes of the second code to `value`.
static int decode_varint(const ck_key_code *code, const uint8_t *in, uint64_t *bit, uint64_t limit, size_t *value) {
  for (uint32_t shift = 0; shift <= 14; shift += 7) {
    if (*bit >= limit) return 0;
    uint8_t byte[1];
    *bit = decode_bytes(code, in, *bit, limit, 1, byte);
    *value += (size_t)(byte[0] & 0x7F) << shift;
    if (byte[0] < 0x80) return 1;
  }
  return 0;
}

int32_t ck_keys_find(const ck_key_code *code, const uint8_t *in, size_t bytes, uint32_t count, const uint8_t *wanted,
                     size_t wanted_length) {
  const uint64_t limit = (uint64_t)bytes * 8;
  uint8_t rest[CK_KEY_LONGEST];
  uint64_t bit = 0;
  // Keys are not put together: `matched` is how much of the wanted key the key before had.
  size_t length = 0, matched = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (bit >= limit) return CK_KEYS_UNSOUND;
    uint64_t w;
    memcpy(&w, in + bit / 8, 8);
    const uint32_t s = code->symbol[0][w >> (bit & 7) & ((1u << CK_KEY_BITS) - 1)];
    bit += s >> 8;
    size_t shared = s >> 4 & 15, added = s & 15;
    if (shared == 15 && !decode_varint(code, in, &bit, limit, &shared)) return CK_KEYS_UNSOUND;
    if (added == 15 && !decode_varint(code, in, &bit, limit, &added)) return CK_KEYS_UNSOUND;
    if (shared > length || shared + added > CK_KEY_LONGEST || bit > limit || (uint64_t)added * 4 > limit - bit)
      return CK_KEYS_UNSOUND;
    bit = decode_bytes(code, in, bit, limit, added, rest);
    if (bit > limit) return CK_KEYS_UNSOUND;
    length = shared + added;
    if (shared > matched) continue;
    if (shared < matched) return CK_KEYS_NONE;
    const uint8_t *want = wanted + matched;
    const size_t left = wanted_length - matched;
    size_t same = 0;
    while (same < left && same < added && want[same] == rest[same]) same++;
    if (same == left && same == added) return (int32_t)i;
    if (same == left || (same < added && rest[same] > want[same])) return CK_KEYS_NONE;
    matched += same;
  }
  return CK_KEYS_NONE;
}
