// libxml2's XML parser as a feed: bytes in, a short list of events out, again and again. Nothing of a document type
// definition is ever expanded: an entity that HTML does not name stays as it is written.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

enum cxml_item_kind { cxml_item_start = 1, cxml_item_end = 2, cxml_item_text = 3 };

typedef struct {
  uint8_t kind;            // enum cxml_item_kind
  uint16_t attributeCount; // start
  uint32_t name;           // start, end: number of the name as it is written, with its prefix
  uint32_t offset;         // start: index of the first attribute; text: offset in the arena
  uint32_t length;         // text: bytes
} cxml_item;

typedef struct {
  uint32_t name;
  uint32_t offset; // value in the arena
  uint32_t length;
} cxml_pair;

typedef struct cxml_stream cxml_stream;

// NULL if memory is short.
cxml_stream *cxml_stream_open(void);
void cxml_stream_close(cxml_stream *stream);
// Forgets the events so far and parses on. `utf8` must be valid UTF-8. Ill-formed markup is repaired as far as it goes.
// 0: went on; 1: parsing ended here, for good or bad; -1: memory is short.
int cxml_stream_feed(cxml_stream *stream, const uint8_t *utf8, size_t count, int isLast);

const cxml_item *cxml_stream_items(const cxml_stream *stream, size_t *count);
const cxml_pair *cxml_stream_pairs(const cxml_stream *stream, size_t *count);
const uint8_t *cxml_stream_arena(const cxml_stream *stream, size_t *count);
// The name of a number; names are few, and numbered from 0 on without gaps as they are met.
const char *cxml_stream_name(const cxml_stream *stream, uint32_t number);
// What was wrong first; NULL if nothing was.
const char *cxml_stream_complaint(const cxml_stream *stream);

// The text of an entity of HTML: `name` without ampersand, with its semicolon, `count` bytes. Writes at most 16 bytes
// and returns how many; 0 if there is none of this name, or it stands for `<`, `>`, `&`, `"`.
size_t cxml_entity_text(const uint8_t *name, size_t count, uint8_t *out);

#ifdef __cplusplus
}
#endif
