// The plain C face of simdjson for Swift: one JSON value in, a flat list of its nodes out. The shim exists because
// simdjson is C++17 templates; it may go when Swift's C++ interoperability can carry its types.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct csimdjson_parser csimdjson_parser;

enum {
  CSIMDJSON_NULL = 0, CSIMDJSON_FALSE, CSIMDJSON_TRUE, CSIMDJSON_INTEGER, CSIMDJSON_UNSIGNED,
  CSIMDJSON_DOUBLE, CSIMDJSON_STRING, CSIMDJSON_ARRAY, CSIMDJSON_OBJECT
};

/// One value. Nodes stand in document order; the children of node i follow it, up to (not including) node `end`.
typedef struct {
  /// The member's name if the parent is an object (unescaped, not terminated), else NULL.
  const char *key;
  /// The unescaped UTF-8 of a string, not terminated.
  const char *text;
  /// The bits of an int64_t, uint64_t or double.
  uint64_t number;
  uint32_t key_length;
  uint32_t text_length;
  /// Index behind the last descendant.
  uint32_t end;
  uint8_t type;
} csimdjson_node;

/// A parser keeps its buffers from one value to the next. NULL if memory is short.
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *);

/// Parses the `length` bytes at `json`, which must be one JSON value and nothing else but white space.
///
/// `readable` is how many bytes may be read from `json` on (they need not mean anything behind `length`): with
/// at least csimdjson_padding() more than `length` nothing is copied.
/// Nodes and their texts are valid until the next call. At most `max_nodes` values are accepted.
/// Returns NULL, or a message for people (static).
const char *csimdjson_parse(
    csimdjson_parser *, const char *json, size_t length, size_t readable, size_t max_nodes,
    const csimdjson_node **nodes, size_t *count);

size_t csimdjson_padding(void);

#ifdef __cplusplus
}
#endif
