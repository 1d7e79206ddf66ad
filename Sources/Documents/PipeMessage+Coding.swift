extension PipeMessage {
  /// A payload over this is refused: no record may be larger (a length of garbage must not allocate gigabytes).
  public static let maximumPayload = 1 << 30

  enum Kind: UInt8 {
    case read = 1, quit = 2, hello = 16, document = 17, recordSkipped = 18, recordFailed = 19, fileEnd = 20
  }

  /// Appends the message as it goes over the wire.
  public func encode(into out: inout [UInt8]) {
    switch self {
    case .document(let frame): Self.frame(.document, frame, into: &out)
    case .quit: Self.frame(.quit, [], into: &out)
    default:
      var w = WireWriter()
      let kind = encodePayload(&w)
      Self.frame(kind, w.bytes, into: &out)
    }
  }

  private static func frame(_ kind: Kind, _ payload: [UInt8], into out: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(payload.count).littleEndian) { out.append(contentsOf: $0) }
    out.append(kind.rawValue)
    out.append(contentsOf: payload)
  }

  private func encodePayload(_ w: inout WireWriter) -> Kind {
    switch self {
    case .read(let request):
      w.field(1, request.path)
      w.field(2, request.relativePath)
      if let kind = request.kind { w.field(3, kind) }
      if let language = request.language { w.field(4, language) }
      w.field(5, request.startOffset)
      for offset in request.quarantine { w.field(6, offset) }
      if let bytes = request.pathBytes { w.field(7, bytes) }
      return .read
    case .hello(let version):
      w.field(1, UInt64(version))
      return .hello
    case .recordSkipped(let problem):
      problem.encode(&w)
      return .recordSkipped
    case .recordFailed(let problem):
      problem.encode(&w)
      return .recordFailed
    case .fileEnd(let summary):
      w.field(1, summary.format)
      w.field(2, summary.records)
      w.field(3, summary.bytes)
      if let skipped = summary.skipped { w.field(4, skipped) }
      if let failed = summary.failed { w.field(5, failed) }
      if let content = summary.content { w.message(6) { content.encode(&$0) } }
      return .fileEnd
    case .document, .quit: return .quit
    }
  }

  /// Takes one message from the front of a buffer.
  ///
  /// - Returns: The message and how many bytes it took; `nil` if the buffer does not yet hold a whole one.
  /// - Throws: ``FrameError`` if these bytes are no message (the other side is not a Griot, or is broken).
  public static func decode(_ buffer: UnsafeRawBufferPointer) throws(FrameError) -> (PipeMessage, Int)? {
    guard buffer.count >= 5 else { return nil }
    let length = Int(UInt32(littleEndian: buffer.loadUnaligned(as: UInt32.self)))
    guard length <= maximumPayload else {
      throw FrameError(offset: 0, what: "message of \(length) bytes announced")
    }
    guard let kind = Kind(rawValue: buffer[4]) else {
      throw FrameError(offset: 4, what: "unknown message type \(buffer[4])")
    }
    guard buffer.count >= 5 + length else { return nil }
    let range = 5..<(5 + length)
    return (try decode(kind, buffer, range), 5 + length)
  }

  /// Looks at the front of a buffer without copying a frame: the place of the frame if a whole `document` message
  /// stands there, and the length of the message whatever it is.
  ///
  /// - Returns: `nil` if the buffer does not yet hold a whole message.
  public static func frame(
    in buffer: UnsafeRawBufferPointer
  ) throws(FrameError) -> (frame: Range<Int>?, messageLength: Int)? {
    guard buffer.count >= 5 else { return nil }
    let length = Int(UInt32(littleEndian: buffer.loadUnaligned(as: UInt32.self)))
    guard length <= maximumPayload else {
      throw FrameError(offset: 0, what: "message of \(length) bytes announced")
    }
    guard buffer.count >= 5 + length else { return nil }
    return (buffer[4] == Kind.document.rawValue ? 5..<5 + length : nil, 5 + length)
  }

  private static func decode(
    _ kind: Kind, _ buffer: UnsafeRawBufferPointer, _ range: Range<Int>
  ) throws(FrameError) -> PipeMessage {
    let reader = WireReader(buffer, range)
    switch kind {
    case .document: return .document([UInt8](buffer[range]))
    case .quit: return .quit
    case .read: return .read(try ReadRequest(reader))
    case .recordSkipped: return .recordSkipped(try RecordProblem(reader))
    case .recordFailed: return .recordFailed(try RecordProblem(reader))
    case .fileEnd: return .fileEnd(try FileSummary(reader))
    case .hello:
      var r = reader
      var version: UInt32 = 0
      while let (number, value) = try r.next() {
        if number == 1 { version = UInt32(truncatingIfNeeded: try value.number(1)) }
      }
      return .hello(version: version)
    }
  }
}

extension RecordProblem {
  func encode(_ w: inout WireWriter) {
    w.field(1, member)
    w.field(2, record.offset)
    w.field(3, record.length)
    w.field(4, reason)
  }

  init(_ reader: WireReader) throws(FrameError) {
    self.init(record: RecordRange(offset: 0, length: 0), reason: "")
    var r = reader
    while let (number, value) = try r.next() {
      switch number {
      case 1: member = r.string(try value.range(1))
      case 2: record.offset = try value.number(2)
      case 3: record.length = try value.number(3)
      case 4: reason = r.string(try value.range(4))
      default: break
      }
    }
  }
}

extension ReadRequest {
  init(_ reader: WireReader) throws(FrameError) {
    self.init(path: "", relativePath: "")
    var r = reader
    while let (number, value) = try r.next() {
      switch number {
      case 1: path = r.string(try value.range(1))
      case 2: relativePath = r.string(try value.range(2))
      case 3: kind = r.string(try value.range(3))
      case 4: language = r.string(try value.range(4))
      case 5: startOffset = try value.number(5)
      case 6: quarantine.append(try value.number(6))
      case 7: pathBytes = Array(r.bytes[try value.range(7)])
      default: break
      }
    }
  }
}

extension FileSummary {
  init(_ reader: WireReader) throws(FrameError) {
    self.init(format: "")
    var r = reader
    while let (number, value) = try r.next() {
      switch number {
      case 1: format = r.string(try value.range(1))
      case 2: records = try value.number(2)
      case 3: bytes = try value.number(3)
      case 4: skipped = r.string(try value.range(4))
      case 5: failed = r.string(try value.range(5))
      case 6: content = try FileContent(WireReader(r.bytes, try value.range(6)))
      default: break
      }
    }
  }
}

extension FileContent {
  func encode(_ w: inout WireWriter) {
    w.field(1, stamp.size)
    w.field(2, signed: stamp.modified)
    w.field(3, stamp.device)
    w.field(4, stamp.inode)
    w.field(5, digest.h1)
    w.field(6, digest.h2)
    w.field(7, isSettled ? 1 : 0)
  }

  init(_ reader: WireReader) throws(FrameError) {
    self.init(stamp: FileStamp(), digest: .zero, isSettled: false)
    var r = reader
    while let (number, value) = try r.next() {
      switch number {
      case 1: stamp.size = try value.number(1)
      case 2: stamp.modified = WireReader.unzigzag(try value.number(2))
      case 3: stamp.device = try value.number(3)
      case 4: stamp.inode = try value.number(4)
      case 5: digest.h1 = try value.number(5)
      case 6: digest.h2 = try value.number(6)
      case 7: isSettled = try value.number(7) != 0
      default: break
      }
    }
  }
}
