// libxml2's HTML parser behind one call: bytes in, a flat list of events out. libxml2's headers stay in the .c file,
// for Debian's include ICU's, which clash with Foundation's own in any module that sees both.
//
// The list holds only what text extraction asks about: elements and attributes of a vocabulary that the caller
// registers, text, and the JSON-LD of scripts. Scripts, styles and comments leave nothing.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CXMLStream.h"
#ifdef __cplusplus
extern "C" {
#endif

enum cxml_event_kind { cxml_start = 1, cxml_end = 2, cxml_text = 3, cxml_json = 4 };

typedef struct {
  uint8_t kind;            // enum cxml_event_kind
  uint8_t tag;             // index in the vocabulary + 1, 0 for an unknown element
  uint16_t attributeCount; // start: attributes that the vocabulary knows
  uint32_t offset;         // start: index of the first attribute; text: offset in the text arena
  uint32_t length;         // text: bytes
} cxml_event;

typedef struct {
  uint32_t name;   // index in the vocabulary + 1
  uint32_t offset; // value in the text arena
  uint32_t length;
} cxml_attribute;

typedef struct cxml_page cxml_page;

// Names the elements and attributes that count. Once per process, before the first page.
void cxml_vocabulary(
  const char *const *tags, size_t tagCount, const char *const *attributes, size_t attributeCount);

// Parses a page. `utf8` must be valid UTF-8 (libxml2 falls back to Latin-1 at the first invalid byte). What lies past
// `limit` events or 2 GiB of text is dropped and marked. NULL if memory is short.
cxml_page *cxml_parse(const uint8_t *utf8, size_t count, size_t limit);
void cxml_free(cxml_page *page);

const cxml_event *cxml_events(const cxml_page *page, size_t *count);
const cxml_attribute *cxml_attributes(const cxml_page *page, size_t *count);
const uint8_t *cxml_arena(const cxml_page *page, size_t *count);
int cxml_is_truncated(const cxml_page *page);

#ifdef __cplusplus
}
#endif
