// ICU behind integers, pointers and opaque types, so that its headers never meet Foundation's own copy of ICU and no
// version-suffixed symbol (`ubrk_open_72`) shows in Swift. Every call works on a whole text: the boundary costs little.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CICUCharset.h"
#ifdef __cplusplus
extern "C" {
#endif

/// A segment of a text between two ICU boundaries, in bytes of the UTF-8 input.
typedef struct {
  uint32_t start;
  uint32_t end;
  /// The rule status: >= 100 for words. (Not a token type: `x86_64` is 100 and `1a` is 200.)
  int32_t status;
} cicu_segment;

/// One break iterator (words or sentences, root locale) and its scratch memory. Belongs to one thread.
typedef struct cicu_breaker cicu_breaker;

/// Opens nothing yet: ICU's data is touched at the first call that needs it. NULL only when memory is out.
cicu_breaker *cicu_words_open(void);
cicu_breaker *cicu_sentences_open(void);
void cicu_breaker_close(cicu_breaker *breaker);

/// All segments of `utf8`, in order, without gaps. `*segments` belongs to the breaker and is valid until its next call.
/// An ill-formed sequence counts as U+FFFD. Returns the number of segments, or -1 when ICU refuses (out of memory).
int64_t cicu_segments(cicu_breaker *breaker, const uint8_t *utf8, size_t count, const cicu_segment **segments);

/// NFKC_Casefold of `utf8` into `out`. Returns the length needed (which may exceed `capacity`: call again), -1 on failure.
/// Ill-formed sequences become U+FFFD.
int64_t cicu_nfkc_casefold(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity);

/// NFC and NFD of the same shape.
int64_t cicu_nfc(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity);
int64_t cicu_nfd(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity);

/// Character properties; they live in static tables of the library and open no data.
typedef enum {
  CICU_SCRIPT_OTHER = 0, CICU_SCRIPT_LATIN, CICU_SCRIPT_GREEK, CICU_SCRIPT_CYRILLIC, CICU_SCRIPT_HAN,
  CICU_SCRIPT_HIRAGANA, CICU_SCRIPT_KATAKANA, CICU_SCRIPT_HANGUL, CICU_SCRIPT_COMPLEX, CICU_SCRIPT_COMMON,
  CICU_SCRIPT_INHERITED
} cicu_script;
int32_t cicu_script_of(uint32_t scalar);
/// The Word_Break property as UAX #29 names it, by our own numbers (see CICU_WB_*).
int32_t cicu_word_break(uint32_t scalar);
enum {
  CICU_WB_OTHER = 0, CICU_WB_ALETTER, CICU_WB_NUMERIC, CICU_WB_MIDLETTER, CICU_WB_MIDNUM, CICU_WB_MIDNUMLET,
  CICU_WB_EXTENDNUMLET, CICU_WB_EXTEND, CICU_WB_FORMAT, CICU_WB_ZWJ, CICU_WB_KATAKANA, CICU_WB_HEBREW,
  CICU_WB_REGIONAL, CICU_WB_WSEGSPACE, CICU_WB_NEWLINE, CICU_WB_CR, CICU_WB_LF, CICU_WB_SINGLE_QUOTE,
  CICU_WB_DOUBLE_QUOTE
};
/// 1 for Extended_Pictographic.
int32_t cicu_is_pictographic(uint32_t scalar);
/// 2 for characters shown as emoji by default, 1 for those that are emoji only when asked for (`©`, `☎`, digits), else 0.
int32_t cicu_emoji_level(uint32_t scalar);
/// 1 for LineBreak=Complex_Context (Thai, Lao, Khmer, Burmese…): ICU splits these by dictionary.
int32_t cicu_is_complex_context(uint32_t scalar);
/// 1 for Ideographic.
int32_t cicu_is_ideographic(uint32_t scalar);
/// The canonical combining class, and whether the character can combine with what stands before it under NFC.
int32_t cicu_combining_class(uint32_t scalar);
int32_t cicu_may_combine_backwards(uint32_t scalar);

/// "72.1" and "15.0" style versions of the library that is linked.
const char *cicu_version(void);
const char *cicu_unicode_version(void);

#ifdef __cplusplus
}
#endif
