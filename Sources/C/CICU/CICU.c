#include "CICU.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

// MARK: boundaries

struct cicu_breaker {
  UBreakIteratorType type;
  UBreakIterator *iterator;
  UChar *units;        // the text as UTF-16: converting is nearly free, ICU's UText over UTF-8 is slower
  uint32_t *offsets;   // per unit, where it began in the UTF-8 text; one more at the end
  size_t capacity;     // of units and offsets
  cicu_segment *segments;
  size_t segmentCapacity;
};

static cicu_breaker *breaker_open(UBreakIteratorType type) {
  cicu_breaker *breaker = calloc(1, sizeof(cicu_breaker));
  if (breaker) breaker->type = type;
  return breaker;
}

cicu_breaker *cicu_words_open(void) { return breaker_open(UBRK_WORD); }
cicu_breaker *cicu_sentences_open(void) { return breaker_open(UBRK_SENTENCE); }

void cicu_breaker_close(cicu_breaker *breaker) {
  if (!breaker) return;
  if (breaker->iterator) ubrk_close(breaker->iterator);
  free(breaker->units);
  free(breaker->offsets);
  free(breaker->segments);
  free(breaker);
}

/// UTF-8 to UTF-16 with the origin of every unit. An ill-formed sequence becomes one U+FFFD.
static int32_t to_utf16(cicu_breaker *breaker, const uint8_t *utf8, int32_t count) {
  UChar *units = breaker->units;
  uint32_t *offsets = breaker->offsets;
  int32_t i = 0, n = 0;
  while (i < count) {
    uint8_t byte = utf8[i];
    if (byte < 0x80) {
      offsets[n] = (uint32_t)i++;
      units[n++] = byte;
      continue;
    }
    int32_t start = i;
    UChar32 c;
    U8_NEXT_OR_FFFD(utf8, i, count, c);
    offsets[n] = (uint32_t)start;
    if (c < 0x10000) {
      units[n++] = (UChar)c;
    } else {
      units[n++] = U16_LEAD(c);
      offsets[n] = (uint32_t)start;
      units[n++] = U16_TRAIL(c);
    }
  }
  offsets[n] = (uint32_t)count;
  return n;
}

int64_t cicu_segments(cicu_breaker *breaker, const uint8_t *utf8, size_t count, const cicu_segment **segments) {
  *segments = breaker->segments;
  if (count == 0) return 0;
  if (count > INT32_MAX - 1) return -1;
  UErrorCode status = U_ZERO_ERROR;
  if (!breaker->iterator) {
    breaker->iterator = ubrk_open(breaker->type, "", NULL, 0, &status);
    if (U_FAILURE(status)) {
      breaker->iterator = NULL;
      return -1;
    }
  }
  if (breaker->capacity < count + 1) {
    size_t capacity = count + count / 2 + 64;
    UChar *units = realloc(breaker->units, capacity * sizeof(UChar));
    if (units) breaker->units = units;
    uint32_t *offsets = realloc(breaker->offsets, capacity * sizeof(uint32_t));
    if (offsets) breaker->offsets = offsets;
    if (!units || !offsets) return -1;
    breaker->capacity = capacity;
  }
  int32_t length = to_utf16(breaker, utf8, (int32_t)count);
  ubrk_setText(breaker->iterator, breaker->units, length, &status);
  if (U_FAILURE(status)) return -1;
  size_t n = 0;
  int32_t start = ubrk_first(breaker->iterator);
  for (int32_t end = ubrk_next(breaker->iterator); end != UBRK_DONE; start = end, end = ubrk_next(breaker->iterator)) {
    if (n == breaker->segmentCapacity) {
      size_t capacity = n * 2 + 64;
      cicu_segment *grown = realloc(breaker->segments, capacity * sizeof(cicu_segment));
      if (!grown) return -1;
      breaker->segments = grown;
      breaker->segmentCapacity = capacity;
    }
    breaker->segments[n].start = breaker->offsets[start];
    breaker->segments[n].end = breaker->offsets[end];
    breaker->segments[n].status = ubrk_getRuleStatus(breaker->iterator);
    n++;
  }
  *segments = breaker->segments;
  return (int64_t)n;
}

// MARK: normalization

static int64_t normalize(const UNormalizer2 *normalizer, const uint8_t *utf8, size_t count, uint8_t *out,
                         size_t capacity) {
  if (count > INT32_MAX / 4) return -1;
  UErrorCode status = U_ZERO_ERROR;
  UChar stackSource[256], stackTarget[512];
  UChar *source = stackSource, *target = stackTarget;
  int32_t targetCapacity = 512, sourceLength = 0, targetLength = 0, resultLength = 0;
  int64_t result = -1;
  if (count > 256) {
    source = malloc(count * sizeof(UChar));
    if (!source) return -1;
  }
  u_strFromUTF8WithSub(source, (int32_t)(count > 256 ? count : 256), &sourceLength, (const char *)utf8, (int32_t)count,
                       0xFFFD, NULL, &status);
  if (U_FAILURE(status)) goto done;
  targetLength = unorm2_normalize(normalizer, source, sourceLength, target, targetCapacity, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    targetCapacity = targetLength;
    target = malloc((size_t)targetCapacity * sizeof(UChar));
    if (!target) goto done;
    targetLength = unorm2_normalize(normalizer, source, sourceLength, target, targetCapacity, &status);
  }
  if (U_FAILURE(status)) goto done;
  u_strToUTF8WithSub((char *)out, (int32_t)(capacity > INT32_MAX ? INT32_MAX : capacity), &resultLength, target,
                     targetLength, 0xFFFD, NULL, &status);
  if (U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR) result = resultLength;
done:
  if (source != stackSource) free(source);
  if (target != stackTarget) free(target);
  return result;
}

