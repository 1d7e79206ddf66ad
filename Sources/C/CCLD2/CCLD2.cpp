#include "CCLD2.h"

#include <cstdio>  // CLD2 uses FILE without including it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <cstring>

extern "C" int ccld2_detect(
    const char *utf8, int32_t length, char code[16], int32_t *percent, int32_t *text_bytes) {
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language language[3];
  int percents[3];
  double scores[3];
  int bytes = 0;
  bool reliable = false;
  // is_plain_text: markup was removed long before, and a "<" in a text is just that.
  CLD2::ExtDetectLanguageSummary(
      utf8, length, true, &hints, 0, language, percents, scores, nullptr, &bytes, &reliable);
  std::strncpy(code, CLD2::LanguageCode(language[0]), 15);
  code[15] = 0;
  *percent = percents[0];
  *text_bytes = bytes;
  return reliable ? 1 : 0;
}
