// The code of dictionary keys: two fixed prefix codes (Huffman 1952, lengths at most 12 by package-merge; Larmore,
// Hirschberg 1990), canonical (Schwartz, Kallick 1964), one for the byte of lengths in front of a key and one for all
// other bytes. Made from the stems and forms of the bench corpus; being fixed, they need no pass over the keys before.
// A block whose keys they do not make smaller (other scripts) is kept as it is.
//
// A code's bits stand from the least significant bit of a byte on, the code's first bit first.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

enum { CK_KEY_BITS = 12 };

// The tables of both codes.
typedef struct ck_key_code ck_key_code;

// Makes the tables: some microseconds, once a process; they stay. NULL without memory.
const ck_key_code *ck_key_code_make(void);
// The bits of a byte's code: `which` 0 for the code of lengths, 1 for the other.
uint32_t ck_key_code_length(const ck_key_code *code, uint32_t which, uint8_t byte);

// Encodes `count` keys (a head, varints where its halves are 15, the rest: KeyBlockWriter) of `bytes` bytes. `out`
// needs 2 * bytes + 16 bytes. Answers the bytes written, 0 where they would not be fewer.
size_t ck_keys_encode(const ck_key_code *code, const uint8_t *keys, size_t bytes, uint32_t count, uint8_t *out);
// Decodes `count` keys out of `bytes` bytes into `out`, which needs 2 * bytes + 16 bytes; reads up to 16 bytes behind.
// Answers the bytes of the keys, 0 where they are not sound.
size_t ck_keys_decode(const ck_key_code *code, const uint8_t *in, size_t bytes, uint32_t count, uint8_t *out);

enum { CK_KEYS_NONE = -1, CK_KEYS_UNSOUND = -2, CK_KEY_LONGEST = 960 };
// The place of a key among `count` coded, sorted keys, none of them longer than CK_KEY_LONGEST; decodes only as far as
// it has to. CK_KEYS_NONE where it is not there, CK_KEYS_UNSOUND where the bytes (up to that point) are no keys. Reads
// up to 16 bytes behind.
int32_t ck_keys_find(const ck_key_code *code, const uint8_t *in, size_t bytes, uint32_t count, const uint8_t *wanted,
                     size_t wanted_length);

#ifdef __cplusplus
}
#endif
