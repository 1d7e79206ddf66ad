// Codes of positions and of short lists, whose parameters come from what the reader knows already.
//
// A word's positions in a passage are gaps (the first from 0). Where a passage of L words holds the word f times, gaps
// are about L / f: the length (its norm) and the frequency, both known, give the parameter of a Rice code for each
// passage by itself, k = max(0, bits(L) - bits(f) - 1 + adjust), and nothing is stored for it. (Golomb 1966; Rice,
// Plaunt 1971; Moffat, Turpin, "Compression and Coding Algorithms", 2002, local Bernoulli models.)
//
// Positions of a block of passages ("positions"):
//   mode    one byte: 1 ... 15, Rice codes with adjust = mode - 8; 255, groups follow (CKernelsPacking.h)
//   bits    from the front the low k bits of every gap, least significant bit of a byte first; from the back, most
//           significant bit first, for every gap as many zeros as (gap >> k) says, and a one. Both meet in between.
// Any passage can be read alone: its low bits by a sum over the passages before, the others by counting ones.
//
// A short list is one stream of bits, least significant first, of Golomb codes (exponential; BitStream.swift):
//   passages     gap - 1, of order max(0, bits(N / n) - 3) for n of a segment's N passages
//   frequencies  f - 1, of order 0; left out where all are 1 (the dictionary knows their sum)
//   positions    gap, of order max(0, bits(L) - bits(f) - 2), each followed by its code where the stem has forms:
//                one bit for two forms, else of order 0
//
// Lengths come as `bits`, a table from a norm to the bits of its length. Decoders read up to 16 bytes behind the end and
// 8 before the start: memory has to be readable there, the values do not matter.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

// `gaps` of n passages (`norms` one each), frequencies less one. `out` needs ck_positions_bound bytes. Answers the bytes
// written.
size_t ck_positions_bound(size_t gaps);
size_t ck_positions_encode(const uint32_t *gaps, size_t count, const uint32_t *frequencies, const uint8_t *norms,
                           const uint8_t *bits, uint32_t n, uint8_t *out);

// Where a reader of such positions stands.
typedef struct {
  const uint8_t *start, *end;  // the bits
  uint64_t low, high;          // bits before passage `at` from either side
  uint32_t at;
  int32_t adjust;
} ck_positions;

// Answers 1 for Rice codes, 2 where groups follow the mode's byte, 0 where the bytes are neither.
int ck_positions_open(ck_positions *p, const uint8_t *start, const uint8_t *end);
// Reads the gaps of passage `index` of the block (passages rising, real frequencies, all norms of the segment).
// Answers 0 where they are not sound.
int ck_positions_read(ck_positions *p, const uint32_t *passages, const uint32_t *frequencies, const uint8_t *norms,
                      const uint8_t *bits, uint32_t index, uint32_t *gaps);
// Reads the gaps of all n passages, one behind the other. Answers 0 where they are not sound.
int ck_positions_read_all(ck_positions *p, const uint32_t *passages, const uint32_t *frequencies, const uint8_t *norms,
                          const uint8_t *bits, uint32_t n, uint32_t *gaps);

// What a short list needs to be read and written.
typedef struct {
  uint32_t count;     // passages in the list, 1 ... 127
  uint32_t segment;   // passages in the segment
  uint32_t forms;     // of the stem
  uint64_t total;     // the sum of the frequencies
} ck_short;

size_t ck_short_bound(const ck_short *s);
// Frequencies less one. `norms` one for each passage of the list. `out` needs ck_short_bound bytes.
size_t ck_short_encode(const ck_short *s, const uint32_t *passages, const uint32_t *frequencies, const uint8_t *norms,
                       const uint8_t *bits, const uint32_t *gaps, const uint32_t *codes, uint8_t *out);
// Passages and (real) frequencies. Answers the bits read, 0 where they are not sound.
uint64_t ck_short_passages(const ck_short *s, const uint8_t *in, size_t limit, uint32_t *passages,
                           uint32_t *frequencies);
// All gaps and codes, from `bit` on. Answers 0 where they are not sound.
int ck_short_positions(const ck_short *s, const uint8_t *in, size_t limit, uint64_t bit, const uint32_t *passages,
                       const uint32_t *frequencies, const uint8_t *norms, const uint8_t *bits, uint32_t *gaps,
                       uint32_t *codes);

#ifdef __cplusplus
}
#endif
