#include "CKernelsPacking.h"
#include <stdatomic.h>
#include <string.h>

// Written by tests alone, while other threads may read it.
static _Atomic int plain = 0;
void ck_force_plain(int on) { atomic_store_explicit(&plain, on, memory_order_relaxed); }
static inline int is_plain(void) { return atomic_load_explicit(&plain, memory_order_relaxed); }

static inline uint32_t mask_of(uint32_t width) { return width >= 32 ? ~0u : (1u << width) - 1; }
static inline uint32_t bits_of(uint32_t v) { return v ? 32 - (uint32_t)__builtin_clz(v) : 0; }

// ------------------------------------------------------------------------------------------------ vertical, plain C

static void pack_vertical_plain(const uint32_t *values, uint32_t width, uint8_t *out) {
  memset(out, 0, 16 * width);
  for (uint32_t i = 0; i < 128; i++) {
    uint32_t lane = i & 3, bit = (i >> 2) * width, v = values[i] & mask_of(width);
    for (uint32_t k = 0; k < width; k++, bit++) {
      size_t byte = (size_t)(bit / 32) * 16 + lane * 4 + (bit % 32) / 8;
      out[byte] = (uint8_t)(out[byte] | (((v >> k) & 1u) << (bit & 7)));
    }
  }
}

static void unpack_vertical_plain(const uint8_t *in, uint32_t width, uint32_t *values) {
  for (uint32_t i = 0; i < 128; i++) {
    uint32_t lane = i & 3, bit = (i >> 2) * width, v = 0;
    for (uint32_t k = 0; k < width; k++, bit++) {
      size_t byte = (size_t)(bit / 32) * 16 + lane * 4 + (bit % 32) / 8;
      v |= (uint32_t)((in[byte] >> (bit & 7)) & 1u) << k;
    }
    values[i] = v;
  }
}

// ------------------------------------------------------------------------- vertical, vectors of four 32-bit lanes
//
// One row of the block is one vector. With the width known to the compiler all 32 rows unroll into loads, shifts,
// ands and stores without a branch: hence one function a width, made from one template by the macro below. Vector
// extensions of the compiler give SSE2 on x86-64 and NEON on ARM from the same text.

typedef uint32_t v4 __attribute__((vector_size(16), aligned(1), may_alias));

#define UNROLL _Pragma("clang loop unroll(full)")

static inline __attribute__((always_inline)) void pack_rows(const uint32_t *values, uint8_t *out, const uint32_t w) {
  const v4 *in = (const v4 *)values;
  v4 *o = (v4 *)out;
  v4 word = {0, 0, 0, 0};
  const uint32_t mask = mask_of(w);
  uint32_t k = 0;
  UNROLL for (uint32_t r = 0; r < 32; r++) {
    const uint32_t shift = (r * w) % 32;
    const v4 v = in[r] & mask;
    word |= v << shift;
    if (shift + w >= 32) {
      o[k++] = word;
      word = shift + w > 32 ? v >> (32 - shift) : (v4){0, 0, 0, 0};
    }
  }
}

static inline __attribute__((always_inline)) v4 row(const v4 *in, const uint32_t r, const uint32_t w) {
  const uint32_t bit = r * w, shift = bit % 32;
  v4 v = in[bit / 32] >> shift;
  if (shift + w > 32) v |= in[bit / 32 + 1] << (32 - shift);
  return w < 32 ? v & mask_of(w) : v;
}

static inline __attribute__((always_inline)) void unpack_rows(const uint8_t *in, uint32_t *values, const uint32_t w) {
  v4 *out = (v4 *)values;
  UNROLL for (uint32_t r = 0; r < 32; r++) out[r] = row((const v4 *)in, r, w);
}

// The running sum over a row: x, x + y, x + y + z, ... and the last lane of the row before.
static inline __attribute__((always_inline)) v4 sum_row(v4 v, v4 before) {
  const v4 zero = {0, 0, 0, 0};
  v += 1;
  v += __builtin_shufflevector(zero, v, 0, 4, 5, 6);
  v += __builtin_shufflevector(zero, v, 0, 1, 4, 5);
  return v + __builtin_shufflevector(before, before, 3, 3, 3, 3);
}

static inline __attribute__((always_inline)) void unpack_gaps_rows(const uint8_t *in, uint32_t *values, uint32_t base,
                                                                   const uint32_t w) {
  v4 *out = (v4 *)values;
  v4 before = {base, base, base, base};
  UNROLL for (uint32_t r = 0; r < 32; r++) {
    before = sum_row(row((const v4 *)in, r, w), before);
    out[r] = before;
  }
}

