// The encoder of a block's positions: three sizes in one walk over the gaps, then both streams, without a branch that
// depends on a passage's frequency. (A loop a passage costs a misprediction every few of them: it took three times as
// long.)
#include "CKernelsPacking.h"
#include "CKernelsPositions.h"
#include "inline.h"
#include "positionCodes.h"

// The parameters stand behind the gaps' bits in the caller's room: 32 bits a gap at most, and the groups' room is free
// while they are needed.
size_t ck_positions_bound(size_t gaps) { return ck_groups_bound(gaps) + 4 * gaps + 64 + gaps; }

// For each gap the parameter before it is adjusted. Writes up to 7 bytes more.
static void expand(const uint32_t *frequencies, const uint8_t *norms, const uint8_t *bits, uint32_t n, int8_t *widths) {
  for (uint32_t i = 0; i < n; i++) {
    const uint64_t f = (uint64_t)frequencies[i] + 1;
    const uint8_t width = (uint8_t)width_before(bits[norms[i]], (uint32_t)f);
    const uint64_t eight = width * 0x0101010101010101u;
    uint64_t j = 0;
    do {
      memcpy(widths + j, &eight, 8);
      j += 8;
    } while (j < f);
    widths += f;
  }
}

ALWAYS_INLINE uint32_t adjusted(int8_t width, int32_t adjust) {
  const int32_t k = width + adjust;
  return k > 0 ? (uint32_t)k : 0;
}

ALWAYS_INLINE uint32_t shifted(uint32_t gap, uint32_t k) { return k > 31 ? 0 : gap >> k; }

// The bits that the gaps need with adjust - 1, adjust and adjust + 1.
ALWAYS_INLINE void sizes(const uint32_t *gaps, const int8_t *widths, size_t count, int32_t adjust, uint64_t out[3]) {
  uint64_t below = count, at = count, above = count;
  for (size_t i = 0; i < count; i++) {
    const uint32_t a = adjusted(widths[i], adjust - 1), b = adjusted(widths[i], adjust),
                   c = adjusted(widths[i], adjust + 1);
    below += (uint64_t)shifted(gaps[i], a) + a;
    at += (uint64_t)shifted(gaps[i], b) + b;
    above += (uint64_t)shifted(gaps[i], c) + c;
  }
  out[0] = below;
  out[1] = at;
  out[2] = above;
}

static void sizes_plain(const uint32_t *gaps, const int8_t *widths, size_t count, int32_t adjust, uint64_t out[3]) {
  sizes(gaps, widths, count, adjust, out);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void sizes_avx2(const uint32_t *gaps, const int8_t *widths, size_t count,
                                                       int32_t adjust, uint64_t out[3]) {
  sizes(gaps, widths, count, adjust, out);
}
#endif

static void sizes_at(const uint32_t *gaps, const int8_t *widths, size_t count, int32_t adjust, uint64_t out[3]) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    sizes_avx2(gaps, widths, count, adjust, out);
    return;
  }
#endif
  sizes_plain(gaps, widths, count, adjust, out);
}

// The size has one valley: goes down on one of its sides. Answers the adjustment and its bits.
static int32_t choose_adjust(const uint32_t *gaps, const int8_t *widths, size_t count, uint64_t *least) {
  uint64_t around[3];
  sizes_at(gaps, widths, count, 0, around);
  *least = around[1];
  const int32_t step = around[0] < around[1] ? -1 : around[2] < around[1] ? 1 : 0;
  if (step == 0) return 0;
  int32_t adjust = step;
  *least = around[1 + step];
  while (adjust + step >= CK_ADJUST_LEAST && adjust + step <= CK_ADJUST_MOST) {
    sizes_at(gaps, widths, count, adjust, around);
    if (around[1 + step] >= *least) break;
    *least = around[1 + step];
    adjust += step;
  }
  return adjust;
}

// Low bits from the front, ones from the back. Writes up to 8 bytes behind `end` before the room there is needed.
static void rice_write(const uint32_t *gaps, const int8_t *widths, size_t count, int32_t adjust, uint8_t *out,
                       uint8_t *end) {
  uint8_t *at = out;
  uint64_t word = 0;
  uint32_t filled = 0;
  for (size_t i = 0; i < count; i++) {
    const uint32_t k = adjusted(widths[i], adjust);
    word |= (gaps[i] & (((uint64_t)1 << k) - 1)) << filled;
    filled += k;
    memcpy(at, &word, 8);
    at += filled >> 3;
    word >>= filled & ~7u;
    filled &= 7;
  }
  if (filled) *at++ = (uint8_t)word;
  if (at < end) memset(at, 0, (size_t)(end - at));
  uint8_t *tail = end;
  uint64_t bit = 0;
  word = 0;
  for (size_t i = 0; i < count; i++) {
    bit += shifted(gaps[i], adjusted(widths[i], adjust));
    while (bit >= 64) {
      // A whole word of this side: the other side has no bit in it.
      tail -= 8;
      memcpy(tail, &word, 8);
      word = 0;
      bit -= 64;
    }
    word |= (uint64_t)1 << 63 >> bit;
    bit++;
  }
  for (; word; word <<= 8) {
    tail--;
    *tail = (uint8_t)(*tail | (uint8_t)(word >> 56));
  }
}

size_t ck_positions_encode(const uint32_t *gaps, size_t count, const uint32_t *frequencies, const uint8_t *norms,
                           const uint8_t *bits, uint32_t n, uint8_t *out) {
  int8_t *widths = (int8_t *)out + ck_positions_bound(count) - count - 16;
  expand(frequencies, norms, bits, n, widths);
  uint64_t least;
  const int32_t best = choose_adjust(gaps, widths, count, &least);
  // Lengths that say nothing of the places (words left out of the length, hostile texts) leave it to the groups.
  if (least > (uint64_t)count * 24) {
    out[0] = CK_POSITIONS_GROUPS;
    const size_t size = 1 + ck_encode_groups(gaps, count, out + 1);
    if (size * 8 <= least || least > (uint64_t)count * 32) return size;
    expand(frequencies, norms, bits, n, widths);
  }
  const size_t size = 1 + (size_t)((least + 7) / 8);
  out[0] = (uint8_t)(best + 8);
  rice_write(gaps, widths, count, best, out + 1, out + size);
  return size;
}
