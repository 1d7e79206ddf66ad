#include "CXMLStream.h"

#include <libxml/xmlversion.h>
// Debian builds libxml2 with ICU; its encoding.h would bring ICU's headers in.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>

#include "prepare.h"

enum { nameSlots = 4096, mostNames = 2048, deepest = 512, longestReference = 40 };

struct cxml_stream {
  xmlParserCtxtPtr parser;
  cxml_item *items;
  size_t itemCount, itemCapacity;
  cxml_pair *pairs;
  size_t pairCount, pairCapacity;
  uint8_t *arena;
  size_t arenaCount, arenaCapacity;
  uint8_t *prepared; // what is given to the parser
  size_t preparedCapacity;
  uint8_t held[longestReference]; // an ampersand at the end of a piece waits for the next one
  size_t heldCount;
  const xmlChar *names[mostNames];
  size_t nameCount;
  struct { const xmlChar *name; uint32_t number; } slots[nameSlots];
  char complaint[200];
  int depth, failed;
};

static int grow(void **array, size_t *capacity, size_t needed, size_t size) {
  if (needed <= *capacity) return 1;
  size_t wanted = *capacity * 2 > needed ? *capacity * 2 : needed;
  if (wanted < 256) wanted = 256;
  void *grown = realloc(*array, wanted * size);
  if (grown == NULL) return 0;
  *array = grown;
  *capacity = wanted;
  return 1;
}

static uint32_t hash(const xmlChar *name) {
  uint32_t h = 2166136261u;
  for (; *name != 0; name++) h = (h ^ *name) * 16777619u;
  return (h ^ h >> 13) % nameSlots;
}

// Names past the limit share the number of the last: no format has so many.
static uint32_t number(cxml_stream *self, const xmlChar *name) {
  uint32_t slot = hash(name);
  for (; self->slots[slot].name != NULL; slot = (slot + 1) % nameSlots) {
    if (strcmp((const char *)self->slots[slot].name, (const char *)name) == 0) return self->slots[slot].number;
  }
  if (self->nameCount == mostNames) return mostNames - 1;
  xmlChar *copy = xmlStrdup(name);
  if (copy == NULL) {
    self->failed = 1;
    return 0;
  }
  self->names[self->nameCount] = copy;
  self->slots[slot].name = copy;
  self->slots[slot].number = (uint32_t)self->nameCount;
  return (uint32_t)self->nameCount++;
}

static int store(cxml_stream *self, const uint8_t *bytes, size_t count, uint32_t *offset) {
  if (self->arenaCount + count > 0x7FFFFFFF ||
      !grow((void **)&self->arena, &self->arenaCapacity, self->arenaCount + count, 1)) {
    self->failed = 1;
    return 0;
  }
  *offset = (uint32_t)self->arenaCount;
  memcpy(self->arena + self->arenaCount, bytes, count);
  self->arenaCount += count;
  return 1;
}

static cxml_item *newItem(cxml_stream *self) {
  if (!grow((void **)&self->items, &self->itemCapacity, self->itemCount + 1, sizeof *self->items)) {
    self->failed = 1;
    return NULL;
  }
  cxml_item *item = &self->items[self->itemCount++];
  memset(item, 0, sizeof *item);
  return item;
}

static void startElement(void *context, const xmlChar *name, const xmlChar **values) {
  cxml_stream *self = context;
  // Deeper elements are folded into their ancestor: their text stays.
  if (++self->depth > deepest) return;
  uint32_t first = (uint32_t)self->pairCount;
  uint16_t count = 0;
  for (; values != NULL && values[0] != NULL && count < UINT16_MAX; values += 2) {
    const char *value = values[1] == NULL ? "" : (const char *)values[1];
    size_t length = strlen(value);
    uint32_t offset;
    if (!grow((void **)&self->pairs, &self->pairCapacity, self->pairCount + 1, sizeof *self->pairs)) {
      self->failed = 1;
      return;
    }
    if (!store(self, (const uint8_t *)value, length, &offset)) return;
    self->pairs[self->pairCount++] = (cxml_pair){number(self, values[0]), offset, (uint32_t)length};
    count++;
  }
  uint32_t id = number(self, name);
  cxml_item *item = newItem(self);
  if (item != NULL) *item = (cxml_item){cxml_item_start, count, id, first, 0};
}

