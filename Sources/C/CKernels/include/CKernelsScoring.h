// BM25 over blocks of postings, in integers: a share of a score is weight - weight / (1 + frequency * inverse[norm])
// in float32, cut to an integer, plus 1 (so that no match is worth nothing). The weight is scaled by a power of two beforehand, so that shares keep all digits of
// the float; sums of integers do not depend on the order of adding, hence every way through the postings gives the
// same score. All versions of a kernel give the same bits: the float operations are those of IEEE 754, none is fused.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

// scores[i] = share of a posting with frequencies[i] in passages[i], whose norm is norms[passages[i]].
void ck_score(const uint32_t *passages, const uint32_t *frequencies, uint32_t n, const uint8_t *norms,
              const float *inverse, float weight, int32_t *scores);

// The greatest share over (code, norm) pairs, two bytes each, for each of `blocks` runs of pairs: run i ends at
// ends[i] (cumulative). frequency_of[code] is the frequency of a code. Runs may be empty: 0.
void ck_bounds(const uint8_t *pairs, const uint8_t *ends, uint32_t blocks, const float *frequency_of,
               const float *inverse, float weight, int32_t *bounds);

// Keeps, in place and in order, the entries with score >= least; answers how many.
uint32_t ck_keep_at_least(uint32_t *passages, int32_t *scores, uint32_t n, int32_t least);

// sums[passages[i] - base] += scores[i], and the bit of each of these places is set in marks.
void ck_add_at(const uint32_t *passages, const int32_t *scores, uint32_t n, uint32_t base, int32_t *sums,
               uint64_t *marks);

// Takes the entries of sums[0 ..< n] that are >= least (least > 0) as (base + i, sum), clears all n entries, answers
// how many were taken.
uint32_t ck_take_at_least(int32_t *sums, uint32_t n, int32_t least, uint32_t base, uint32_t *passages,
                          int32_t *scores);

// The same for sums that were touched at few places: looks only at those whose bit is set in marks[0 ..< (n + 63) / 64],
// and clears the bits.
uint32_t ck_take_marked(int32_t *sums, uint64_t *marks, uint32_t n, int32_t least, uint32_t base, uint32_t *passages,
                        int32_t *scores);

// The first of values[from ..< n] (increasing) that is not below target, n where none; by halving without branches:
// for targets that can be anywhere in a block.
uint32_t ck_find_in_block(const uint32_t *values, uint32_t from, uint32_t n, uint32_t target);

// places[i] = the index of passages[i] in block[0 ..< n] (increasing, n at most 128), 255 where it is not there. Answers
// how many are there. The wide version looks each one up in two steps, all independent of each other.
uint32_t ck_places(const uint32_t *block, uint32_t n, const uint32_t *passages, uint32_t k, uint8_t *places);

enum { CK_OPTIONAL = 0, CK_REQUIRED = 1, CK_LOWER = 2 };
// Takes the shares of a block's postings at `places` (see ck_places) into the entries, and keeps, in place and in order,
// those that then have a score >= least; answers how many. CK_OPTIONAL: the share is added where there is one.
// CK_REQUIRED: the same, and an entry without a share is dropped. CK_LOWER: as CK_REQUIRED, but the score is lowered to
// the share instead.
uint32_t ck_take_shares(const uint8_t *places, const uint32_t *frequencies, const uint8_t *norms, const float *inverse,
                        float weight, int mode, int32_t least, uint32_t *passages, int32_t *scores, uint32_t k);

// For tests: 1 turns the wide versions off.
void ck_scoring_force_plain(int plain);

#ifdef __cplusplus
}
#endif
