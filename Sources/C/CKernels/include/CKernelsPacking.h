// Bit packing of 32-bit integers. Two layouts:
//
// vertical    128 values in four lanes of 32 rows: value i stands in lane i % 4, row i / 4; a lane is a stream of
//             bits, least significant first; word k of the four lanes stand together (16 bytes). A block of width w
//             takes 16 * w bytes. Lemire, Boytsov, "Decoding billions of integers per second through
//             vectorization", 2015 (SIMD-BP128), here in 4 x 32 rows.
// horizontal  n values one after another, least significant bit first: ceil(n * w / 8) bytes. Any one value can be
//             read alone.
//
// A group is a header and a payload, in one of two codes, whichever is smaller:
//   PFOR (Zukowski et al. 2006, Yan et al. 2009)  the low w bits of each value, packed; values that do not fit are
//            patched: their indexes, a byte each, increasing; then their high bits, packed horizontally
//            header: w (0 ... 32), with 0x80 if there are patches, and then their number and the width of their high
//            bits, a byte each
//   Rice (Rice, Plaunt 1971)  the low w bits of each value, packed; then for each value as many zeros as the rest
//            of it says and a one. The parts stand apart (as with Elias and Fano), so that any one value can be found:
//            its low bits by their place, its high bits by counting ones
//            header: w (0 ... 31) | 0x40, and the bytes of the zeros and ones
// Groups have 1 ... 128 values. One of 128 values is packed vertically where the caller says so, and is PFOR then.
//
// Decoders read up to 16 bytes behind the group's end (the index files have a longer footer): memory has to be
// readable there, the values do not matter.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

enum { CK_GROUP = 128, CK_GROUP_MAX_BYTES = 3 + 4 * 128 };

void ck_pack_vertical(const uint32_t *values, uint32_t width, uint8_t *out);
void ck_unpack_vertical(const uint8_t *in, uint32_t width, uint32_t *values);
// Writes ceil(n * width / 8) bytes, and may write up to 8 bytes of zeros behind them.
void ck_pack_horizontal(const uint32_t *values, uint32_t n, uint32_t width, uint8_t *out);
void ck_unpack_horizontal(const uint8_t *in, uint32_t n, uint32_t width, uint32_t *values);

// A whole group, header and payload together. `out` needs CK_GROUP_MAX_BYTES + 16 bytes. Answers the bytes written.
size_t ck_encode_group(const uint32_t *values, uint32_t n, int vertical, uint8_t *out);
// Answers the bytes read, or 0 where the bytes are no group of n values within `limit` bytes.
size_t ck_decode_group(const uint8_t *in, size_t limit, uint32_t n, int vertical, uint32_t *values);
// The same for increasing numbers stored as gaps - 1: values[0] = base + 1 + gap. Answers 0 also where the sum leaves
// 32 bits or a value is not below `bound`.
size_t ck_decode_gaps(const uint8_t *in, size_t limit, uint32_t n, int vertical, uint32_t base, uint32_t bound,
                      uint32_t *values);
// The same for frequencies, stored minus one.
size_t ck_decode_frequencies(const uint8_t *in, size_t limit, uint32_t n, int vertical, uint32_t *values);
// The sum of n values; the first of values[from ... n - 1] (increasing) that is not below target, n where none.
uint64_t ck_sum(const uint32_t *values, uint32_t n);
uint32_t ck_lower_bound(const uint32_t *values, uint32_t from, uint32_t n, uint32_t target);
// Answers the size of a group without decoding it, or 0.
size_t ck_group_size(const uint8_t *in, size_t limit, uint32_t n, int vertical);

// Many values as groups with the headers in front: all headers, then all payloads (horizontal). `out` needs
// ck_groups_bound(n) bytes.
size_t ck_groups_bound(size_t n);
size_t ck_encode_groups(const uint32_t *values, size_t n, uint8_t *out);

// Where a reader of such groups stands: header of the current group, its payload.
typedef struct {
  const uint8_t *header;   // of the current group
  const uint8_t *payload;  // of the current group
  const uint8_t *end;      // nothing of the groups stands at or behind it
  uint32_t group;          // the number of the current group
  uint32_t count;          // values in all groups
} ck_groups;

// Sets up a reader on `count` values at `in`. Answers 0 where the headers do not fit before `end`.
int ck_groups_open(ck_groups *g, const uint8_t *in, const uint8_t *end, uint32_t count);
// Reads values [from, from + n) into `values`. Groups are walked forward from the current one; going back reopens
// (pass the same `in`). Answers 0 where the bytes are not sound.
int ck_groups_read(ck_groups *g, const uint8_t *in, uint32_t from, uint32_t n, uint32_t *values);
// The first byte behind all payloads, or NULL.
const uint8_t *ck_groups_end(const uint8_t *in, const uint8_t *end, uint32_t count);

// Says that the memory will be read soon.
static inline void ck_prefetch(const void *at) { __builtin_prefetch(at); }

// Which kernels run: 0 plain C, 1 vectors. For tests: ck_force_plain(1) turns the vectors off.
void ck_force_plain(int plain);

#ifdef __cplusplus
}
#endif