#define EACH_WIDTH(X)                                                                                                  \
  X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21) \
      X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31) X(32)

void ck_pack_vertical(const uint32_t *values, uint32_t width, uint8_t *out) {
  if (is_plain()) {
    pack_vertical_plain(values, width, out);
    return;
  }
  switch (width) {
#define PACK(W)                   \
  case W:                         \
    pack_rows(values, out, W);    \
    break;
    EACH_WIDTH(PACK)
    default: break;
  }
}

void ck_unpack_vertical(const uint8_t *in, uint32_t width, uint32_t *values) {
  if (is_plain()) {
    unpack_vertical_plain(in, width, values);
    return;
  }
  switch (width) {
#define UNPACK(W)                 \
  case W:                         \
    unpack_rows(in, values, W);   \
    break;
    EACH_WIDTH(UNPACK)
    default: memset(values, 0, 512); break;
  }
}

static void unpack_gaps_vertical(const uint8_t *in, uint32_t width, uint32_t base, uint32_t *values) {
  switch (width) {
#define GAPS(W)                               \
  case W:                                     \
    unpack_gaps_rows(in, values, base, W);    \
    break;
    EACH_WIDTH(GAPS)
    default:
      for (uint32_t i = 0; i < 128; i++) values[i] = base + 1 + i;
      break;
  }
}

// ---------------------------------------------------------------------------------------------------- horizontal

void ck_pack_horizontal(const uint32_t *values, uint32_t n, uint32_t width, uint8_t *out) {
  uint64_t word = 0;
  uint32_t filled = 0;
  const uint32_t mask = mask_of(width);
  for (uint32_t i = 0; i < n; i++) {
    word |= (uint64_t)(values[i] & mask) << filled;
    filled += width;
    if (filled >= 32) {
      uint32_t low = (uint32_t)word;
      memcpy(out, &low, 4);
      out += 4;
      word >>= 32;
      filled -= 32;
    }
  }
  memcpy(out, &word, 8);
}

static inline uint32_t at(const uint8_t *in, size_t bit, uint32_t mask) {
  uint64_t w;
  memcpy(&w, in + bit / 8, 8);
  return (uint32_t)(w >> (bit & 7)) & mask;
}

void ck_unpack_horizontal(const uint8_t *in, uint32_t n, uint32_t width, uint32_t *values) {
  const uint32_t mask = mask_of(width);
  size_t bit = 0;
  for (uint32_t i = 0; i < n; i++, bit += width) values[i] = at(in, bit, mask);
}

// -------------------------------------------------------------------------------------------------------- groups

static inline size_t payload_bytes(uint32_t n, uint32_t width, int vertical) {
  return vertical && n == CK_GROUP ? (size_t)16 * width : ((size_t)n * width + 7) / 8;
}

// How a group is written: the header's numbers.
typedef struct {
  uint32_t width;    // bits kept in place: PFOR's width, or the parameter of the Rice code
  uint32_t patches;  // PFOR: how many values have high bits behind
  uint32_t high;     // PFOR: the width of these
  uint32_t unary;    // Rice: bytes of the unary part; 0 for PFOR (a unary part has at least a bit a value)
  size_t header, payload;
} shape;

static shape choose_pfor(const uint32_t *values, uint32_t n, int vertical) {
  uint32_t histogram[33] = {0};
  uint32_t all = 0;
  for (uint32_t i = 0; i < n; i++) {
    histogram[bits_of(values[i])]++;
    all |= values[i];
  }
  const uint32_t top = bits_of(all);
  shape best = {top, 0, 0, 0, 1, payload_bytes(n, top, vertical)};
  uint32_t above = 0;
  for (uint32_t w = top; w-- > 0;) {
    above += histogram[w + 1];
    const size_t payload = payload_bytes(n, w, vertical) + above + ((size_t)above * (top - w) + 7) / 8;
    if (3 + payload < best.header + best.payload) best = (shape){w, above, top - w, 0, 3, payload};
  }
  return best;
}

static inline uint64_t unary_bits(const uint32_t *values, uint32_t n, uint32_t width) {
  uint64_t bits = n;
  for (uint32_t i = 0; i < n; i++) bits += values[i] >> width;
  return bits;
}

