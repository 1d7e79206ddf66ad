#include "CKernelsScoring.h"
#include "lanes.h"
#include <stdatomic.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

static inline int32_t share(float frequency, float inverse, float weight) {
  const float divisor = 1.0f + frequency * inverse;
  return (int32_t)(weight - weight / divisor) + 1;
}

// ---------------------------------------------------------------------------------------------------- plain C

static void score_plain(const uint32_t *passages, const uint32_t *frequencies, uint32_t n, const uint8_t *norms,
                        const float *inverse, float weight, int32_t *scores) {
  for (uint32_t i = 0; i < n; i++)
    scores[i] = share((float)(int32_t)frequencies[i], inverse[norms[passages[i]]], weight);
}

static void bounds_plain(const uint8_t *pairs, const uint8_t *ends, uint32_t blocks, const float *frequency_of,
                         const float *inverse, float weight, int32_t *bounds) {
  uint32_t at = 0;
  for (uint32_t b = 0; b < blocks; b++) {
    int32_t best = 0;
    for (; at < ends[b]; at++) {
      const int32_t s = share(frequency_of[pairs[2 * at]], inverse[pairs[2 * at + 1]], weight);
      if (s > best) best = s;
    }
    bounds[b] = best;
  }
}

static uint32_t keep_plain(uint32_t *passages, int32_t *scores, uint32_t n, int32_t least) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < n; i++) {
    passages[kept] = passages[i];
    scores[kept] = scores[i];
    kept += scores[i] >= least;
  }
  return kept;
}

static uint32_t take_plain(int32_t *sums, uint32_t n, int32_t least, uint32_t base, uint32_t *passages,
                           int32_t *scores) {
  uint32_t taken = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (sums[i] >= least) {
      passages[taken] = base + i;
      scores[taken++] = sums[i];
    }
    sums[i] = 0;
  }
  return taken;
}

void ck_add_at(const uint32_t *passages, const int32_t *scores, uint32_t n, uint32_t base, int32_t *sums,
               uint64_t *marks) {
  for (uint32_t i = 0; i < n; i++) {
    const uint32_t place = passages[i] - base;
    sums[place] += scores[i];
    marks[place >> 6] |= (uint64_t)1 << (place & 63);
  }
}

uint32_t ck_take_marked(int32_t *sums, uint64_t *marks, uint32_t n, int32_t least, uint32_t base, uint32_t *passages,
                        int32_t *scores) {
  uint32_t taken = 0;
  for (uint32_t word = 0; word < (n + 63) / 64; word++) {
    uint64_t bits = marks[word];
    if (bits == 0) continue;
    marks[word] = 0;
    do {
      const uint32_t place = word * 64 + (uint32_t)__builtin_ctzll(bits);
      bits &= bits - 1;
      const int32_t s = sums[place];
      sums[place] = 0;
      passages[taken] = base + place;
      scores[taken] = s;
      taken += s >= least;
    } while (bits);
  }
  return taken;
}

uint32_t ck_find_in_block(const uint32_t *values, uint32_t from, uint32_t n, uint32_t target) {
  const uint32_t *base = values + from;
  uint32_t left = n - from;
  if (left == 0) return n;
  while (left > 1) {
    const uint32_t half = left / 2;
    base = base[half - 1] < target ? base + half : base;
    left -= half;
  }
  return (uint32_t)(base - values) + (*base < target);
}

static uint32_t places_plain(const uint32_t *block, uint32_t n, const uint32_t *passages, uint32_t k,
                             uint8_t *places) {
  uint32_t found = 0, from = 0;
  for (uint32_t i = 0; i < k; i++) {
    from = ck_find_in_block(block, from, n, passages[i]);
    const int hit = from < n && block[from] == passages[i];
    places[i] = hit ? (uint8_t)from : 255;
    found += (uint32_t)hit;
  }
  return found;
}

// No branch depends on what is found: that would be mispredicted every other time.
static uint32_t take_shares_plain(const uint8_t *places, const uint32_t *frequencies, const uint8_t *norms,
                                  const float *inverse, float weight, int mode, int32_t least, uint32_t *passages,
                                  int32_t *scores, uint32_t k) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < k; i++) {
    const uint32_t p = passages[i];
    const int hit = places[i] != 255;
    const uint32_t frequency = hit ? frequencies[places[i]] : 1;
    const int32_t own = share((float)(int32_t)frequency, inverse[norms[p]], weight);
    const int32_t old = scores[i];
    const int32_t s = mode == CK_LOWER ? (own < old ? own : old) : old + (hit ? own : 0);
    passages[kept] = p;
    scores[kept] = s;
    kept += (uint32_t)((s >= least) & (hit | (mode == CK_OPTIONAL)));
  }
  return kept;
}

