// Snowball's stemmers behind one opaque type.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct csnowball_stemmer csnowball_stemmer;

/// A stemmer over UTF-8 for an algorithm by its ISO 639 code or English name; NULL for a language without one.
csnowball_stemmer *csnowball_open(const char *algorithm);
void csnowball_close(csnowball_stemmer *stemmer);

/// The stem of a lower-case word: memory of the stemmer, valid until its next call. NULL when memory is out.
const uint8_t *csnowball_stem(csnowball_stemmer *stemmer, const uint8_t *word, size_t count, size_t *stemCount);

#ifdef __cplusplus
}
#endif
