#include "CSnowball.h"

#include <libstemmer.h>

csnowball_stemmer *csnowball_open(const char *algorithm) {
  return (csnowball_stemmer *)sb_stemmer_new(algorithm, "UTF_8");
}

void csnowball_close(csnowball_stemmer *stemmer) { sb_stemmer_delete((struct sb_stemmer *)stemmer); }

const uint8_t *csnowball_stem(csnowball_stemmer *stemmer, const uint8_t *word, size_t count, size_t *stemCount) {
  struct sb_stemmer *inner = (struct sb_stemmer *)stemmer;
  const sb_symbol *stem = sb_stemmer_stem(inner, word, (int)count);
  *stemCount = stem ? (size_t)sb_stemmer_length(inner) : 0;
  return stem;
}