static void endElement(void *context, const xmlChar *name) {
  cxml_stream *self = context;
  if (self->depth-- > deepest) return;
  uint32_t id = number(self, name);
  cxml_item *item = newItem(self);
  if (item != NULL) *item = (cxml_item){cxml_item_end, 0, id, 0, 0};
}

static void characters(void *context, const xmlChar *text, int length) {
  cxml_stream *self = context;
  uint32_t offset;
  if (length <= 0 || !store(self, text, (size_t)length, &offset)) return;
  // Text arrives in pieces (entities, chunk ends): they are one.
  cxml_item *last = self->itemCount == 0 ? NULL : &self->items[self->itemCount - 1];
  if (last != NULL && last->kind == cxml_item_text && last->offset + last->length == offset) {
    last->length += (uint32_t)length;
    return;
  }
  cxml_item *item = newItem(self);
  if (item != NULL) *item = (cxml_item){cxml_item_text, 0, 0, offset, (uint32_t)length};
}

static void ignoreStructured(void *context, xmlErrorPtr error) {
  (void)context;
  (void)error;
}

static void ignoreError(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

cxml_stream *cxml_stream_open(void) {
  cxml_prepare_tables();
  cxml_stream *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  xmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.startElement = startElement;
  sax.endElement = endElement;
  sax.characters = characters;
  sax.ignorableWhitespace = characters;
  sax.cdataBlock = characters;
  sax.error = ignoreError;
  sax.warning = ignoreError;
  sax.fatalError = ignoreError;
  sax.serror = ignoreStructured;
  self->parser = xmlCreatePushParserCtxt(&sax, self, NULL, 0, NULL);
  if (self->parser == NULL) {
    free(self);
    return NULL;
  }
  // No declaration of an entity is ever taken, so what is "replaced" is what XML itself names.
  xmlCtxtUseOptions(
    self->parser, XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
                    XML_PARSE_SAX1 | XML_PARSE_HUGE | XML_PARSE_NOENT);
  xmlSwitchEncoding(self->parser, XML_CHAR_ENCODING_UTF8);
  return self;
}

void cxml_stream_close(cxml_stream *self) {
  if (self == NULL) return;
  if (self->parser != NULL) xmlFreeParserCtxt(self->parser);
  for (size_t i = 0; i < self->nameCount; i++) xmlFree((void *)self->names[i]);
  free(self->items);
  free(self->pairs);
  free(self->arena);
  free(self->prepared);
  free(self);
}

static int isNameByte(uint8_t c) { return (c | 32) - 'a' < 26u || c - '0' < 10u || c == '#'; }

// Writes the text of an entity of HTML, at most 16 bytes; 0 if there is none of this name. `n` counts the semicolon.
size_t cxml_entity_text(const uint8_t *name, size_t n, uint8_t *out) {
  cxml_prepare_tables();
  if (n < 2) return 0;
  const char *text = cxml_entity(name, n);
  if (text != NULL) {
    size_t length = strlen(text);
    if (length > 16 || text[0] == '&' || text[0] == '<') return 0;
    memcpy(out, text, length);
    return length;
  }
  // Those of HTML 4 are libxml2's.
  char key[longestReference + 1];
  if (n > longestReference) return 0;
  memcpy(key, name, n - 1);
  key[n - 1] = 0;
  const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)key);
  if (known == NULL || known->value < 0xA0) return 0;
  uint32_t c = known->value;
  if (c < 0x800) {
    out[0] = (uint8_t)(0xC0 | c >> 6);
    out[1] = (uint8_t)(0x80 | (c & 0x3F));
    return 2;
  }
  out[0] = (uint8_t)(0xE0 | c >> 12);
  out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
  out[2] = (uint8_t)(0x80 | (c & 0x3F));
  return 3;
}

