#include "prepare.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "entities.h"

enum { entityCount = sizeof html5Entities / sizeof html5Entities[0], slots = 8192, longestName = 33 };

static uint16_t table[slots];  // index + 1
static uint8_t isSpecial[256]; // ends a run that can be copied as it is

static uint32_t hash(const uint8_t *name, size_t length) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < length; i++) h = (h ^ name[i]) * 16777619u;
  return h ^ h >> 15;
}

static void makeTables(void) {
  for (size_t i = 0; i < entityCount; i++) {
    const char *name = html5Entities[i].name;
    uint32_t slot = hash((const uint8_t *)name, strlen(name)) % slots;
    while (table[slot] != 0) slot = (slot + 1) % slots;
    table[slot] = (uint16_t)(i + 1);
  }
  for (int c = 0; c < 32; c++) isSpecial[c] = c != '\t' && c != '\n' && c != '\r' && c != '\f';
  isSpecial[127] = 1;
  isSpecial['&'] = 1;
}

void cxml_prepare_tables(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, makeTables);
}

static const char *entity(const uint8_t *name, size_t length) {
  uint32_t slot = hash(name, length) % slots;
  for (; table[slot] != 0; slot = (slot + 1) % slots) {
    const char *candidate = html5Entities[table[slot] - 1].name;
    if (strlen(candidate) == length && memcmp(candidate, name, length) == 0) {
      return html5Entities[table[slot] - 1].utf8;
    }
  }
  return NULL;
}

const char *cxml_entity(const uint8_t *name, size_t length) { return entity(name, length); }

static int isAlphanumeric(uint8_t c) { return (c | 32) - 'a' < 26u || c - '0' < 10u; }

// The reference at `at` (behind the ampersand): its text and its length, or NULL.
static const char *reference(const uint8_t *at, const uint8_t *end, size_t *length) {
  size_t n = 0;
  while (at + n < end && n < longestName && isAlphanumeric(at[n])) n++;
  if (n == 0) return NULL;
  int closed = at + n < end && at[n] == ';';
  // Without a semicolon only old names count, and not in what may be the query of a URL.
  if (!closed && at + n < end && at[n] == '=') return NULL;
  *length = n + (size_t)closed;
  return entity(at, *length);
}

const uint8_t *cxml_prepare(const uint8_t *utf8, size_t count, size_t *prepared) {
  uint8_t *out = NULL;
  size_t written = 0;
  const uint8_t *end = utf8 + count;
  const uint8_t *run = utf8;
  for (const uint8_t *p = utf8; p < end; p++) {
    if (!isSpecial[*p]) continue;
    const char *text = " ";
    size_t length = 0;
    if (*p == '&') {
      text = reference(p + 1, end, &length);
      if (text == NULL) continue;
    }
    if (out == NULL) {
      // No text is over a third longer than its reference (`&lt` gives `&lt;`).
      out = malloc(count + count / 2 + 64);
      if (out == NULL) return NULL;
    }
    memcpy(out + written, run, (size_t)(p - run));
    written += (size_t)(p - run);
    size_t textLength = strlen(text);
    memcpy(out + written, text, textLength);
    written += textLength;
    p += length;
    run = p + 1;
  }
  if (out == NULL) {
    *prepared = count;
    return utf8;
  }
  if (run < end) {
    memcpy(out + written, run, (size_t)(end - run));
    written += (size_t)(end - run);
  }
  *prepared = written;
  return out;
}
