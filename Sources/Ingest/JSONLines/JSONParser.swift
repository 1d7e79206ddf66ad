internal import CSimdJSON

/// One JSON value as simdjson sees it, flattened: the children of a node follow it.
///
/// Valid until the parser's next value.
struct JSONTree {
  let nodes: UnsafeBufferPointer<csimdjson_node>

  var root: JSONNode { JSONNode(tree: self, index: 0) }
}

struct JSONNode {
  let tree: JSONTree
  let index: Int

  private var node: csimdjson_node { tree.nodes[index] }

  var key: UnsafeBufferPointer<UInt8> { Self.bytes(node.key, node.key_length) }
  var isString: Bool { node.type == UInt8(CSIMDJSON_STRING) }
  var isObject: Bool { node.type == UInt8(CSIMDJSON_OBJECT) }
  var isArray: Bool { node.type == UInt8(CSIMDJSON_ARRAY) }
  var isNull: Bool { node.type == UInt8(CSIMDJSON_NULL) }

  /// The bytes of a string; empty for everything else.
  var text: UnsafeBufferPointer<UInt8> { Self.bytes(node.text, node.text_length) }

  private static func bytes(_ pointer: UnsafePointer<CChar>?, _ count: UInt32) -> UnsafeBufferPointer<UInt8> {
    guard let pointer else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self), count: Int(count))
  }

  /// A number as a double; `nil` for everything else.
  var number: Double? {
    switch UInt32(node.type) {
    case UInt32(CSIMDJSON_INTEGER): Double(Int64(bitPattern: node.number))
    case UInt32(CSIMDJSON_UNSIGNED): Double(node.number)
    case UInt32(CSIMDJSON_DOUBLE): Double(bitPattern: node.number)
    default: nil
    }
  }

  /// A string, number or boolean as text; `nil` for null, arrays and objects.
  var scalar: String? {
    switch UInt32(node.type) {
    case UInt32(CSIMDJSON_STRING): String(decoding: text, as: UTF8.self)
    case UInt32(CSIMDJSON_INTEGER): String(Int64(bitPattern: node.number))
    case UInt32(CSIMDJSON_UNSIGNED): String(node.number)
    case UInt32(CSIMDJSON_DOUBLE): String(Double(bitPattern: node.number))
    case UInt32(CSIMDJSON_TRUE): "true"
    case UInt32(CSIMDJSON_FALSE): "false"
    default: nil
    }
  }

  /// The first member of this name.
  func member(_ name: StaticString) -> JSONNode? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return isObject ? children.first { $0.key.elementsEqual(wanted) } : nil
  }

  /// Members of an object, elements of an array, in order.
  var children: some Sequence<JSONNode> {
    let tree = tree
    return sequence(state: (index + 1, Int(node.end))) { (state: inout (Int, Int)) -> JSONNode? in
      guard state.0 < state.1 else { return nil }
      let child = JSONNode(tree: tree, index: state.0)
      state.0 = Int(tree.nodes[state.0].end)
      return child
    }
  }
}

/// simdjson behind a value that cannot be copied.
struct JSONParser: ~Copyable {
  private let handle: OpaquePointer
  /// Most values of one record.
  static let maximumNodes = 1 << 20

  init() throws {
    guard let handle = csimdjson_create() else { throw ReadError("out of memory") }
    self.handle = handle
  }

  deinit { csimdjson_destroy(handle) }

  /// - Parameter readable: How many bytes may be read from the start of `json` on.
  /// - Throws: ``ReadError`` with simdjson's opinion.
  func parse(_ json: UnsafeRawBufferPointer, readable: Int) throws(ReadError) -> JSONTree {
    var nodes: UnsafePointer<csimdjson_node>?
    var count = 0
    let message = csimdjson_parse(
      handle, json.baseAddress?.assumingMemoryBound(to: CChar.self), json.count, readable, Self.maximumNodes,
      &nodes, &count)
    if let message { throw ReadError(String(cString: message)) }
    return JSONTree(nodes: UnsafeBufferPointer(start: nodes, count: count))
  }
}