int64_t cicu_nfkc_casefold(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
  return U_FAILURE(status) ? -1 : normalize(normalizer, utf8, count, out, capacity);
}

int64_t cicu_nfc(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFCInstance(&status);
  return U_FAILURE(status) ? -1 : normalize(normalizer, utf8, count, out, capacity);
}

int64_t cicu_nfd(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFDInstance(&status);
  return U_FAILURE(status) ? -1 : normalize(normalizer, utf8, count, out, capacity);
}

// MARK: properties

int32_t cicu_script_of(uint32_t scalar) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript((UChar32)scalar, &status)) {
    case USCRIPT_LATIN: return CICU_SCRIPT_LATIN;
    case USCRIPT_GREEK: return CICU_SCRIPT_GREEK;
    case USCRIPT_CYRILLIC: return CICU_SCRIPT_CYRILLIC;
    case USCRIPT_HAN: return CICU_SCRIPT_HAN;
    case USCRIPT_HIRAGANA: return CICU_SCRIPT_HIRAGANA;
    case USCRIPT_KATAKANA: return CICU_SCRIPT_KATAKANA;
    case USCRIPT_HANGUL: return CICU_SCRIPT_HANGUL;
    case USCRIPT_COMMON: return CICU_SCRIPT_COMMON;
    case USCRIPT_INHERITED: return CICU_SCRIPT_INHERITED;
    default: return cicu_is_complex_context(scalar) ? CICU_SCRIPT_COMPLEX : CICU_SCRIPT_OTHER;
  }
}

int32_t cicu_word_break(uint32_t scalar) {
  switch (u_getIntPropertyValue((UChar32)scalar, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER: return CICU_WB_ALETTER;
    case U_WB_NUMERIC: return CICU_WB_NUMERIC;
    case U_WB_MIDLETTER: return CICU_WB_MIDLETTER;
    case U_WB_MIDNUM: return CICU_WB_MIDNUM;
    case U_WB_MIDNUMLET: return CICU_WB_MIDNUMLET;
    case U_WB_EXTENDNUMLET: return CICU_WB_EXTENDNUMLET;
    case U_WB_EXTEND: return CICU_WB_EXTEND;
    case U_WB_FORMAT: return CICU_WB_FORMAT;
    case U_WB_ZWJ: return CICU_WB_ZWJ;
    case U_WB_KATAKANA: return CICU_WB_KATAKANA;
    case U_WB_HEBREW_LETTER: return CICU_WB_HEBREW;
    case U_WB_REGIONAL_INDICATOR: return CICU_WB_REGIONAL;
    case U_WB_WSEGSPACE: return CICU_WB_WSEGSPACE;
    case U_WB_NEWLINE: return CICU_WB_NEWLINE;
    case U_WB_CR: return CICU_WB_CR;
    case U_WB_LF: return CICU_WB_LF;
    case U_WB_SINGLE_QUOTE: return CICU_WB_SINGLE_QUOTE;
    case U_WB_DOUBLE_QUOTE: return CICU_WB_DOUBLE_QUOTE;
    default: return CICU_WB_OTHER;
  }
}

int32_t cicu_is_pictographic(uint32_t scalar) {
  return u_hasBinaryProperty((UChar32)scalar, UCHAR_EXTENDED_PICTOGRAPHIC);
}

int32_t cicu_emoji_level(uint32_t scalar) {
  if (u_hasBinaryProperty((UChar32)scalar, UCHAR_EMOJI_PRESENTATION)) return 2;
  return u_hasBinaryProperty((UChar32)scalar, UCHAR_EMOJI) ? 1 : 0;
}

int32_t cicu_is_complex_context(uint32_t scalar) {
  return u_getIntPropertyValue((UChar32)scalar, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

int32_t cicu_is_ideographic(uint32_t scalar) { return u_hasBinaryProperty((UChar32)scalar, UCHAR_IDEOGRAPHIC); }

int32_t cicu_combining_class(uint32_t scalar) { return u_getCombiningClass((UChar32)scalar); }

int32_t cicu_may_combine_backwards(uint32_t scalar) {
  return u_getIntPropertyValue((UChar32)scalar, UCHAR_NFC_QUICK_CHECK) != UNORM_YES;
}

const char *cicu_version(void) { return U_ICU_VERSION; }

const char *cicu_unicode_version(void) { return U_UNICODE_VERSION; }
