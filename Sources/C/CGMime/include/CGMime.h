// GMime behind opaque calls: one message, parsed in place from memory, as a flat list of parts in document order.
//
// GMime finds the structure (headers, parts, parameters); texts are handed out as byte ranges of the input and are
// decoded on the other side, where charsets are known as the web means them. Nothing here copies a body.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct cgmime_message cgmime_message;

enum cgmime_kind { cgmime_leaf = 0, cgmime_multipart = 1, cgmime_embedded = 2 };
enum cgmime_encoding { cgmime_identity = 0, cgmime_base64 = 1, cgmime_quoted_printable = 2, cgmime_uuencode = 3 };

// A part. Strings belong to the message, are NUL-terminated, as written (not decoded), and may be NULL.
typedef struct {
  int32_t parent;     // index of the enclosing part, -1 for the root
  int32_t depth;      // 0 for the root
  uint8_t kind;       // enum cgmime_kind; an embedded message has its body as the next part
  uint8_t encoding;   // enum cgmime_encoding
  uint8_t attachment; // Content-Disposition: attachment
  size_t start, end;  // the undecoded body in the input (leaves only)
  const char *type, *subtype, *charset, *name, *format, *delsp;
} cgmime_part;

// Parses one RFC 5322 message; `bytes` must outlive the result. NULL if GMime can make nothing of it.
cgmime_message *cgmime_parse(const uint8_t *bytes, size_t count);
void cgmime_free(cgmime_message *message);

size_t cgmime_part_count(const cgmime_message *message);
// More parts, or deeper ones, than are looked at.
int cgmime_is_truncated(const cgmime_message *message);
const cgmime_part *cgmime_part_at(const cgmime_message *message, size_t part);

// Headers of a part; for the root and embedded messages those of the message. The value is raw: folded, undecoded.
size_t cgmime_header_count(const cgmime_message *message, size_t part);
void cgmime_header_at(
  const cgmime_message *message, size_t part, size_t header, const char **name, const char **value);

// Decodes a transfer encoding, tolerantly. `out` must hold count + 16 bytes. Returns the length.
size_t cgmime_decode(uint8_t encoding, const uint8_t *bytes, size_t count, uint8_t *out);

// First place of a byte string (memmem, which Swift's C library module does not show); NULL if there is none.
const uint8_t *cgmime_find(const uint8_t *bytes, size_t count, const uint8_t *pattern, size_t length);

#ifdef __cplusplus
}
#endif
