#include "CICUCharset.h"

#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

enum { pivotUnits = 8192 };

struct cicu_charset {
  UConverter *converter;
  size_t replacements;
  uint8_t *utf8;
  size_t capacity;
  UChar pivot[pivotUnits];
};

// ICU's own substitution writes the converter's substitution character, which for some code pages is U+001A; ours
// always writes U+FFFD and counts.
static void substitute(
  const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t length,
  UConverterCallbackReason reason, UErrorCode *error
) {
  (void)units;
  (void)length;
  if (reason > UCNV_IRREGULAR) return;  // reset, close, clone
  ((cicu_charset *)context)->replacements += 1;
  const UChar replacement = 0xFFFD;
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

cicu_charset *cicu_charset_open(const char *name) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &error);
  if (U_FAILURE(error)) return NULL;
  cicu_charset *charset = calloc(1, sizeof *charset);
  if (charset == NULL) {
    ucnv_close(converter);
    return NULL;
  }
  charset->converter = converter;
  ucnv_setToUCallBack(converter, substitute, charset, NULL, NULL, &error);
  if (U_FAILURE(error)) {
    cicu_charset_close(charset);
    return NULL;
  }
  return charset;
}

void cicu_charset_close(cicu_charset *charset) {
  if (charset == NULL) return;
  ucnv_close(charset->converter);
  free(charset->utf8);
  free(charset);
}

static int reserve(cicu_charset *charset, size_t needed) {
  if (needed <= charset->capacity) return 1;
  size_t capacity = charset->capacity * 2 > needed ? charset->capacity * 2 : needed;
  uint8_t *grown = realloc(charset->utf8, capacity);
  if (grown == NULL) return 0;
  charset->utf8 = grown;
  charset->capacity = capacity;
  return 1;
}

// Appends UTF-16 as UTF-8; a surrogate half that ends the units is left for the next round (returned as 1).
static size_t appendUTF8(uint8_t *out, size_t at, const UChar *units, int32_t count, int flush, int32_t *left) {
  int32_t i = 0;
  *left = 0;
  while (i < count) {
    UChar32 c = units[i++];
    if (c < 0x80) {
      out[at++] = (uint8_t)c;
      continue;
    }
    if (U16_IS_SURROGATE(c)) {
      if (U16_IS_SURROGATE_LEAD(c) && i == count && !flush) {
        *left = 1;
        break;
      }
      if (U16_IS_SURROGATE_LEAD(c) && i < count && U16_IS_TRAIL(units[i])) {
        c = U16_GET_SUPPLEMENTARY(c, units[i]);
        i++;
      } else {
        c = 0xFFFD;
      }
    }
    if (c < 0x800) {
      out[at++] = (uint8_t)(0xC0 | c >> 6);
    } else {
      if (c < 0x10000) {
        out[at++] = (uint8_t)(0xE0 | c >> 12);
      } else {
        out[at++] = (uint8_t)(0xF0 | c >> 18);
        out[at++] = (uint8_t)(0x80 | (c >> 12 & 0x3F));
      }
      out[at++] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    }
    out[at++] = (uint8_t)(0x80 | (c & 0x3F));
  }
  return at;
}

const uint8_t *cicu_charset_decode(
  cicu_charset *charset, const uint8_t *bytes, size_t count, size_t *utf8Count, size_t *replacements
) {
  ucnv_resetToUnicode(charset->converter);
  charset->replacements = 0;
  const char *source = (const char *)bytes;
  const char *end = source + count;
  size_t written = 0;
  int32_t held = 0;
  if (!reserve(charset, count + count / 2 + 16)) return NULL;
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    UChar *target = charset->pivot + held;
    ucnv_toUnicode(
      charset->converter, &target, charset->pivot + pivotUnits, &source, end, NULL, 1, &error);
    int32_t units = (int32_t)(target - charset->pivot);
    int done = error != U_BUFFER_OVERFLOW_ERROR;
    if (!reserve(charset, written + (size_t)units * 3 + 16)) return NULL;
    int32_t left;
    written = appendUTF8(charset->utf8, written, charset->pivot, units, done, &left);
    if (left) charset->pivot[0] = charset->pivot[units - 1];
    held = left;
    if (done) {
      if (U_FAILURE(error)) {
        // Nothing but a lack of memory ends up here, for the callback turns illegal bytes into U+FFFD.
        charset->replacements += 1;
      }
      break;
    }
  }
  *utf8Count = written;
  *replacements = charset->replacements;
  return charset->utf8;
}
