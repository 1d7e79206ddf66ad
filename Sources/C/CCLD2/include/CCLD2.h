// The plain C face of CLD2, Chromium's compact language detector, which is C++ only.
#pragma once
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/// The language that most of `length` bytes of UTF-8 plain text are in.
///
/// Writes its code (ISO 639-1 where there is one, terminated, at most 15 characters; "un" for unknown), its share of
/// the text in percent, and the bytes of letters that were looked at. Returns 1 if the detector trusts itself.
int ccld2_detect(const char *utf8, int32_t length, char code[16], int32_t *percent, int32_t *text_bytes);

#ifdef __cplusplus
}
#endif
