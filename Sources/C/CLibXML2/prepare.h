// Makes a page fit for libxml2: control characters become spaces, references that only HTML5 knows become text.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Returns `utf8` itself if there is nothing to do, else a malloc'ed copy; NULL if memory is short.
const uint8_t *cxml_prepare(const uint8_t *utf8, size_t count, size_t *prepared);
void cxml_prepare_tables(void);

// The text of an HTML entity, its name with the semicolon; NULL if there is none of this name.
const char *cxml_entity(const uint8_t *name, size_t length);
