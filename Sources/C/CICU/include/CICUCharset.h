// Charset conversion over ICU's converters (ucnv): one call decodes a whole text to UTF-8. ICU's headers stay in
// charset.c, for they clash with Foundation's own ICU in any module that sees both.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct cicu_charset cicu_charset;

// Opens a converter by any name that ICU knows; NULL if it has none. Not for two threads at a time.
cicu_charset *cicu_charset_open(const char *name);
void cicu_charset_close(cicu_charset *charset);

// Decodes all of `bytes` from a fresh state. Bytes that are no character of the charset become U+FFFD, one for each
// illegal sequence, and are counted in *replacements. The result belongs to the converter and holds until its next
// call; NULL only if memory is short.
const uint8_t *cicu_charset_decode(
  cicu_charset *charset, const uint8_t *bytes, size_t count, size_t *utf8Count, size_t *replacements);

#ifdef __cplusplus
}
#endif