// ------------------------------------------------------------------------------------- AVX2, chosen at run time

#if defined(__x86_64__)
#include <immintrin.h>
#define WIDE __attribute__((target("avx2,popcnt")))

WIDE static inline __m256i shares(__m256 frequency, __m256 inverse, __m256 weight) {
  const __m256 divisor = _mm256_add_ps(_mm256_set1_ps(1.0f), _mm256_mul_ps(frequency, inverse));
  const __m256i cut = _mm256_cvttps_epi32(_mm256_sub_ps(weight, _mm256_div_ps(weight, divisor)));
  return _mm256_add_epi32(cut, _mm256_set1_epi32(1));
}

// Eight inverse lengths by eight norm bytes. Loads one by one: a gather is no faster on the processors at hand.
WIDE static inline __m256 lengths(const uint8_t *norms, const uint32_t *p, const float *inverse) {
  return _mm256_setr_ps(inverse[norms[p[0]]], inverse[norms[p[1]]], inverse[norms[p[2]]], inverse[norms[p[3]]],
                        inverse[norms[p[4]]], inverse[norms[p[5]]], inverse[norms[p[6]]], inverse[norms[p[7]]]);
}

WIDE static void score_wide(const uint32_t *passages, const uint32_t *frequencies, uint32_t n, const uint8_t *norms,
                            const float *inverse, float weight, int32_t *scores) {
  const __m256 w = _mm256_set1_ps(weight);
  uint32_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m256 f = _mm256_cvtepi32_ps(_mm256_loadu_si256((const __m256i *)(frequencies + i)));
    _mm256_storeu_si256((__m256i *)(scores + i), shares(f, lengths(norms, passages + i, inverse), w));
  }
  score_plain(passages + i, frequencies + i, n - i, norms, inverse, weight, scores + i);
}

WIDE static void bounds_wide(const uint8_t *pairs, const uint8_t *ends, uint32_t blocks, const float *frequency_of,
                             const float *inverse, float weight, int32_t *bounds) {
  int32_t all[256 + 8];
  const __m256 w = _mm256_set1_ps(weight);
  const uint32_t n = blocks ? ends[blocks - 1] : 0;
  uint32_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const uint8_t *p = pairs + 2 * i;
    const __m256 f = _mm256_setr_ps(frequency_of[p[0]], frequency_of[p[2]], frequency_of[p[4]], frequency_of[p[6]],
                                    frequency_of[p[8]], frequency_of[p[10]], frequency_of[p[12]], frequency_of[p[14]]);
    const __m256 v = _mm256_setr_ps(inverse[p[1]], inverse[p[3]], inverse[p[5]], inverse[p[7]], inverse[p[9]],
                                    inverse[p[11]], inverse[p[13]], inverse[p[15]]);
    _mm256_storeu_si256((__m256i *)(all + i), shares(f, v, w));
  }
  for (; i < n; i++) all[i] = share(frequency_of[pairs[2 * i]], inverse[pairs[2 * i + 1]], weight);
  uint32_t at = 0;
  for (uint32_t b = 0; b < blocks; b++) {
    int32_t best = 0;
    for (; at < ends[b]; at++) best = all[at] > best ? all[at] : best;
    bounds[b] = best;
  }
}

WIDE static uint32_t take_wide(int32_t *sums, uint32_t n, int32_t least, uint32_t base, uint32_t *passages,
                               int32_t *scores) {
  const __m256i below = _mm256_set1_epi32(least - 1);
  const __m256i zero = _mm256_setzero_si256();
  uint32_t taken = 0, i = 0;
  for (; i + 32 <= n; i += 32) {
    __m256i *s = (__m256i *)(sums + i);
    const __m256i a = _mm256_loadu_si256(s), b = _mm256_loadu_si256(s + 1), c = _mm256_loadu_si256(s + 2),
                  d = _mm256_loadu_si256(s + 3);
    const __m256i ga = _mm256_cmpgt_epi32(a, below), gb = _mm256_cmpgt_epi32(b, below),
                  gc = _mm256_cmpgt_epi32(c, below), gd = _mm256_cmpgt_epi32(d, below);
    uint32_t mask = 0;
    if (!_mm256_testz_si256(_mm256_or_si256(_mm256_or_si256(ga, gb), _mm256_or_si256(gc, gd)), _mm256_set1_epi32(-1)))
      mask = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(ga)) |
             (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(gb)) << 8 |
             (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(gc)) << 16 |
             (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(gd)) << 24;
    while (mask) {
      const uint32_t k = i + (uint32_t)__builtin_ctz(mask);
      mask &= mask - 1;
      passages[taken] = base + k;
      scores[taken++] = sums[k];
    }
    _mm256_storeu_si256(s, zero);
    _mm256_storeu_si256(s + 1, zero);
    _mm256_storeu_si256(s + 2, zero);
    _mm256_storeu_si256(s + 3, zero);
  }
  return taken + take_plain(sums + i, n - i, least, base + i, passages + taken, scores + taken);
}