// XML knows five entities, people write all of HTML's, and ampersands alone: the parser sees only what it can take.
// Control bytes become spaces.
static size_t prepare(cxml_stream *self, const uint8_t *bytes, size_t count, int isLast) {
  size_t most = count * 5 + 8 * longestReference;
  if (most / 5 < count || !grow((void **)&self->prepared, &self->preparedCapacity, count + count / 2 + 512, 1)) {
    self->failed = 1;
    return 0;
  }
  size_t out = 0;
  for (size_t i = 0; i < count; i++) {
    if (out + 64 > self->preparedCapacity &&
        !grow((void **)&self->prepared, &self->preparedCapacity, out + (count - i) + 4096, 1)) {
      self->failed = 1;
      return 0;
    }
    uint8_t c = bytes[i];
    if (c != '&') {
      self->prepared[out++] = (c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 127 ? ' ' : c;
      continue;
    }
    size_t n = 1;
    while (i + n < count && n < longestReference - 1 && isNameByte(bytes[i + n])) n++;
    if (i + n == count && !isLast) {
      memcpy(self->held, bytes + i, n);
      self->heldCount = n;
      return out;
    }
    int isClosed = i + n < count && bytes[i + n] == ';' && n > 1;
    const uint8_t *name = bytes + i + 1;
    int isOwn = isClosed && (name[0] == '#' || (n == 3 && (memcmp(name, "lt", 2) == 0 || memcmp(name, "gt", 2) == 0)) ||
                             (n == 4 && memcmp(name, "amp", 3) == 0) ||
                             (n == 5 && (memcmp(name, "quot", 4) == 0 || memcmp(name, "apos", 4) == 0)));
    if (isOwn) {
      self->prepared[out++] = c;
      continue;
    }
    size_t length = isClosed ? cxml_entity_text(name, n, self->prepared + out) : 0;
    if (length > 0) {
      out += length;
      i += n;
    } else {
      memcpy(self->prepared + out, "&amp;", 5);
      out += 5;
    }
  }
  return out;
}

int cxml_stream_feed(cxml_stream *self, const uint8_t *utf8, size_t count, int isLast) {
  self->itemCount = self->pairCount = self->arenaCount = 0;
  uint8_t *joined = NULL;
  if (self->heldCount > 0) {
    joined = malloc(self->heldCount + count + 1);
    if (joined == NULL) return -1;
    memcpy(joined, self->held, self->heldCount);
    if (count > 0) memcpy(joined + self->heldCount, utf8, count);
    utf8 = joined;
    count += self->heldCount;
    self->heldCount = 0;
  }
  size_t prepared = count == 0 ? 0 : prepare(self, utf8, count, isLast);
  free(joined);
  if (self->failed) return -1;
  int result = 0;
  // Pieces of the parser's own liking.
  for (size_t at = 0; at < prepared && result == 0; at += 64 << 10) {
    size_t length = prepared - at < (64 << 10) ? prepared - at : 64 << 10;
    xmlParseChunk(self->parser, (const char *)self->prepared + at, (int)length, 0);
    if (self->failed) return -1;
    if (self->parser->instate == XML_PARSER_EOF) result = 1;
  }
  if (isLast && result == 0) {
    xmlParseChunk(self->parser, NULL, 0, 1);
    result = 1;
  }
  if (self->complaint[0] == 0 && self->parser->lastError.message != NULL && !self->parser->wellFormed) {
    strncpy(self->complaint, self->parser->lastError.message, sizeof self->complaint - 1);
    for (char *c = self->complaint; *c != 0; c++) if (*c == '\n') *c = ' ';
  }
  return self->failed ? -1 : result;
}

const cxml_item *cxml_stream_items(const cxml_stream *self, size_t *count) {
  *count = self->itemCount;
  return self->items;
}

const cxml_pair *cxml_stream_pairs(const cxml_stream *self, size_t *count) {
  *count = self->pairCount;
  return self->pairs;
}

const uint8_t *cxml_stream_arena(const cxml_stream *self, size_t *count) {
  *count = self->arenaCount;
  return self->arena;
}

const char *cxml_stream_name(const cxml_stream *self, uint32_t number) {
  return number < self->nameCount ? (const char *)self->names[number] : "";
}

const char *cxml_stream_complaint(const cxml_stream *self) { return self->complaint[0] == 0 ? NULL : self->complaint; }