// The better of PFOR and Rice. Vertical blocks are PFOR always: they are read in the inner loops of queries.
static shape choose(const uint32_t *values, uint32_t n, int vertical) {
  shape best = choose_pfor(values, n, vertical);
  if (vertical && n == CK_GROUP) return best;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < n; i++) sum += values[i];
  // The best parameter is near the logarithm of the mean; its neighbours are tried too.
  const uint32_t mean = (uint32_t)(sum / n), near = mean ? bits_of(mean) - 1 : 0;
  for (uint32_t w = near ? near - 1 : 0; w <= near + 1 && w < 32; w++) {
    const uint64_t unary = (unary_bits(values, n, w) + 7) / 8;
    if (unary > 255) continue;
    const size_t payload = ((size_t)n * w + 7) / 8 + unary;
    if (2 + payload < best.header + best.payload) best = (shape){w, 0, 0, (uint32_t)unary, 2, payload};
  }
  return best;
}

static inline void header_write(const shape *s, uint8_t *out) {
  if (s->unary) {
    out[0] = (uint8_t)(s->width | 0x40);
    out[1] = (uint8_t)s->unary;
  } else if (s->patches) {
    out[0] = (uint8_t)(s->width | 0x80);
    out[1] = (uint8_t)s->patches;
    out[2] = (uint8_t)s->high;
  } else {
    out[0] = (uint8_t)s->width;
  }
}

static inline size_t header_bytes(uint8_t first) { return first & 0x80 ? 3 : first & 0x40 ? 2 : 1; }

static void unary_write(const uint32_t *values, uint32_t n, const shape *s, uint8_t *out) {
  memset(out, 0, s->unary);
  uint32_t bit = 0;
  for (uint32_t i = 0; i < n; i++) {
    bit += values[i] >> s->width;
    out[bit / 8] = (uint8_t)(out[bit / 8] | 1u << (bit & 7));
    bit++;
  }
}

static void payload_write(const uint32_t *values, uint32_t n, int vertical, const shape *s, uint8_t *out) {
  const size_t size = payload_bytes(n, s->width, vertical);
  if (vertical && n == CK_GROUP)
    ck_pack_vertical(values, s->width, out);
  else
    ck_pack_horizontal(values, n, s->width, out);
  if (s->unary) {
    unary_write(values, n, s, out + size);
  } else if (s->patches) {
    uint32_t highs[CK_GROUP];
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++)
      if (bits_of(values[i]) > s->width) {
        out[size + k] = (uint8_t)i;
        highs[k++] = values[i] >> s->width;
      }
    ck_pack_horizontal(highs, k, s->high, out + size + k);
  }
}

size_t ck_encode_group(const uint32_t *values, uint32_t n, int vertical, uint8_t *out) {
  const shape s = choose(values, n, vertical);
  header_write(&s, out);
  payload_write(values, n, vertical, &s, out + s.header);
  return s.header + s.payload;
}

// What a header says, checked: the numbers are in range, so that sizes cannot overflow.
static inline int parse_header(const uint8_t *in, size_t limit, uint32_t n, int vertical, shape *s) {
  if (limit < 1) return 0;
  const uint8_t b = in[0];
  s->width = b & 0x3F;
  s->header = header_bytes(b);
  s->patches = s->high = s->unary = 0;
  if (s->width > 32 || limit < s->header) return 0;
  s->payload = payload_bytes(n, s->width, vertical);
  if (b & 0x40) {
    s->unary = in[1];
    if ((b & 0x80) || s->width == 32 || s->unary * 8 < n || (vertical && n == CK_GROUP)) return 0;
    s->payload += s->unary;
  } else if (b & 0x80) {
    s->patches = in[1];
    s->high = in[2];
    if (s->patches == 0 || s->patches > n || s->high == 0 || s->width + s->high > 32) return 0;
    s->payload += s->patches + ((size_t)s->patches * s->high + 7) / 8;
  }
  return 1;
}

static inline uint64_t word_at(const uint8_t *in, size_t byte) {
  uint64_t w;
  memcpy(&w, in + byte, 8);
  return w;
}