// Signed comparison of unsigned numbers.
WIDE static inline __m256i flipped(const uint32_t *values) {
  return _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)values), _mm256_set1_epi32(INT32_MIN));
}

// The last of every sixteen values says in which sixteen a target would stand, a count of the smaller ones where there.
WIDE static uint32_t places_wide(const uint32_t *block, const uint32_t *passages, uint32_t k, uint8_t *places) {
  const __m256i lasts = _mm256_xor_si256(
      _mm256_setr_epi32((int32_t)block[15], (int32_t)block[31], (int32_t)block[47], (int32_t)block[63],
                        (int32_t)block[79], (int32_t)block[95], (int32_t)block[111], (int32_t)block[127]),
      _mm256_set1_epi32(INT32_MIN));
  uint32_t found = 0;
  for (uint32_t i = 0; i < k; i++) {
    const __m256i target = _mm256_set1_epi32((int32_t)(passages[i] ^ 0x80000000u));
    const uint32_t group = (uint32_t)__builtin_popcount(
        (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(target, lasts))));
    // Behind the last of all: looked for in the last sixteen, and not found.
    const uint32_t *sixteen = block + 16 * (group < 7 ? group : 7);
    const uint32_t low = (uint32_t)_mm256_movemask_ps(
        _mm256_castsi256_ps(_mm256_cmpeq_epi32(target, flipped(sixteen))));
    const uint32_t high = (uint32_t)_mm256_movemask_ps(
        _mm256_castsi256_ps(_mm256_cmpeq_epi32(target, flipped(sixteen + 8))));
    const uint32_t mask = low | high << 8;
    const uint32_t place = (uint32_t)(sixteen - block) + (uint32_t)__builtin_ctz(mask | 0x10000);
    places[i] = mask ? (uint8_t)place : 255;
    found += mask != 0;
  }
  return found;
}

// Writes the lanes whose bit is set in `mask` one behind the other; eight lanes are written.
WIDE static inline void pack_lanes(uint32_t mask, __m256i values, void *out) {
  const __m256i lanes = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)&ck_lanes[mask]));
  _mm256_storeu_si256((__m256i *)out, _mm256_permutevar8x32_epi32(values, lanes));
}

WIDE static inline uint32_t lanes_of(__m256i condition) {
  return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(condition));
}

// In place: what is written stands at or before what has been read.
WIDE static uint32_t keep_wide(uint32_t *passages, int32_t *scores, uint32_t n, int32_t least) {
  const __m256i below = _mm256_set1_epi32(least - 1);
  uint32_t kept = 0, i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m256i s = _mm256_loadu_si256((const __m256i *)(scores + i));
    const uint32_t mask = lanes_of(_mm256_cmpgt_epi32(s, below));
    if (mask == 0) continue;
    const __m256i p = _mm256_loadu_si256((const __m256i *)(passages + i));
    pack_lanes(mask, p, passages + kept);
    pack_lanes(mask, s, scores + kept);
    kept += (uint32_t)__builtin_popcount(mask);
  }
  for (; i < n; i++) {
    passages[kept] = passages[i];
    scores[kept] = scores[i];
    kept += scores[i] >= least;
  }
  return kept;
}

WIDE static uint32_t take_shares_wide(const uint8_t *places, const uint32_t *frequencies, const uint8_t *norms,
                                      const float *inverse, float weight, int mode, int32_t least, uint32_t *passages,
                                      int32_t *scores, uint32_t k) {
  const __m256 w = _mm256_set1_ps(weight);
  const __m256i below = _mm256_set1_epi32(least - 1);
  const __m256i all = _mm256_set1_epi32(mode == CK_OPTIONAL ? -1 : 0);
  uint32_t kept = 0, i = 0;
  for (; i + 8 <= k; i += 8) {
    const uint8_t *at = places + i;
    const __m256i place = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)at));
    const __m256i hit = _mm256_cmpgt_epi32(_mm256_set1_epi32(255), place);
    // Where there is no place the first frequency will do: its share is not taken.
