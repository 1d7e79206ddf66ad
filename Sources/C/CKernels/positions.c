#include "CKernelsPositions.h"
#include "CKernelsPacking.h"
#include "positionCodes.h"
int ck_positions_open(ck_positions *p, const uint8_t *start, const uint8_t *end) {
  if (start >= end) return 0;
  p->start = start + 1;
  p->end = end;
  p->low = p->high = 0;
  p->at = 0;
  p->adjust = (int32_t)start[0] - 8;
  if (start[0] == CK_POSITIONS_GROUPS) return 2;
  return p->adjust >= CK_ADJUST_LEAST && p->adjust <= CK_ADJUST_MOST;
}

// The 64 bits (57 at least, then zeros) from `bit` on, counted from the end.
static inline uint64_t window(const uint8_t *end, uint64_t bit) { return load(end - bit / 8 - 8) << (bit & 7); }

// Goes behind n more ones; the caller has seen that n <= limit - *bit.
static int skip_ones(const uint8_t *end, uint64_t *bit, uint64_t limit, uint64_t n) {
  while (n) {
    if (*bit >= limit) return 0;
    uint64_t w = window(end, *bit);
    const uint64_t ones = (uint64_t)__builtin_popcountll(w);
    if (ones < n) {
      n -= ones;
      *bit += 64 - (*bit & 7);
      continue;
    }
    uint32_t done = 0;
    for (uint32_t half = 32; half >= 8; half /= 2) {
      const uint64_t top = w >> (64 - half);
      const uint64_t count = (uint64_t)__builtin_popcountll(top);
      if (count < n) {
        n -= count;
        done += half;
        w <<= half;
      }
    }
    while (n > 1) {
      w &= ~((uint64_t)1 << 63 >> __builtin_clzll(w));
      n--;
    }
    *bit += done + (uint32_t)__builtin_clzll(w) + 1;
    return *bit <= limit;
  }
  return *bit <= limit;
}

int ck_positions_read(ck_positions *p, const uint32_t *passages, const uint32_t *frequencies, const uint8_t *norms,
                      const uint8_t *bits, uint32_t index, uint32_t *gaps) {
  const uint64_t limit = 8 * (uint64_t)(p->end - p->start);
  if (index < p->at) {
    p->low = p->high = 0;
    p->at = 0;
  }
  uint64_t skipped = 0, low = p->low, high = p->high;
  for (uint32_t i = p->at; i < index; i++) {
    const uint32_t f = frequencies[i];
    low += (uint64_t)f * width_of(bits[norms[passages[i]]], f, p->adjust);
    skipped += f;
  }
  const uint32_t f = frequencies[index], k = width_of(bits[norms[passages[index]]], f, p->adjust);
  // A gap takes a one and k bits at least.
  if (low > limit || high + skipped > limit || (uint64_t)f * (k + 1) > limit - low) return 0;
  if (skipped && !skip_ones(p->end, &high, limit, skipped)) return 0;
  p->at = index;
  p->low = low;
  p->high = high;
  const uint64_t mask = ((uint64_t)1 << k) - 1;
  for (uint32_t j = 0; j < f; j++) {
    uint64_t w = window(p->end, high), zeros = 0;
    while (w >> 7 == 0) {
      zeros += 57;
      high += 57;
      if (high >= limit) return 0;
      w = window(p->end, high);
    }
    const uint32_t more = (uint32_t)__builtin_clzll(w);
    high += more + 1;
    if (high + low > limit) return 0;
    gaps[j] = (uint32_t)((zeros + more) << k | (load(p->start + low / 8) >> (low & 7) & mask));
    low += k;
  }
  return 1;
}

int ck_positions_read_all(ck_positions *p, const uint32_t *passages, const uint32_t *frequencies, const uint8_t *norms,
                          const uint8_t *bits, uint32_t n, uint32_t *gaps) {
  const uint64_t limit = 8 * (uint64_t)(p->end - p->start);
  uint64_t low = 0, high = 0;  // bits taken from either side
  uint64_t ones = window(p->end, 0);
  uint32_t have = 64;  // bits of `ones` that are still good
  for (uint32_t i = 0; i < n; i++) {
    const uint32_t f = frequencies[i], k = width_of(bits[norms[passages[i]]], f, p->adjust);
    if (low + high > limit || (uint64_t)f * (k + 1) > limit - low - high) return 0;
    const uint64_t mask = ((uint64_t)1 << k) - 1;
    for (uint32_t j = 0; j < f; j++) {
      uint64_t zeros = 0;
      while (ones == 0) {
        zeros += have;
        high += have;
        if (high >= limit) return 0;
        ones = window(p->end, high);
        have = 64 - (uint32_t)(high & 7);
      }
      const uint32_t more = (uint32_t)__builtin_clzll(ones);
      high += more + 1;
      if (high + low > limit) return 0;
      ones = ones << more << 1;
      have -= more + 1;
      *gaps++ = (uint32_t)((zeros + more) << k | (load(p->start + low / 8) >> (low & 7) & mask));
      low += k;
    }
  }
  return low + high <= limit;
}

// ----------------------------------------------------------------------------------------------------- short lists

typedef struct {
  uint8_t *at;
  uint64_t word;
  uint32_t filled;
} writer;