// Adds the unary parts of values [first, first + n) to their low bits. The ones of the bits are the ends of the
// values: the part of value i is the number of zeros between one i - 1 and one i. Answers 0 where there are too few.
static int unary_read(const uint8_t *bits, const shape *s, uint32_t first, uint32_t n, uint32_t *values) {
  const uint32_t count = s->unary * 8;
  uint32_t base = 0;
  uint64_t word = word_at(bits, 0);
  if (count < 64) word &= ((uint64_t)1 << count) - 1;
  uint32_t skip = first;
  // Whole words that end before the value; then one one after another.
  for (uint32_t ones; skip && skip >= (ones = (uint32_t)__builtin_popcountll(word));) {
    skip -= ones;
    base += 64;
    if (base >= count) return 0;
    word = word_at(bits, base / 8);
    if (count - base < 64) word &= ((uint64_t)1 << (count - base)) - 1;
  }
  // The value begins behind the one before it: at the start for the first value of all, in this word, or (where its
  // one was the last of an earlier word) further back.
  uint32_t start = 0;
  if (skip) {
    for (uint32_t i = 1; i < skip; i++) word &= word - 1;
    start = base + (uint32_t)__builtin_ctzll(word) + 1;
    word &= word - 1;
  } else if (first) {
    uint32_t byte = base / 8;
    while (byte && bits[byte - 1] == 0) byte--;
    if (!byte) return 0;
    start = (byte - 1) * 8 + bits_of(bits[byte - 1]);
  }
  for (uint32_t i = 0; i < n; i++) {
    while (!word) {
      base += 64;
      if (base >= count) return 0;
      word = word_at(bits, base / 8);
      if (count - base < 64) word &= ((uint64_t)1 << (count - base)) - 1;
    }
    const uint32_t end = base + (uint32_t)__builtin_ctzll(word);
    word &= word - 1;
    values[i] += (end - start) << s->width;
    start = end + 1;
  }
  return 1;
}

size_t ck_group_size(const uint8_t *in, size_t limit, uint32_t n, int vertical) {
  shape s;
  if (!parse_header(in, limit, n, vertical, &s) || s.header + s.payload > limit) return 0;
  return s.header + s.payload;
}

static int patch(const uint8_t *payload, const shape *s, uint32_t n, int vertical, uint32_t *values) {
  const uint8_t *index = payload + payload_bytes(n, s->width, vertical);
  const uint8_t *highs = index + s->patches;
  const uint32_t mask = mask_of(s->high);
  uint32_t bad = 0;
  size_t bit = 0;
  for (uint32_t k = 0; k < s->patches; k++, bit += s->high) {
    const uint32_t i = index[k];
    bad |= i >= n;
    values[i & (CK_GROUP - 1)] |= at(highs, bit, mask) << s->width;
  }
  return !bad;
}

size_t ck_decode_group(const uint8_t *in, size_t limit, uint32_t n, int vertical, uint32_t *values) {
  shape s;
  if (!parse_header(in, limit, n, vertical, &s) || s.header + s.payload > limit) return 0;
  const uint8_t *payload = in + s.header;
  if (vertical && n == CK_GROUP)
    ck_unpack_vertical(payload, s.width, values);
  else
    ck_unpack_horizontal(payload, n, s.width, values);
  if (s.patches && !patch(payload, &s, n, vertical, values)) return 0;
  if (s.unary && !unary_read(payload + payload_bytes(n, s.width, 0), &s, 0, n, values)) return 0;
  return s.header + s.payload;
}

static int sum_gaps(uint32_t n, uint32_t base, uint32_t *values) {
  uint64_t sum = (uint64_t)(uint32_t)(base + 1);
  for (uint32_t i = 0; i < n; i++) {
    sum += values[i];
    values[i] = (uint32_t)sum;
    sum++;
  }
  return sum - 1 <= UINT32_MAX;
}

// The same for 128 gaps that cannot wrap: a running sum of whole rows.
static void sum_gap_rows(uint32_t base, uint32_t *values) {
  v4 *rows = (v4 *)values;
  v4 before = {base, base, base, base};
  for (uint32_t r = 0; r < 32; r++) {
    before = sum_row(rows[r], before);
    rows[r] = before;
  }
}

size_t ck_decode_gaps(const uint8_t *in, size_t limit, uint32_t n, int vertical, uint32_t base, uint32_t bound,
                      uint32_t *values) {
  shape s;
  if (!parse_header(in, limit, n, vertical, &s) || s.header + s.payload > limit) return 0;
  const uint8_t *payload = in + s.header;
  // 128 gaps below 2^24 sum to at most 2^31: with a base below 2^31 the sum cannot wrap, so that the last value
  // bounds them all.
  if (vertical && n == CK_GROUP && s.width + s.high <= 24 && !is_plain()) {
    if ((base + 1) >> 31) return 0;
    if (s.patches) {
      ck_unpack_vertical(payload, s.width, values);
      if (!patch(payload, &s, n, vertical, values)) return 0;
      sum_gap_rows(base, values);
    } else {
      unpack_gaps_vertical(payload, s.width, base, values);
    }
  } else {
    if (!ck_decode_group(in, limit, n, vertical, values) || !sum_gaps(n, base, values)) return 0;
  }
  return values[n - 1] < bound ? s.header + s.payload : 0;
}

size_t ck_decode_frequencies(const uint8_t *in, size_t limit, uint32_t n, int vertical, uint32_t *values) {
  const size_t size = ck_decode_group(in, limit, n, vertical, values);
  for (uint32_t i = 0; i < n; i++) values[i] += 1;
  return size;
}

