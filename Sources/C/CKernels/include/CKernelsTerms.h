// The numbers of a dictionary's terms (Index/FORMAT.md, "Terms"): a stream of bits in which no term says how long it is.
#pragma once
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

// Orders of the Golomb codes of a term's numbers, near the middle of what real text shows.
enum { CK_POSITION_ORDER = 5, CK_GAP_ORDER = 3, CK_LIST_BYTES_ORDER = 4, CK_POSITION_BYTES_ORDER = 8 };

// Where a term's numbers begin, and its postings, positions and forms.
typedef struct {
  uint64_t bit, postings, positions, forms;
} ck_term_place;

// Moves `place` over `count` terms (at most 64) of a block of `bits` bits. Bit i of `flags` says that the i-th of them
// has a list of forms; `has_documents` that document frequencies are stored. Answers 0 where the numbers are not sound.
// Reads up to 16 bytes behind.
int ck_terms_skip(const uint8_t *in, uint64_t bits, uint32_t count, uint64_t flags, uint32_t passage_bits,
                  int has_documents, ck_term_place *place);

#ifdef __cplusplus
}
#endif
