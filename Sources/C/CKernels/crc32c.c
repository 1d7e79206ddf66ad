#include "CKernelsCRC.h"
#include <pthread.h>
#include <string.h>

static uint32_t table[8][256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_table(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = (c >> 1) ^ (0x82F63B78u & (0u - (c & 1)));
    table[0][i] = c;
  }
  for (uint32_t i = 0; i < 256; i++)
    for (int t = 1; t < 8; t++) table[t][i] = (table[t - 1][i] >> 8) ^ table[0][table[t - 1][i] & 255];
}

// Slicing by eight: one table look-up a byte, eight bytes a step.
uint32_t ck_crc32c_plain(uint32_t crc, const void *bytes, size_t n) {
  pthread_once(&once, make_table);
  const uint8_t *p = bytes;
  uint32_t c = ~crc;
  for (; n >= 8; n -= 8, p += 8) {
    uint32_t a, b;
    memcpy(&a, p, 4);
    memcpy(&b, p + 4, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    a = __builtin_bswap32(a);
    b = __builtin_bswap32(b);
#endif
    a ^= c;
    c = table[7][a & 255] ^ table[6][(a >> 8) & 255] ^ table[5][(a >> 16) & 255] ^ table[4][a >> 24] ^
        table[3][b & 255] ^ table[2][(b >> 8) & 255] ^ table[1][(b >> 16) & 255] ^ table[0][b >> 24];
  }
  for (; n; n--) c = (c >> 8) ^ table[0][(c ^ *p++) & 255];
  return ~c;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

// The instruction has a latency of three cycles and a throughput of one: a page is cut into three streams, whose
// sums are joined with the operator "append k zero bytes", a table look-up for the one k we use.
#define STREAM 1360  // bytes; three of them are a page of 4096 but for 16 bytes
static uint32_t shift_table[4][256];
static pthread_once_t shift_once = PTHREAD_ONCE_INIT;

__attribute__((target("sse4.2"))) static uint32_t zeros(uint32_t c, size_t n) {
  uint64_t w = c;
  for (; n >= 8; n -= 8) w = _mm_crc32_u64(w, 0);
  return (uint32_t)w;
}

__attribute__((target("sse4.2"))) static void make_shift(void) {
  // Linear: what a byte becomes is the sum of what its bits become. A search makes this table at its start.
  for (uint32_t t = 0; t < 4; t++)
    for (uint32_t bit = 0; bit < 8; bit++) {
      const uint32_t one = zeros(1u << (8 * t + bit), STREAM);
      for (uint32_t i = 0; i < 1u << bit; i++) shift_table[t][i | 1u << bit] = shift_table[t][i] ^ one;
    }
}

static inline uint32_t shift(uint32_t c) {
  return shift_table[0][c & 255] ^ shift_table[1][(c >> 8) & 255] ^ shift_table[2][(c >> 16) & 255] ^
         shift_table[3][c >> 24];
}

__attribute__((target("sse4.2"))) static uint32_t crc_hardware(uint32_t crc, const uint8_t *p, size_t n) {
  uint64_t c = (uint32_t)~crc;
  if (n >= 3 * STREAM) pthread_once(&shift_once, make_shift);
  while (n >= 3 * STREAM) {
    uint64_t b = 0, d = 0;
    for (size_t i = 0; i < STREAM; i += 8) {
      uint64_t x, y, z;
      memcpy(&x, p + i, 8);
      memcpy(&y, p + STREAM + i, 8);
      memcpy(&z, p + 2 * STREAM + i, 8);
      c = _mm_crc32_u64(c, x);
      b = _mm_crc32_u64(b, y);
      d = _mm_crc32_u64(d, z);
    }
    c = shift(shift((uint32_t)c) ^ (uint32_t)b) ^ (uint32_t)d;
    p += 3 * STREAM;
    n -= 3 * STREAM;
  }
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t x;
    memcpy(&x, p, 8);
    c = _mm_crc32_u64(c, x);
  }
  for (; n; n--) c = _mm_crc32_u8((uint32_t)c, *p++);
  return ~(uint32_t)c;
}

uint32_t ck_crc32c(uint32_t crc, const void *bytes, size_t n) {
  return __builtin_cpu_supports("sse4.2") ? crc_hardware(crc, bytes, n) : ck_crc32c_plain(crc, bytes, n);
}
#else
uint32_t ck_crc32c(uint32_t crc, const void *bytes, size_t n) { return ck_crc32c_plain(crc, bytes, n); }
#endif
