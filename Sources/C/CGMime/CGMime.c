#define _GNU_SOURCE
#include "CGMime.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <string.h>

enum { maximumParts = 4096, maximumDepth = 64 };

typedef struct {
  cgmime_part part;
  GMimeHeaderList *headers;
} entry;

struct cgmime_message {
  GByteArray window;  // the input, not owned
  GMimeStream *stream;
  GMimeMessage *message;
  entry *parts;
  size_t count, capacity;
  int truncated;
};

static GMimeParserOptions *options;

static void initialize(void) {
  g_mime_init();
  options = g_mime_parser_options_new();
  g_mime_parser_options_set_address_compliance_mode(options, GMIME_RFC_COMPLIANCE_LOOSE);
  g_mime_parser_options_set_parameter_compliance_mode(options, GMIME_RFC_COMPLIANCE_LOOSE);
  g_mime_parser_options_set_rfc2047_compliance_mode(options, GMIME_RFC_COMPLIANCE_LOOSE);
}

static int32_t append(cgmime_message *m, int32_t parent, GMimeHeaderList *headers) {
  if (m->count == maximumParts) {
    m->truncated = 1;
    return -1;
  }
  if (m->count == m->capacity) {
    m->capacity = m->capacity == 0 ? 8 : m->capacity * 2;
    m->parts = g_realloc_n(m->parts, m->capacity, sizeof *m->parts);
  }
  entry *e = &m->parts[m->count];
  memset(e, 0, sizeof *e);
  e->headers = headers;
  e->part.parent = parent;
  e->part.depth = parent < 0 ? 0 : m->parts[parent].part.depth + 1;
  return (int32_t)m->count++;
}

static uint8_t encodingOf(GMimeContentEncoding encoding) {
  switch (encoding) {
  case GMIME_CONTENT_ENCODING_BASE64: return cgmime_base64;
  case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: return cgmime_quoted_printable;
  case GMIME_CONTENT_ENCODING_UUENCODE: return cgmime_uuencode;
  default: return cgmime_identity;
  }
}

static void describe(cgmime_part *part, GMimeObject *object) {
  GMimeContentType *type = g_mime_object_get_content_type(object);
  if (type != NULL) {
    part->type = g_mime_content_type_get_media_type(type);
    part->subtype = g_mime_content_type_get_media_subtype(type);
    part->charset = g_mime_content_type_get_parameter(type, "charset");
    part->format = g_mime_content_type_get_parameter(type, "format");
    part->delsp = g_mime_content_type_get_parameter(type, "delsp");
    part->name = g_mime_content_type_get_parameter(type, "name");
  }
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(object);
  if (disposition != NULL) {
    const char *kind = g_mime_content_disposition_get_disposition(disposition);
    part->attachment = kind != NULL && g_ascii_strcasecmp(kind, "attachment") == 0;
    const char *name = g_mime_content_disposition_get_parameter(disposition, "filename");
    if (name != NULL) part->name = name;
  }
}

static void describeLeaf(cgmime_message *m, cgmime_part *part, GMimePart *leaf) {
  part->encoding = encodingOf(g_mime_part_get_content_encoding(leaf));
  GMimeDataWrapper *content = g_mime_part_get_content(leaf);
  GMimeStream *stream = content == NULL ? NULL : g_mime_data_wrapper_get_stream(content);
  if (stream == NULL) return;
  gint64 start = stream->bound_start;
  gint64 end = stream->bound_end < 0 ? (gint64)m->window.len : stream->bound_end;
  if (start < 0 || start > end || end > (gint64)m->window.len) return;
  part->start = (size_t)start;
  part->end = (size_t)end;
}

typedef struct {
  GMimeObject *object;
  int32_t parent;
} pending;