uint64_t ck_sum(const uint32_t *values, uint32_t n) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < n; i++) sum += values[i];
  return sum;
}

uint32_t ck_lower_bound(const uint32_t *values, uint32_t from, uint32_t n, uint32_t target) {
  // Targets are mostly near: eight at a time, counted without a branch, until they reach the target.
  uint32_t i = from;
  while (i + 8 <= n) {
    if (values[i + 7] >= target) {
      uint32_t below = 0;
      for (uint32_t k = 0; k < 8; k++) below += values[i + k] < target;
      return i + below;
    }
    i += 8;
  }
  while (i < n && values[i] < target) i++;
  return i;
}

size_t ck_groups_bound(size_t n) {
  const size_t groups = (n + CK_GROUP - 1) / CK_GROUP;
  return groups * (CK_GROUP_MAX_BYTES + 1) + 16;
}

size_t ck_encode_groups(const uint32_t *values, size_t n, uint8_t *out) {
  uint8_t *p = out;
  for (size_t i = 0; i < n; i += CK_GROUP) {
    const uint32_t m = n - i < CK_GROUP ? (uint32_t)(n - i) : CK_GROUP;
    const shape s = choose(values + i, m, 0);
    header_write(&s, p);
    p += s.header;
  }
  const uint8_t *h = out;
  for (size_t i = 0; i < n; i += CK_GROUP) {
    const uint32_t m = n - i < CK_GROUP ? (uint32_t)(n - i) : CK_GROUP;
    shape s;
    parse_header(h, 3, m, 0, &s);
    h += s.header;
    payload_write(values + i, m, 0, &s, p);
    p += s.payload;
  }
  return (size_t)(p - out);
}

static inline uint32_t group_count(const ck_groups *g, uint32_t group) {
  const uint32_t rest = g->count - group * CK_GROUP;
  return rest < CK_GROUP ? rest : CK_GROUP;
}

int ck_groups_open(ck_groups *g, const uint8_t *in, const uint8_t *end, uint32_t count) {
  g->header = in;
  g->end = end;
  g->group = 0;
  g->count = count;
  const uint8_t *p = in;
  for (uint64_t i = 0; i < count; i += CK_GROUP) {
    if (p >= end) return 0;
    p += header_bytes(*p);
  }
  g->payload = p;
  return p <= end;
}

const uint8_t *ck_groups_end(const uint8_t *in, const uint8_t *end, uint32_t count) {
  ck_groups g;
  if (!ck_groups_open(&g, in, end, count)) return NULL;
  const uint8_t *p = g.payload, *h = in;
  for (uint32_t i = 0; (uint64_t)i * CK_GROUP < count; i++) {
    shape s;
    if (!parse_header(h, (size_t)(end - h), group_count(&g, i), 0, &s)) return NULL;
    h += s.header;
    if (s.payload > (size_t)(end - p)) return NULL;
    p += s.payload;
  }
  return p;
}

int ck_groups_read(ck_groups *g, const uint8_t *in, uint32_t from, uint32_t n, uint32_t *values) {
  if ((uint64_t)from + n > g->count) return 0;
  if (from / CK_GROUP < g->group && !ck_groups_open(g, in, g->end, g->count)) return 0;
  while (n) {
    const uint32_t m = group_count(g, g->group);
    shape s;
    if (!parse_header(g->header, (size_t)(g->end - g->header), m, 0, &s)) return 0;
    if (g->payload > g->end || s.payload > (size_t)(g->end - g->payload)) return 0;
    if (from / CK_GROUP > g->group) {
      g->header += s.header;
      g->payload += s.payload;
      g->group++;
      continue;
    }
    const uint32_t first = from % CK_GROUP, k = n < m - first ? n : m - first;
    const uint32_t mask = mask_of(s.width);
    size_t bit = (size_t)first * s.width;
    for (uint32_t i = 0; i < k; i++, bit += s.width) values[i] = at(g->payload, bit, mask);
    if (s.patches) {
      const uint8_t *index = g->payload + payload_bytes(m, s.width, 0);
      const uint8_t *highs = index + s.patches;
      const uint32_t high = mask_of(s.high);
      for (uint32_t j = 0; j < s.patches; j++) {
        const uint32_t i = (uint32_t)index[j] - first;
        if (i < k) values[i] |= at(highs, (size_t)j * s.high, high) << s.width;
      }
    }
    if (s.unary && !unary_read(g->payload + payload_bytes(m, s.width, 0), &s, first, k, values)) return 0;
    values += k;
    from += k;
    n -= k;
  }
  return 1;
}
