#include "CPoppler.h"

#include <dlfcn.h>
#include <poppler/glib/poppler.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Poppler comes with some forty libraries, which take three quarters of what a reader needs to start: they are loaded
// with the first PDF.
#define FUNCTIONS(F) \
  F(document_get_author) F(document_get_creation_date) F(document_get_keywords) F(document_get_modification_date) \
  F(document_get_n_pages) F(document_get_page) F(document_get_subject) F(document_get_title) \
  F(document_new_from_bytes) F(error_quark) F(page_free_text_attributes) F(page_get_size) F(page_get_text) \
  F(page_get_text_attributes) F(page_get_text_layout)

#define MEMBER(name) __typeof__(poppler_##name) *name;
static struct { FUNCTIONS(MEMBER) } poppler;
static int isLoaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // The version of the interface; distributions that have another one at least have the link of the headers.
  void *library = dlopen("libpoppler-glib.so.8", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) library = dlopen("libpoppler-glib.so", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  int found = 1;
#define FIND(name) found &= (poppler.name = (__typeof__(poppler.name))dlsym(library, "poppler_" #name)) != NULL;
  FUNCTIONS(FIND)
  isLoaded = found;
}

struct cpoppler_file {
  PopplerDocument *document;
  GBytes *bytes;
  char *text;
  char *fact;
  cpoppler_line *lines;
  size_t lineCapacity;
};

static _Thread_local char why[256];

cpoppler_file *cpoppler_open(const uint8_t *bytes, size_t count, const char **reason) {
  pthread_once(&once, load);
  if (!isLoaded) {
    *reason = "Poppler (libpoppler-glib) is missing here, or too old: install it to read PDF";
    return NULL;
  }
  *reason = "not enough memory";
  cpoppler_file *file = calloc(1, sizeof *file);
  if (file == NULL) return NULL;
  GError *error = NULL;
  file->bytes = g_bytes_new_static(bytes, count);
  file->document = poppler.document_new_from_bytes(file->bytes, NULL, &error);
  if (file->document != NULL) return file;
  if (error != NULL) {
    int isLocked = error->domain == poppler.error_quark() && error->code == POPPLER_ERROR_ENCRYPTED;
    strncpy(why, isLocked ? "encrypted" : error->message, sizeof why - 1);
    *reason = why;
    g_error_free(error);
  }
  cpoppler_close(file);
  return NULL;
}

void cpoppler_close(cpoppler_file *file) {
  if (file == NULL) return;
  if (file->document != NULL) g_object_unref(file->document);
  if (file->bytes != NULL) g_bytes_unref(file->bytes);
  g_free(file->text);
  g_free(file->fact);
  free(file->lines);
  free(file);
}

int cpoppler_page_count(const cpoppler_file *file) { return poppler.document_get_n_pages(file->document); }

static float sizeAt(GList **attributes, guint start, guint end) {
  // Attributes are stretches of characters in order: the longest within the line tells.
  while (*attributes != NULL && (guint)((PopplerTextAttributes *)(*attributes)->data)->end_index < start) {
    *attributes = (*attributes)->next;
  }
  float size = 0;
  guint longest = 0;
  for (GList *item = *attributes; item != NULL; item = item->next) {
    PopplerTextAttributes *one = item->data;
    if ((guint)one->start_index >= end) break;
    guint from = (guint)one->start_index > start ? (guint)one->start_index : start;
    guint to = (guint)one->end_index + 1 < end ? (guint)one->end_index + 1 : end;
    if (to > from && to - from > longest) {
      longest = to - from;
      size = (float)one->font_size;
    }
  }
  return size;
}

int cpoppler_read_page(
  cpoppler_file *file, int number, const uint8_t **text, size_t *textCount, const cpoppler_line **lines,
  size_t *lineCount, float *height) {
  PopplerPage *page = poppler.document_get_page(file->document, number);
  if (page == NULL) return 0;
  double width = 0, tall = 0;
  poppler.page_get_size(page, &width, &tall);
  *height = (float)tall;
  g_free(file->text);
  file->text = poppler.page_get_text(page);
  PopplerRectangle *places = NULL;
  guint placeCount = 0;
  GList *attributes = NULL;
  size_t count = 0;
  int answer = 0;
  if (file->text != NULL && g_utf8_validate(file->text, -1, NULL)) {
    size_t length = strlen(file->text);
    poppler.page_get_text_layout(page, &places, &placeCount);
    attributes = poppler.page_get_text_attributes(page);
    GList *current = attributes;
    guint characters = (guint)g_utf8_strlen(file->text, -1);
    int isPlaced = places != NULL && placeCount >= characters;
    answer = 1;
    guint character = 0;
    for (size_t start = 0; start <= length && length > 0;) {
      const char *feed = memchr(file->text + start, '\n', length - start);
      size_t end = feed == NULL ? length : (size_t)(feed - file->text);
      guint n = (guint)g_utf8_strlen(file->text + start, (gssize)(end - start));
      if (count == file->lineCapacity) {
        size_t wanted = file->lineCapacity == 0 ? 256 : file->lineCapacity * 2;
        cpoppler_line *grown = realloc(file->lines, wanted * sizeof *grown);
        if (grown == NULL) {
          answer = 0;
          break;
        }
        file->lines = grown;
        file->lineCapacity = wanted;
      }
      cpoppler_line line = {(uint32_t)start, (uint32_t)(end - start), 0, 0, 0, 0, 0};
      if (isPlaced && n > 0) {
        line.left = (float)places[character].x1;
        line.top = (float)places[character].y1;
        line.right = (float)places[character].x2;
        line.bottom = (float)places[character].y2;
        for (guint i = character + 1; i < character + n; i++) {
          if (places[i].x2 > line.right) line.right = (float)places[i].x2;
          if (places[i].y1 < line.top) line.top = (float)places[i].y1;
          if (places[i].y2 > line.bottom) line.bottom = (float)places[i].y2;
        }
        line.size = sizeAt(&current, character, character + n);
      }
      file->lines[count++] = line;
      character += n + 1;
      if (feed == NULL) break;
      start = end + 1;
    }
    *text = (const uint8_t *)file->text;
    *textCount = length;
  }
  *lines = file->lines;
  *lineCount = count;
  if (attributes != NULL) poppler.page_free_text_attributes(attributes);
  g_free(places);
  g_object_unref(page);
  return answer;
}

const char *cpoppler_read_fact(cpoppler_file *file, enum cpoppler_fact fact) {
  g_free(file->fact);
  switch (fact) {
    case cpoppler_title: file->fact = poppler.document_get_title(file->document); break;
    case cpoppler_author: file->fact = poppler.document_get_author(file->document); break;
    case cpoppler_subject: file->fact = poppler.document_get_subject(file->document); break;
    default: file->fact = poppler.document_get_keywords(file->document); break;
  }
  if (file->fact != NULL && !g_utf8_validate(file->fact, -1, NULL)) {
    g_free(file->fact);
    file->fact = NULL;
  }
  return file->fact;
}

int64_t cpoppler_date(const cpoppler_file *file) {
  time_t created = poppler.document_get_creation_date(file->document);
  time_t changed = poppler.document_get_modification_date(file->document);
  time_t date = changed > created ? changed : created;
  return date > 0 ? (int64_t)date : 0;
}
