#include "CLibXML2.h"

#include <libxml/xmlversion.h>
// Debian builds libxml2 with ICU; its encoding.h would bring ICU's headers in.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "prepare.h"

// Chunks of 64 KiB parse fastest and keep the parser's own buffer small.
enum { chunkBytes = 64 << 10, nameSlots = 1024 };

typedef struct {
  const char *name;
  uint8_t id;
} nameSlot;

static nameSlot tags[nameSlots], attributes[nameSlots];

struct cxml_page {
  cxml_event *events;
  size_t eventCount, eventCapacity, eventLimit;
  cxml_attribute *attributes;
  size_t attributeCount, attributeCapacity;
  uint8_t *arena;
  size_t arenaCount, arenaCapacity;
  int isJSON;       // inside a script that holds JSON-LD
  uint8_t scriptTag;
  int truncated, failed;
};

static uint32_t hash(const char *name) {
  uint32_t h = 2166136261u;
  for (; *name != 0; name++) h = (h ^ (uint8_t)*name) * 16777619u;
  return (h ^ h >> 13) % nameSlots;
}

static void add(nameSlot *table, const char *name, uint8_t id) {
  uint32_t slot = hash(name);
  while (table[slot].name != NULL) slot = (slot + 1) % nameSlots;
  table[slot] = (nameSlot){strdup(name), id};
}

static uint8_t find(const nameSlot *table, const char *name) {
  for (uint32_t slot = hash(name); table[slot].name != NULL; slot = (slot + 1) % nameSlots) {
    if (strcmp(table[slot].name, name) == 0) return table[slot].id;
  }
  return 0;
}

static void ignoreError(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

static void ignoreStructured(void *context, xmlErrorPtr error) {
  (void)context;
  (void)error;
}

void cxml_vocabulary(
  const char *const *tagNames, size_t tagCount, const char *const *attributeNames, size_t attributeCount
) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static int done;
  pthread_mutex_lock(&lock);
  if (!done) {
    for (size_t i = 0; i < tagCount; i++) add(tags, tagNames[i], (uint8_t)(i + 1));
    for (size_t i = 0; i < attributeCount; i++) add(attributes, attributeNames[i], (uint8_t)(i + 1));
    cxml_prepare_tables();
    xmlInitParser();
    done = 1;
  }
  pthread_mutex_unlock(&lock);
}

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

static cxml_event *newEvent(cxml_page *page) {
  if (page->eventCount >= page->eventLimit) {
    page->truncated = 1;
    return NULL;
  }
  if (!grow((void **)&page->events, &page->eventCapacity, page->eventCount + 1, sizeof *page->events)) {
    page->failed = 1;
    return NULL;
  }
  cxml_event *event = &page->events[page->eventCount++];
  memset(event, 0, sizeof *event);
  return event;
}

static int store(cxml_page *page, const uint8_t *bytes, size_t count, uint32_t *offset) {
  if (page->arenaCount + count > 0x7FFFFFFF) {
    page->truncated = 1;
    return 0;
  }
  if (!grow((void **)&page->arena, &page->arenaCapacity, page->arenaCount + count, 1)) {
    page->failed = 1;
    return 0;
  }
  *offset = (uint32_t)page->arenaCount;
  memcpy(page->arena + page->arenaCount, bytes, count);
  page->arenaCount += count;
  return 1;
}

static void startElement(void *context, const xmlChar *name, const xmlChar **values) {
  cxml_page *page = context;
  cxml_event *event = newEvent(page);
  if (event == NULL) return;
  event->kind = cxml_start;
  event->tag = find(tags, (const char *)name);
  event->offset = (uint32_t)page->attributeCount;
  int isScript = event->tag == 0 ? 0 : strcmp((const char *)name, "script") == 0;
  page->isJSON = 0;
  if (values == NULL) return;
  for (; values[0] != NULL; values += 2) {
    uint8_t id = find(attributes, (const char *)values[0]);
    if (id == 0) continue;
    const char *value = values[1] == NULL ? "" : (const char *)values[1];
    size_t length = strlen(value);
    if (isScript && strcmp((const char *)values[0], "type") == 0) page->isJSON = strstr(value, "ld+json") != NULL;
    if (!grow((void **)&page->attributes, &page->attributeCapacity, page->attributeCount + 1, sizeof(cxml_attribute))) {
      page->failed = 1;
      return;
    }
    uint32_t offset;
    if (!store(page, (const uint8_t *)value, length, &offset)) return;
    page->attributes[page->attributeCount++] = (cxml_attribute){id, offset, (uint32_t)length};
    if (event->attributeCount < UINT16_MAX) event->attributeCount++;
  }
}