static void flatten(cgmime_message *m) {
  GMimeObject *root = g_mime_message_get_mime_part(m->message);
  int32_t top = append(m, -1, g_mime_object_get_header_list((GMimeObject *)m->message));
  m->parts[top].part.kind = cgmime_embedded;
  m->parts[top].part.type = "message";
  m->parts[top].part.subtype = "rfc822";
  if (root == NULL) return;
  // An explicit stack: the nesting is the sender's choice.
  GArray *stack = g_array_new(FALSE, FALSE, sizeof(pending));
  pending first = {root, top};
  g_array_append_val(stack, first);
  while (stack->len > 0) {
    pending next = g_array_index(stack, pending, stack->len - 1);
    g_array_set_size(stack, stack->len - 1);
    if (m->parts[next.parent].part.depth >= maximumDepth) {
      m->truncated = 1;
      continue;
    }
    int32_t index = append(m, next.parent, g_mime_object_get_header_list(next.object));
    if (index < 0) break;
    cgmime_part *part = &m->parts[index].part;
    describe(part, next.object);
    if (GMIME_IS_MULTIPART(next.object)) {
      part->kind = cgmime_multipart;
      GMimeMultipart *multipart = (GMimeMultipart *)next.object;
      for (int i = g_mime_multipart_get_count(multipart) - 1; i >= 0; i--) {
        pending child = {g_mime_multipart_get_part(multipart, i), index};
        g_array_append_val(stack, child);
      }
    } else if (GMIME_IS_MESSAGE_PART(next.object)) {
      part->kind = cgmime_embedded;
      GMimeMessage *message = g_mime_message_part_get_message((GMimeMessagePart *)next.object);
      if (message == NULL) continue;
      m->parts[index].headers = g_mime_object_get_header_list((GMimeObject *)message);
      GMimeObject *body = g_mime_message_get_mime_part(message);
      if (body == NULL) continue;
      pending child = {body, index};
      g_array_append_val(stack, child);
    } else if (GMIME_IS_PART(next.object)) {
      describeLeaf(m, part, (GMimePart *)next.object);
    }
  }
  g_array_free(stack, TRUE);
}

cgmime_message *cgmime_parse(const uint8_t *bytes, size_t count) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, initialize);
  if (count > G_MAXINT32) return NULL;
  cgmime_message *m = g_new0(cgmime_message, 1);
  m->window.data = (guint8 *)bytes;
  m->window.len = (guint)count;
  m->stream = g_mime_stream_mem_new();
  g_mime_stream_mem_set_owner((GMimeStreamMem *)m->stream, FALSE);
  g_mime_stream_mem_set_byte_array((GMimeStreamMem *)m->stream, &m->window);
  GMimeParser *parser = g_mime_parser_new_with_stream(m->stream);
  g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
  g_mime_parser_set_persist_stream(parser, TRUE);
  m->message = g_mime_parser_construct_message(parser, options);
  g_object_unref(parser);
  if (m->message == NULL) {
    cgmime_free(m);
    return NULL;
  }
  flatten(m);
  return m;
}

void cgmime_free(cgmime_message *m) {
  if (m == NULL) return;
  if (m->message != NULL) g_object_unref(m->message);
  if (m->stream != NULL) g_object_unref(m->stream);
  g_free(m->parts);
  g_free(m);
}

size_t cgmime_part_count(const cgmime_message *m) { return m->count; }
int cgmime_is_truncated(const cgmime_message *m) { return m->truncated; }
const cgmime_part *cgmime_part_at(const cgmime_message *m, size_t part) { return &m->parts[part].part; }

size_t cgmime_header_count(const cgmime_message *m, size_t part) {
  GMimeHeaderList *headers = m->parts[part].headers;
  return headers == NULL ? 0 : (size_t)g_mime_header_list_get_count(headers);
}

void cgmime_header_at(
  const cgmime_message *m, size_t part, size_t header, const char **name, const char **value
) {
  GMimeHeader *h = g_mime_header_list_get_header_at(m->parts[part].headers, (int)header);
  *name = g_mime_header_get_raw_name(h);
  *value = g_mime_header_get_raw_value(h);
}

size_t cgmime_decode(uint8_t encoding, const uint8_t *bytes, size_t count, uint8_t *out) {
  GMimeEncoding state;
  GMimeContentEncoding kind = encoding == cgmime_base64 ? GMIME_CONTENT_ENCODING_BASE64
    : encoding == cgmime_quoted_printable             ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
    : encoding == cgmime_uuencode                     ? GMIME_CONTENT_ENCODING_UUENCODE
                                                      : GMIME_CONTENT_ENCODING_DEFAULT;
  g_mime_encoding_init_decode(&state, kind);
  return g_mime_encoding_flush(&state, (const char *)bytes, count, (char *)out);
}

const uint8_t *cgmime_find(const uint8_t *bytes, size_t count, const uint8_t *pattern, size_t length) {
  return memmem(bytes, count, pattern, length);
}
