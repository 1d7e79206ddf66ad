// Byte-class kernels of the text analysis: words of UAX #29 at memory speed, lower case.
// The same answers on every machine: SSE2 is the base, AVX2 is taken where the processor has it.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/// How the word kernel sees a character of the Basic Multilingual Plane. `ctext_words` reads a table of 65,536 of these
/// that its caller fills (from ICU) page by page, when the kernel meets a character whose entry is still 0.
enum {
  CTEXT_UNBUILT = 0,
  CTEXT_OTHER = 1,             // stands in no word
  CTEXT_LETTER = 2,            // ALetter
  CTEXT_NUMERIC = 3,           // Numeric
  CTEXT_EXTEND = 4,            // Extend and Format: belongs to the character before it (WB4)
  CTEXT_MIDLETTER = 5,         // joins letters (WB6, WB7)
  CTEXT_MIDNUM = 6,            // joins digits (WB11, WB12)
  CTEXT_MIDNUMLET = 7,         // joins either
  CTEXT_LETTER_APOSTROPHE = 8, // U+02BC: an ALetter that people write as an apostrophe
  CTEXT_HANGUL = 9,            // a Hangul syllable: ICU leaves a run of nothing else in one piece
  CTEXT_HARD = 10,             // needs ICU: dictionary scripts, Hebrew, emoji, joiners, flags
  CTEXT_HARD_CJK = 11,         // likewise; a character of Han, Kana or Hangul
  CTEXT_HARD_MARK = 12         // likewise; a mark or joiner, which belongs to the character before it
};

/// What stands in a segment; 0 is a plain word of ASCII letters or a plain number.
enum {
  CTEXT_HAS_PUNCTUATION = 1,  // `_`, `@`, or a character that joins letters or digits
  CTEXT_HAS_CASE_CHANGE = 2,  // `aB` or `ABc`
  CTEXT_HAS_MIXED_DIGITS = 4, // ASCII digits beside ASCII letters
  CTEXT_HAS_NON_ASCII = 8,
  CTEXT_HAS_CJK = 16,         // Han, Kana, Hangul inside
  CTEXT_IS_EMOJI = 32         // set by the caller likewise
};

/// A word of the text in bytes.
typedef struct {
  uint32_t start;
  uint32_t end;
  uint32_t flags;
} ctext_segment;

enum { CTEXT_DONE = 0, CTEXT_STOP_HARD = 1, CTEXT_STOP_UNBUILT = 2 };

/// Finds the words of `text[from..<count]`; `from` is 0 or stands behind white space.
///
/// Appends to `segments` from `*segmentCount` on; the caller leaves room for (count - from) / 2 + 1 more. Stops at a
/// character that is hard or whose class is unbuilt: then `*stop` is the start of the white-space-free run that holds
/// it, no segment reaches into that run, and `*at` is the character's offset. Otherwise both are `count`.
int32_t ctext_words(const uint8_t *text, size_t from, size_t count, const uint8_t *classes, ctext_segment *segments,
                    size_t *segmentCount, size_t *stop, size_t *at);

/// The same without run-time dispatch, for the tests.
int32_t ctext_words_portable(const uint8_t *text, size_t from, size_t count, const uint8_t *classes,
                             ctext_segment *segments, size_t *segmentCount, size_t *stop, size_t *at);

/// A table in which every class is unbuilt.
const uint8_t *ctext_no_classes(void);

/// The end of the window for ICU around the hard character at `at`: the end of its white-space-free run, and of the
/// following runs as long as they hold hard characters too (one call of ICU is dear, a longer one is not).
size_t ctext_hard_window_end(const uint8_t *text, size_t at, size_t count, const uint8_t *classes);

/// The first character of `text[from..<to]` whose class is unbuilt, its scalar in `*scalar`; `to` when there is none.
size_t ctext_first_unbuilt(const uint8_t *text, size_t from, size_t to, const uint8_t *classes, int32_t *scalar);

/// The end of the unit at `text[at]` in a segment of Han, Kana or Hangul: one such character with its marks
/// (`*isCharacter` 1), or a run of anything else (0).
size_t ctext_cjk_unit(const uint8_t *text, size_t at, size_t end, const uint8_t *classes, int32_t *isCharacter);

/// The flags of a segment that ICU has cut, by the same definition as `ctext_words`, emoji excepted.
uint32_t ctext_segment_flags(const uint8_t *text, size_t start, size_t end, const uint8_t *classes);

/// Copies with A-Z in lower case; every other byte stays.
void ctext_lowercase(const uint8_t *text, size_t count, uint8_t *out);

/// 1 when no byte is above 0x7F.
int32_t ctext_is_ascii(const uint8_t *text, size_t count);

/// Decodes the character at `at` (strictly: no overlong forms, no surrogates). Returns its length in bytes, and -1 in
/// `*scalar` with length 1 for an ill-formed byte.
size_t ctext_decode(const uint8_t *text, size_t at, size_t count, int32_t *scalar);

#ifdef __cplusplus
}
#endif