#define AT(j) (int32_t)frequencies[at[j] == 255 ? 0 : at[j]]
    const __m256i f = _mm256_setr_epi32(AT(0), AT(1), AT(2), AT(3), AT(4), AT(5), AT(6), AT(7));
#undef AT
    const __m256i own = shares(_mm256_cvtepi32_ps(f), lengths(norms, passages + i, inverse), w);
    const __m256i old = _mm256_loadu_si256((const __m256i *)(scores + i));
    const __m256i s = mode == CK_LOWER ? _mm256_min_epi32(own, old)
                                       : _mm256_add_epi32(old, _mm256_and_si256(own, hit));
    const uint32_t mask = lanes_of(_mm256_and_si256(_mm256_cmpgt_epi32(s, below), _mm256_or_si256(hit, all)));
    const __m256i p = _mm256_loadu_si256((const __m256i *)(passages + i));
    pack_lanes(mask, p, passages + kept);
    pack_lanes(mask, s, scores + kept);
    kept += (uint32_t)__builtin_popcount(mask);
  }
  const uint32_t rest = take_shares_plain(places + i, frequencies, norms, inverse, weight, mode, least, passages + i,
                                          scores + i, k - i);
  memmove(passages + kept, passages + i, rest * sizeof *passages);
  memmove(scores + kept, scores + i, rest * sizeof *scores);
  return kept + rest;
}
#endif

// ---------------------------------------------------------------------------------------------------- dispatch

// -1 not asked yet, 0 plain, 1 wide; asking twice at once gives the same answer.
static _Atomic int mode = -1;

static inline int wide(void) {
#if defined(__x86_64__)
  int known = atomic_load_explicit(&mode, memory_order_relaxed);
  if (known < 0) {
    known = __builtin_cpu_supports("avx2") ? 1 : 0;
    atomic_store_explicit(&mode, known, memory_order_relaxed);
  }
  return known;
#else
  return 0;
#endif
}

void ck_scoring_force_plain(int on) { atomic_store_explicit(&mode, on ? 0 : -1, memory_order_relaxed); }

void ck_score(const uint32_t *passages, const uint32_t *frequencies, uint32_t n, const uint8_t *norms,
              const float *inverse, float weight, int32_t *scores) {
#if defined(__x86_64__)
  if (wide()) return score_wide(passages, frequencies, n, norms, inverse, weight, scores);
#endif
  score_plain(passages, frequencies, n, norms, inverse, weight, scores);
}

void ck_bounds(const uint8_t *pairs, const uint8_t *ends, uint32_t blocks, const float *frequency_of,
               const float *inverse, float weight, int32_t *bounds) {
#if defined(__x86_64__)
  if (wide()) return bounds_wide(pairs, ends, blocks, frequency_of, inverse, weight, bounds);
#endif
  bounds_plain(pairs, ends, blocks, frequency_of, inverse, weight, bounds);
}

uint32_t ck_places(const uint32_t *block, uint32_t n, const uint32_t *passages, uint32_t k, uint8_t *places) {
#if defined(__x86_64__)
  if (n == 128 && wide()) return places_wide(block, passages, k, places);
#endif
  return places_plain(block, n, passages, k, places);
}

uint32_t ck_keep_at_least(uint32_t *passages, int32_t *scores, uint32_t n, int32_t least) {
#if defined(__x86_64__)
  if (wide()) return keep_wide(passages, scores, n, least);
#endif
  return keep_plain(passages, scores, n, least);
}

uint32_t ck_take_at_least(int32_t *sums, uint32_t n, int32_t least, uint32_t base, uint32_t *passages,
                          int32_t *scores) {
#if defined(__x86_64__)
  if (wide()) return take_wide(sums, n, least, base, passages, scores);
#endif
  return take_plain(sums, n, least, base, passages, scores);
}

uint32_t ck_take_shares(const uint8_t *places, const uint32_t *frequencies, const uint8_t *norms, const float *inverse,
                        float weight, int mode, int32_t least, uint32_t *passages, int32_t *scores, uint32_t k) {
#if defined(__x86_64__)
  if (wide())
    return take_shares_wide(places, frequencies, norms, inverse, weight, mode, least, passages, scores, k);
#endif
  return take_shares_plain(places, frequencies, norms, inverse, weight, mode, least, passages, scores, k);
}
