// Poppler behind a handful of calls: a PDF in memory as pages of lines, each with its place and the size of its type.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint32_t offset; // in the page's text
  uint32_t length; // bytes, without the line feed
  float left, top, right, bottom; // points from the upper left corner; all 0 if unknown
  float size;                     // of the type that most of the line is set in; 0 if unknown
} cpoppler_line;

typedef struct cpoppler_file cpoppler_file;

enum cpoppler_fact { cpoppler_title, cpoppler_author, cpoppler_subject, cpoppler_keywords };

// `bytes` must outlive the file. NULL: `reason` says why (a static or thread-local text).
cpoppler_file *cpoppler_open(const uint8_t *bytes, size_t count, const char **reason);
void cpoppler_close(cpoppler_file *file);

int cpoppler_page_count(const cpoppler_file *file);
// Reads a page (from 0 on): UTF-8 in reading order, and its lines. Both are valid until the next page. 0: no such page,
// or nothing to be had of it.
int cpoppler_read_page(
  cpoppler_file *file, int number, const uint8_t **text, size_t *textCount, const cpoppler_line **lines,
  size_t *lineCount, float *height);

// A fact of the document information, NULL if it is not there; valid until the next fact.
const char *cpoppler_read_fact(cpoppler_file *file, enum cpoppler_fact fact);
// Seconds since 1970, the later of creation and change; 0 if neither is known.
int64_t cpoppler_date(const cpoppler_file *file);

#ifdef __cplusplus
}
#endif
