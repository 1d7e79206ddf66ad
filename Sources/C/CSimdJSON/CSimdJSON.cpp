#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <vector>

using namespace simdjson;

struct csimdjson_parser {
  dom::parser parser;
  std::vector<csimdjson_node> nodes;
  std::vector<char> padded;
};

namespace {

// DOM rather than On Demand: in this version only DOM picks the CPU's kernels at run time; On Demand is fixed to the
// compiler's target, which for a distributable binary is the scalar fallback.
struct Flattener {
  std::vector<csimdjson_node> &nodes;
  size_t max_nodes;

  // simdjson's own depth limit (1024) bounds the recursion: deeper input is an error before it gets here.
  error_code add(dom::element value, std::string_view key) {
    if (nodes.size() >= max_nodes) return CAPACITY;
    const size_t index = nodes.size();
    nodes.push_back(csimdjson_node{
        key.data(), nullptr, 0, uint32_t(key.size()), 0, 0, CSIMDJSON_NULL});
    if (auto error = fill(value, index)) return error;
    nodes[index].end = uint32_t(nodes.size());
    return SUCCESS;
  }

  error_code fill(dom::element value, size_t index) {
    csimdjson_node &node = nodes[index];
    switch (value.type()) {
      case dom::element_type::STRING: {
        std::string_view text;
        if (auto error = value.get_string().get(text)) return error;
        node.type = CSIMDJSON_STRING;
        node.text = text.data();
        node.text_length = uint32_t(text.size());
        return SUCCESS;
      }
      case dom::element_type::INT64:
        node.type = CSIMDJSON_INTEGER;
        node.number = uint64_t(int64_t(value.get_int64()));
        return SUCCESS;
      case dom::element_type::UINT64:
        node.type = CSIMDJSON_UNSIGNED;
        node.number = uint64_t(value.get_uint64());
        return SUCCESS;
      case dom::element_type::DOUBLE: {
        const double number = double(value.get_double());
        node.type = CSIMDJSON_DOUBLE;
        std::memcpy(&node.number, &number, sizeof number);
        return SUCCESS;
      }
      case dom::element_type::BOOL:
        node.type = bool(value.get_bool()) ? CSIMDJSON_TRUE : CSIMDJSON_FALSE;
        return SUCCESS;
      case dom::element_type::NULL_VALUE:
        return SUCCESS;
      case dom::element_type::ARRAY: {
        node.type = CSIMDJSON_ARRAY;
        for (dom::element child : dom::array(value)) {
          if (auto error = add(child, std::string_view())) return error;
        }
        return SUCCESS;
      }
      case dom::element_type::OBJECT: {
        node.type = CSIMDJSON_OBJECT;
        for (dom::key_value_pair member : dom::object(value)) {
          if (auto error = add(member.value, member.key)) return error;
        }
        return SUCCESS;
      }
    }
    return TAPE_ERROR;
  }
};

const char *message(error_code error) {
  switch (error) {
    case CAPACITY: return "too many values in one record";
    case MEMALLOC: return "out of memory";
    case DEPTH_ERROR: return "nested too deeply";
    case UTF8_ERROR: return "not valid UTF-8";
    case UNCLOSED_STRING: return "a string does not end";
    case STRING_ERROR: return "a string holds an invalid escape";
    case EMPTY: return "empty";
    case UNESCAPED_CHARS: return "a string holds a raw control character";
    case TAPE_ERROR: return "malformed JSON: brackets, commas or colons do not fit";
    case NUMBER_ERROR: return "malformed number";
    case T_ATOM_ERROR: case F_ATOM_ERROR: case N_ATOM_ERROR: return "unknown word (not true, false or null)";
    default: return "malformed JSON";
  }
}

}  // namespace

extern "C" csimdjson_parser *csimdjson_create(void) { return new (std::nothrow) csimdjson_parser(); }
extern "C" void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }
extern "C" size_t csimdjson_padding(void) { return SIMDJSON_PADDING; }

extern "C" const char *csimdjson_parse(
    csimdjson_parser *self, const char *json, size_t length, size_t readable, size_t max_nodes,
    const csimdjson_node **nodes, size_t *count) {
  *nodes = nullptr;
  *count = 0;
  self->nodes.clear();
  try {
    if (readable < length + SIMDJSON_PADDING) {
      if (self->padded.size() < length + SIMDJSON_PADDING) self->padded.resize(length + SIMDJSON_PADDING);
      std::memcpy(self->padded.data(), json, length);
      std::memset(self->padded.data() + length, 0, SIMDJSON_PADDING);
      json = self->padded.data();
    }
    dom::element root;
    if (auto error = self->parser.parse(json, length, false).get(root)) return message(error);
    Flattener flattener{self->nodes, max_nodes};
    if (auto error = flattener.add(root, std::string_view())) return message(error);
  } catch (const std::bad_alloc &) {
    return message(MEMALLOC);
  } catch (const simdjson_error &e) {
    return message(e.error());
  }
  *nodes = self->nodes.data();
  *count = self->nodes.size();
  return nullptr;
}
