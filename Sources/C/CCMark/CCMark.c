#include "CCMark.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

struct ccmark_document {
  cmark_parser *parser;
  cmark_node *root;
  ccmark_step *steps;
  size_t count, capacity;
};

static uint8_t node_type(cmark_node *node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE: return CCMARK_BLOCK_QUOTE;
    case CMARK_NODE_LIST: return CCMARK_LIST;
    case CMARK_NODE_ITEM: return CCMARK_ITEM;
    case CMARK_NODE_CODE_BLOCK: return CCMARK_CODE_BLOCK;
    case CMARK_NODE_HTML_BLOCK: return CCMARK_HTML_BLOCK;
    case CMARK_NODE_PARAGRAPH: return CCMARK_PARAGRAPH;
    case CMARK_NODE_HEADING: return CCMARK_HEADING;
    case CMARK_NODE_THEMATIC_BREAK: return CCMARK_THEMATIC_BREAK;
    case CMARK_NODE_FOOTNOTE_DEFINITION: return CCMARK_FOOTNOTE_DEFINITION;
    case CMARK_NODE_TEXT: return CCMARK_TEXT;
    case CMARK_NODE_SOFTBREAK: return CCMARK_SOFT_BREAK;
    case CMARK_NODE_LINEBREAK: return CCMARK_LINE_BREAK;
    case CMARK_NODE_CODE: return CCMARK_CODE;
    case CMARK_NODE_HTML_INLINE: return CCMARK_HTML_INLINE;
    case CMARK_NODE_EMPH: return CCMARK_EMPHASIS;
    case CMARK_NODE_STRONG: return CCMARK_STRONG;
    case CMARK_NODE_LINK: return CCMARK_LINK;
    case CMARK_NODE_IMAGE: return CCMARK_IMAGE;
    case CMARK_NODE_FOOTNOTE_REFERENCE: return CCMARK_FOOTNOTE_REFERENCE;
    default: break;
  }
  const char *name = cmark_node_get_type_string(node);
  if (!strcmp(name, "table")) return CCMARK_TABLE;
  if (!strcmp(name, "table_row") || !strcmp(name, "table_header")) return CCMARK_TABLE_ROW;
  if (!strcmp(name, "table_cell")) return CCMARK_TABLE_CELL;
  if (!strcmp(name, "strikethrough")) return CCMARK_STRIKETHROUGH;
  if (!strcmp(name, "tasklist")) return CCMARK_ITEM;
  return CCMARK_OTHER;
}

static const char *node_text(cmark_node *node, uint8_t type) {
  switch (type) {
    case CCMARK_TEXT: case CCMARK_CODE: case CCMARK_HTML_INLINE: case CCMARK_HTML_BLOCK: case CCMARK_CODE_BLOCK:
    case CCMARK_FOOTNOTE_REFERENCE:
      return cmark_node_get_literal(node);
    case CCMARK_LINK: case CCMARK_IMAGE: return cmark_node_get_url(node);
    default: return NULL;
  }
}

static int push(ccmark_document *document, cmark_node *node, int enter) {
  if (document->count == document->capacity) {
    size_t capacity = document->capacity ? document->capacity * 2 : 256;
    ccmark_step *steps = realloc(document->steps, capacity * sizeof *steps);
    if (!steps) return 0;
    document->steps = steps;
    document->capacity = capacity;
  }
  ccmark_step *step = &document->steps[document->count++];
  memset(step, 0, sizeof *step);
  step->type = node_type(node);
  step->enter = (uint8_t)enter;
  step->line = (uint32_t)cmark_node_get_start_line(node);
  step->text = node_text(node, step->type);
  step->text_length = step->text ? (uint32_t)strlen(step->text) : 0;
  if (step->type == CCMARK_HEADING) step->level = (uint8_t)cmark_node_get_heading_level(node);
  return 1;
}

ccmark_document *ccmark_parse(const char *utf8, size_t length) {
  static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
  cmark_gfm_core_extensions_ensure_registered();
  ccmark_document *document = calloc(1, sizeof *document);
  if (!document) return NULL;
  document->parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8);
  for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);
    if (extension) cmark_parser_attach_syntax_extension(document->parser, extension);
  }
  cmark_parser_feed(document->parser, utf8, length);
  document->root = cmark_parser_finish(document->parser);
  if (!document->root) {
    ccmark_free(document);
    return NULL;
  }
  cmark_iter *iterator = cmark_iter_new(document->root);
  cmark_event_type event;
  while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
    if (!push(document, cmark_iter_get_node(iterator), event == CMARK_EVENT_ENTER)) {
      cmark_iter_free(iterator);
      ccmark_free(document);
      return NULL;
    }
  }
  cmark_iter_free(iterator);
  return document;
}

const ccmark_step *ccmark_steps(const ccmark_document *document, size_t *count) {
  *count = document->count;
  return document->steps;
}

void ccmark_free(ccmark_document *document) {
  if (!document) return;
  if (document->root) cmark_node_free(document->root);
  if (document->parser) cmark_parser_free(document->parser);
  free(document->steps);
  free(document);
}
