// Statistical charset detection (uchardet, Mozilla's detector) behind one call.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

// Writes the detected charset's name, NUL-terminated, into `name` (capacity >= 32). Returns 0 if the bytes look like
// no charset that the detector knows.
int cuchardet_detect(const uint8_t *bytes, size_t count, char *name, size_t capacity);

#ifdef __cplusplus
}
#endif