static void endElement(void *context, const xmlChar *name) {
  cxml_page *page = context;
  page->isJSON = 0;
  cxml_event *event = newEvent(page);
  if (event == NULL) return;
  event->kind = cxml_end;
  event->tag = find(tags, (const char *)name);
}

static void appendText(cxml_page *page, uint8_t kind, const xmlChar *text, int length) {
  if (length <= 0) return;
  uint32_t offset;
  // Text arrives in pieces (entities, chunk ends): they are one.
  cxml_event *last = page->eventCount == 0 ? NULL : &page->events[page->eventCount - 1];
  if (last != NULL && last->kind == kind && last->offset + last->length == page->arenaCount) {
    if (store(page, text, (size_t)length, &offset)) last->length += (uint32_t)length;
    return;
  }
  if (!store(page, text, (size_t)length, &offset)) return;
  cxml_event *event = newEvent(page);
  if (event == NULL) return;
  event->kind = kind;
  event->offset = offset;
  event->length = (uint32_t)length;
}

static void characters(void *context, const xmlChar *text, int length) {
  appendText(context, cxml_text, text, length);
}

static void cdataBlock(void *context, const xmlChar *text, int length) {
  cxml_page *page = context;
  if (page->isJSON) appendText(page, cxml_json, text, length);
}

cxml_page *cxml_parse(const uint8_t *utf8, size_t count, size_t limit) {
  size_t prepared = 0;
  const uint8_t *bytes = cxml_prepare(utf8, count, &prepared);
  cxml_page *page = calloc(1, sizeof *page);
  if (bytes == NULL || page == NULL) {
    if (bytes != utf8) free((void *)bytes);
    free(page);
    return NULL;
  }
  page->eventLimit = limit;
  htmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.startElement = startElement;
  sax.endElement = endElement;
  sax.characters = characters;
  sax.ignorableWhitespace = characters;
  sax.cdataBlock = cdataBlock;
  sax.error = ignoreError;
  sax.warning = ignoreError;
  sax.fatalError = ignoreError;
  sax.serror = ignoreStructured;
  htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&sax, page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (parser != NULL) {
    htmlCtxtUseOptions(
      parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    for (size_t at = 0; at < prepared && !page->failed && !page->truncated; at += chunkBytes) {
      size_t length = prepared - at < chunkBytes ? prepared - at : chunkBytes;
      htmlParseChunk(parser, (const char *)bytes + at, (int)length, 0);
    }
    htmlParseChunk(parser, NULL, 0, 1);
    htmlFreeParserCtxt(parser);
  }
  if (bytes != utf8) free((void *)bytes);
  if (page->failed || parser == NULL) {
    cxml_free(page);
    return NULL;
  }
  return page;
}

void cxml_free(cxml_page *page) {
  if (page == NULL) return;
  free(page->events);
  free(page->attributes);
  free(page->arena);
  free(page);
}

const cxml_event *cxml_events(const cxml_page *page, size_t *count) {
  *count = page->eventCount;
  return page->events;
}

const cxml_attribute *cxml_attributes(const cxml_page *page, size_t *count) {
  *count = page->attributeCount;
  return page->attributes;
}

const uint8_t *cxml_arena(const cxml_page *page, size_t *count) {
  *count = page->arenaCount;
  return page->arena;
}

int cxml_is_truncated(const cxml_page *page) { return page->truncated; }
