import CICU
import CKernels
import Glibc

/// UAX #29 word boundaries, exactly those of the ICU that is linked: this layer knows nothing of identifiers, elisions
/// or terms, so that "zero differences from ICU" is a statement about one type.
///
/// ASCII and the letters of most alphabets are cut by bit masks (`ctext_words`). A white-space-free run that holds a
/// *hard* character (dictionary scripts, Hebrew, emoji, joiners) goes to ICU as a window. White space always is a
/// boundary and carries no context across it, so a window gives ICU's answer for the whole text.
///
/// A segmenter belongs to one thread.
final class WordSegmenter {
  private let icu = BreakIterator(.words)
  /// How the kernel treats each BMP character; pages are filled when first met. 0: not yet.
  private(set) var classes: UnsafePointer<UInt8>
  /// The same, once there is something to fill in: a process of ASCII never has a table.
  private var builtClasses: UnsafeMutablePointer<UInt8>?
  private var capacity = 1024

  /// The words of the last text, in order: ICU's segments of rule status 100 and above, and emoji.
  private(set) var segments: UnsafeMutablePointer<ctext_segment>
  private(set) var count = 0

  init() {
    classes = ctext_no_classes()
    segments = .allocate(capacity: capacity)
  }

  deinit {
    if let builtClasses { ZeroedTable.unmake(builtClasses) }
    segments.deallocate()
  }

  /// Fills `segments`. O(text).
  func segment(_ utf8: UnsafeRawBufferPointer) { segment(utf8, kernel: ctext_words) }

  typealias Kernel = (
    UnsafePointer<UInt8>?, Int, Int, UnsafePointer<UInt8>?, UnsafeMutablePointer<ctext_segment>?,
    UnsafeMutablePointer<Int>?, UnsafeMutablePointer<Int>?, UnsafeMutablePointer<Int>?
  ) -> Int32

  @inline(__always)
  func segment(_ utf8: UnsafeRawBufferPointer, kernel: Kernel) {
    count = 0
    guard let base = utf8.baseAddress else { return }
    let text = base.assumingMemoryBound(to: UInt8.self)
    var from = 0
    while from < utf8.count {
      reserve((utf8.count - from) / 2 + 1)
      var found = count
      var stop = 0
      var at = 0
      let reason = kernel(text, from, utf8.count, classes, segments, &found, &stop, &at)
      count = found
      switch Int(reason) {
      case Int(CTEXT_STOP_UNBUILT):
        var scalar: Int32 = 0
        _ = ctext_decode(text, at, utf8.count, &scalar)
        buildPage(of: UInt32(bitPattern: scalar))
        from = stop
      case Int(CTEXT_STOP_HARD):
        let end = ctext_hard_window_end(text, at, utf8.count, classes)
        // The white space before the window goes along: a mark at the window's start belongs to it.
        let start = stop > 0 ? stop - 1 : 0
        segmentByICU(utf8, start..<end)
        from = end
      default:
        from = utf8.count
      }
    }
  }

  /// The same result by ICU alone: the reference for the tests.
  func segmentByICU(_ utf8: UnsafeRawBufferPointer) {
    count = 0
    segmentByICU(utf8, 0..<utf8.count)
  }

  private func segmentByICU(_ utf8: UnsafeRawBufferPointer, _ window: Range<Int>) {
    let text = utf8.baseAddress!.assumingMemoryBound(to: UInt8.self)
    var at = window.lowerBound
    while true {
      var scalar: Int32 = 0
      at = ctext_first_unbuilt(text, at, window.upperBound, classes, &scalar)
      if at == window.upperBound { break }
      buildPage(of: UInt32(bitPattern: scalar))
    }
    let offset = UInt32(window.lowerBound)
    icu.forEachSegment(UnsafeRawBufferPointer(rebasing: utf8[window])) { start, end, status in
      add(text, Int(start + offset), Int(end + offset), isWord: status >= 100)
    }
  }

  private func add(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, isWord: Bool) {
    var segment = ctext_segment(start: UInt32(start), end: UInt32(end), flags: 0)
    if isWord {
      segment.flags = ctext_segment_flags(text, start, end, classes)
      if segment.flags & UInt32(CTEXT_HAS_NON_ASCII) != 0 {
        if emojiRange(text, start, end)?.lowerBound == start {
          // A keycap (1️⃣) is a digit with marks to UAX #29.
          segment.flags = UInt32(CTEXT_IS_EMOJI)
        }
      }
    } else {
      guard end - start > 1, let emoji = emojiRange(text, start, end) else { return }
      segment = ctext_segment(start: UInt32(emoji.lowerBound), end: UInt32(end), flags: UInt32(CTEXT_IS_EMOJI))
    }
    reserve(1)
    segments[count] = segment
    count += 1
  }

  /// Where an emoji begins in a segment (white space and marks before it left out); nil when it holds none.
  private func emojiRange(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Range<Int>? {
    var at = start
    var base: Int?
    while at < end {
      var scalar: Int32 = 0
      let length = ctext_decode(text, at, end, &scalar)
      if scalar >= 0 {
        let value = UInt32(scalar)
        let level = cicu_emoji_level(value)
        if value == 0xFE0F || value == 0x20E3, let base { return base..<end }
        if CharacterClasses.isEmojiByItself(value) { return (base ?? at)..<end }
        if level > 0, base == nil { base = at }
        if level == 0, !CharacterClasses.isJoinerOrMark(value) { base = nil }
      }
      at += length
    }
    return nil
  }

  private func buildPage(of scalar: UInt32) {
    let first = scalar & ~(Self.pageSize - 1)
    let table = builtClasses ?? ZeroedTable.make(UInt8.self)
    for value in first..<first + Self.pageSize { table[Int(value)] = CharacterClasses.wordClass(value) }
    builtClasses = table
    classes = UnsafePointer(table)
  }

  /// Small enough for a fresh process with a query of one word, large enough not to stop the kernel often.
  private static let pageSize: UInt32 = 64

  private func reserve(_ additional: Int) {
    guard count + additional > capacity else { return }
    let grown = max(capacity * 2, count + additional)
    let copy = UnsafeMutablePointer<ctext_segment>.allocate(capacity: grown)
    copy.update(from: segments, count: count)
    segments.deallocate()
    segments = copy
    capacity = grown
  }
}
