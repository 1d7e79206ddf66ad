#include "CUchardet.h"

#include <string.h>
#include <uchardet/uchardet.h>

int cuchardet_detect(const uint8_t *bytes, size_t count, char *name, size_t capacity) {
  uchardet_t detector = uchardet_new();
  if (detector == NULL) return 0;
  int found = 0;
  if (uchardet_handle_data(detector, (const char *)bytes, count) == 0) {
    uchardet_data_end(detector);
    const char *charset = uchardet_get_charset(detector);
    size_t length = charset == NULL ? 0 : strlen(charset);
    if (length > 0 && length < capacity) {
      memcpy(name, charset, length + 1);
      found = 1;
    }
  }
  uchardet_delete(detector);
  return found;
}
