// The plain C face of cmark-gfm for Swift: a Markdown text in, the flat list of its nodes out. The shim exists because
// walking the tree node by node costs a call each, and because extension node types are run-time values.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

enum {
  CCMARK_OTHER = 0, CCMARK_BLOCK_QUOTE, CCMARK_LIST, CCMARK_ITEM, CCMARK_CODE_BLOCK, CCMARK_HTML_BLOCK,
  CCMARK_PARAGRAPH, CCMARK_HEADING, CCMARK_THEMATIC_BREAK, CCMARK_FOOTNOTE_DEFINITION, CCMARK_TABLE, CCMARK_TABLE_ROW,
  CCMARK_TABLE_CELL, CCMARK_TEXT, CCMARK_SOFT_BREAK, CCMARK_LINE_BREAK, CCMARK_CODE, CCMARK_HTML_INLINE,
  CCMARK_EMPHASIS, CCMARK_STRONG, CCMARK_LINK, CCMARK_IMAGE, CCMARK_FOOTNOTE_REFERENCE, CCMARK_STRIKETHROUGH
};

/// A step of the walk through the tree: into a node (enter = 1), or out of one that has children (enter = 0).
typedef struct {
  /// Text of a leaf (text, code, HTML, footnote label), destination of a link or image; not terminated. NULL for none.
  const char *text;
  uint32_t text_length;
  /// Line in the input, from 1.
  uint32_t line;
  uint8_t type;
  uint8_t enter;
  /// Level of a heading.
  uint8_t level;
} ccmark_step;

typedef struct ccmark_document ccmark_document;

/// Parses GitHub-flavoured Markdown (tables, strikethrough, autolinks, task lists, footnotes). NULL if memory is short.
ccmark_document *ccmark_parse(const char *utf8, size_t length);
/// The whole walk, valid until the document is freed.
const ccmark_step *ccmark_steps(const ccmark_document *, size_t *count);
void ccmark_free(ccmark_document *);

#ifdef __cplusplus
}
#endif