static inline void put(writer *w, uint64_t value, uint32_t width) {
  // At most 32 bits at a time: 31 may be waiting.
  w->word |= value << w->filled;
  w->filled += width;
  if (w->filled >= 32) {
    const uint32_t low = (uint32_t)w->word;
    memcpy(w->at, &low, 4);
    w->at += 4;
    w->word >>= 32;
    w->filled -= 32;
  }
}

static inline void put_golomb(writer *w, uint32_t value, uint32_t k) {
  const uint64_t q = ((uint64_t)value >> k) + 1;
  const uint32_t low = 63 - (uint32_t)__builtin_clzll(q);
  put(w, 0, low);
  put(w, 1, 1);
  put(w, q & (((uint64_t)1 << low) - 1), low);
  put(w, value & (((uint64_t)1 << k) - 1), k);
}

static inline uint32_t passage_order(const ck_short *s) {
  const uint32_t b = bits_of(s->segment / (s->count ? s->count : 1));
  return b > 3 ? b - 3 : 0;
}

static inline uint32_t position_order(uint32_t length_bits, uint32_t frequency) {
  return width_of(length_bits, frequency, -1);
}

size_t ck_short_bound(const ck_short *s) { return 20 * (size_t)s->count + 20 * (size_t)s->total + 16; }

size_t ck_short_encode(const ck_short *s, const uint32_t *passages, const uint32_t *frequencies, const uint8_t *norms,
                       const uint8_t *bits, const uint32_t *gaps, const uint32_t *codes, uint8_t *out) {
  writer w = {out, 0, 0};
  uint32_t before = UINT32_MAX;
  const uint32_t order = passage_order(s);
  for (uint32_t i = 0; i < s->count; i++) {
    put_golomb(&w, passages[i] - before - 1, order);
    before = passages[i];
  }
  if (s->total > s->count)
    for (uint32_t i = 0; i < s->count; i++) put_golomb(&w, frequencies[i], 0);
  for (uint32_t i = 0; i < s->count; i++) {
    const uint32_t f = frequencies[i] + 1, k = position_order(bits[norms[i]], f);
    for (uint32_t j = 0; j < f; j++) {
      put_golomb(&w, *gaps++, k);
      if (s->forms == 2) put(&w, *codes++, 1);
      if (s->forms > 2) put_golomb(&w, *codes++, 0);
    }
  }
  while (w.filled) {
    *w.at++ = (uint8_t)w.word;
    w.word >>= 8;
    w.filled = w.filled > 8 ? w.filled - 8 : 0;
  }
  return (size_t)(w.at - out);
}

typedef struct {
  const uint8_t *in;
  uint64_t bit, limit;
  int failed;
} reader;

// Reads beyond the end answer something and set `failed`; memory is readable 16 bytes behind it.
static inline uint64_t take(reader *r, uint32_t width) {
  if (r->bit + width > r->limit) {
    r->failed = 1;
    return 0;
  }
  const uint64_t value = load(r->in + r->bit / 8) >> (r->bit & 7) & (((uint64_t)1 << width) - 1);
  r->bit += width;
  return value;
}

static inline uint32_t take_golomb(reader *r, uint32_t k) {
  if (r->bit >= r->limit) {
    r->failed = 1;
    return 0;
  }
  uint64_t w = load(r->in + r->bit / 8) >> (r->bit & 7);
  const uint32_t zeros = w ? (uint32_t)__builtin_ctzll(w) : 64;
  if (zeros > 32) {
    r->failed = 1;
    return 0;
  }
  r->bit += zeros + 1;
  const uint64_t q = take(r, zeros) | (uint64_t)1 << zeros;
  return (uint32_t)((q - 1) << k | take(r, k));
}

uint64_t ck_short_passages(const ck_short *s, const uint8_t *in, size_t limit, uint32_t *passages,
                           uint32_t *frequencies) {
  reader r = {in, 0, (uint64_t)limit * 8, 0};
  const uint32_t order = passage_order(s);
  uint64_t next = 0, total = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    next += take_golomb(&r, order);
    if (next >= s->segment || r.failed) return 0;
    passages[i] = (uint32_t)next++;
  }
  for (uint32_t i = 0; i < s->count; i++) {
    frequencies[i] = s->total > s->count ? take_golomb(&r, 0) + 1 : 1;
    total += frequencies[i];
    if (frequencies[i] == 0) return 0;
  }
  return r.failed || total != s->total ? 0 : r.bit;
}

int ck_short_positions(const ck_short *s, const uint8_t *in, size_t limit, uint64_t bit, const uint32_t *passages,
                       const uint32_t *frequencies, const uint8_t *norms, const uint8_t *bits, uint32_t *gaps,
                       uint32_t *codes) {
  reader r = {in, bit, (uint64_t)limit * 8, 0};
  for (uint32_t i = 0; i < s->count; i++) {
    const uint32_t f = frequencies[i], k = position_order(bits[norms[passages[i]]], f);
    for (uint32_t j = 0; j < f; j++) {
      *gaps++ = take_golomb(&r, k);
      if (s->forms == 2) *codes++ = (uint32_t)take(&r, 1);
      if (s->forms > 2) *codes++ = take_golomb(&r, 0);
    }
    if (r.failed) return 0;
  }
  return 1;
}
