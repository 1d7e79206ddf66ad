import Documents
import Griot

/// A report as a mail of two alternatives, Markdown as plain text and HTML (RFC 5322, 2045–2047), ready for
/// `sendmail -t`.
enum WatchMail {
  static func message(_ report: WatchReport, to: String?, time: Int64) -> String {
    // The same report makes the same mail; a boundary must not occur in a part, and base64 has no `=_`.
    let boundary = "=_griot_\(report.next)_\(report.total)"
    var out = "From: Griot <griot@localhost>\r\n"
    if let to { out += "To: \(to)\r\n" }
    out += "Subject: \(encodedWord("What is new: " + WatchText.oneLine(WatchText.summary(report))))\r\n"
    out += "Date: \(date(time))\r\nMIME-Version: 1.0\r\n"
    out += "Content-Type: multipart/alternative; boundary=\"\(boundary)\"\r\n\r\n"
    let headings = WatchText.headings(report)
    out += part("text/plain", WatchText.markdown(report, headings), boundary)
    out += part("text/html", html(report, headings), boundary)
    return out + "--\(boundary)--\r\n"
  }

  private static func part(_ type: String, _ text: String, _ boundary: String) -> String {
    "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      + Base64.encode(Array(text.utf8), lineLength: 76) + "\r\n"
  }

  /// A header's text, whatever letters it has (RFC 2047): words of at most 75 characters, parted at characters.
  static func encodedWord(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), text.utf8.count < 70 { return text }
    var words: [String] = []
    var piece = ""
    for character in text {
      if piece.utf8.count + character.utf8.count > 42 {
        words.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    words.append(piece)
    return words.map { "=?utf-8?B?\(Base64.encode(Array($0.utf8)))?=" }.joined(separator: "\r\n ")
  }

  /// `Fri, 17 May 2024 09:30:00 +0000`
  static func date(_ seconds: Int64) -> String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let iso = DocumentDate(seconds: seconds).iso8601
    let day = Int(seconds / 86_400)
    let (year, month, dayOfMonth) = DocumentDate.civil(fromDays: Int64(day))
    return "\(days[day % 7]), \(dayOfMonth) \(months[month - 1]) \(year) \(iso.dropFirst(11).prefix(8)) +0000"
  }

  static func html(_ report: WatchReport, _ headings: [[WatchText.Heading]]) -> String {
    var out = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>What is new</title></head>\n"
    out += "<body style=\"font-family:sans-serif;max-width:42em\">\n<h1>What is new</h1>\n"
    for (result, headings) in zip(report.results, headings) where result.total > 0 {
      out += "<h2>\(Markup.escape(result.watch.name)): \(WatchText.found(result.total))</h2>\n"
      for (hit, heading) in zip(result.hits, headings) { article(hit, heading, &out) }
      if result.total > result.hits.count {
        out += "<p>and \(NumberFormat.grouped(result.total - result.hits.count)) more</p>\n"
      }
    }
    if report.total == 0 { out += "<p>Nothing.</p>\n" }
    return out + "</body></html>\n"
  }

  private static func article(_ hit: SearchHit, _ heading: WatchText.Heading, _ out: inout String) {
    let title = Markup.escape(heading.title)
    out += "<h3>"
    if let link = heading.link { out += "<a href=\"\(Markup.escape(link))\">\(title)</a>" } else { out += title }
    out += "</h3>\n<p><small>"
    out += Markup.escape(heading.byline)
    out += "</small></p>\n<p>"
    out += Markup.highlighted(hit.snippet)
    out += "</p>\n"
  }
}

/// A report as an Atom feed (RFC 4287), one entry for each document of each watch.
enum WatchFeed {
  static func atom(_ report: WatchReport, memory: String, time: Int64) -> String {
    let now = DocumentDate(seconds: time).iso8601
    var out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
    out += "  <title>What is new: Griot</title>\n  <id>urn:griot:watches</id>\n  <updated>\(now)</updated>\n"
    out += "  <author><name>Griot</name></author>\n"
    for result in report.results {
      for hit in result.hits {
        // The entry is the document for a watch: its id stays when the document is reported again.
        let name = Hyperlink.fragment("#" + result.watch.name) ?? ""
        out += "  <entry>\n    <id>urn:griot:\(hit.id)\(Markup.escape(name))</id>\n"
        out += "    <title>\(Markup.escape(WatchText.oneLine(WatchText.title(hit))))</title>\n"
        out += "    <updated>\(now)</updated>\n"
        if let date = hit.date { out += "    <published>\(published(date))</published>\n" }
        for person in hit.people where person.role != .recipient && person.role != .mentioned && !person.name.isEmpty {
          out += "    <author><name>\(Markup.escape(WatchText.oneLine(person.name)))</name></author>\n"
        }
        if let link = WatchText.link(hit) { out += "    <link href=\"\(Markup.escape(link))\"/>\n" }
        out += "    <category term=\"\(Markup.escape(result.watch.name))\"/>\n"
        out +=
          "    <content type=\"html\">\(Markup.escape("<p>" + Markup.highlighted(hit.snippet) + "</p>"))</content>\n"
        out += "  </entry>\n"
      }
    }
    return out + "</feed>\n"
  }

  /// RFC 3339 wants a whole moment.
  private static func published(_ date: DocumentDate) -> String { DocumentDate(seconds: date.seconds).iso8601 }
}

/// Text in HTML and XML.
enum Markup {
  /// By bytes: a feed escapes megabytes.
  static func escape(_ text: String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      var out: [UInt8] = []
      out.reserveCapacity(utf8.count + utf8.count / 4)
      escape(utf8, &out)
      return String(decoding: out, as: UTF8.self)
    }
  }

  private static func escape(_ utf8: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
    var at = 0
    while at < utf8.count {
      var plain = at
      while plain < utf8.count, !isSpecial[Int(utf8[plain])] { plain += 1 }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[at..<plain]))
      at = plain
      if at == utf8.count { break }
      let byte = utf8[at]
      at += 1
      switch byte {
      case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): out.append(contentsOf: "&quot;".utf8)
      case 0x0A, 0x09: out.append(byte)
      // XML has no way to write other controls at all, nor U+FFFE and U+FFFF.
      case 0..<0x20, 0x7F: out.append(0x20)
      case 0xEF where at + 1 < utf8.count && utf8[at] == 0xBF && utf8[at + 1] >= 0xBE:
        out.append(0x20)
        at += 2
      default: out.append(byte)
      }
    }
  }

  /// What may be written as something else.
  private static let isSpecial: [Bool] = {
    var special = [Bool](repeating: false, count: 256)
    for byte in 0..<0x20 { special[byte] = true }
    for byte in "&<>\"\u{7F}".utf8 { special[Int(byte)] = true }
    special[0xEF] = true
    return special
  }()

  /// A snippet with what was searched for in bold.
  static func highlighted(_ snippet: SnippetText) -> String {
    var text = snippet.text
    return text.withUTF8 { utf8 in
      var out: [UInt8] = []
      out.reserveCapacity(utf8.count + utf8.count / 4)
      var end = 0
      for range in snippet.highlights where range.lowerBound >= end && range.upperBound <= utf8.count {
        escape(UnsafeBufferPointer(rebasing: utf8[end..<range.lowerBound]), &out)
        out += "<b>".utf8
        escape(UnsafeBufferPointer(rebasing: utf8[range]), &out)
        out += "</b>".utf8
        end = range.upperBound
      }
      escape(UnsafeBufferPointer(rebasing: utf8[end...]), &out)
      return String(decoding: out, as: UTF8.self)
    }
  }
}

/// RFC 4648 §4.
enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// - Parameter lineLength: Characters of a line, a multiple of four; every line ends with CR LF then.
  static func encode(_ bytes: [UInt8], lineLength: Int = .max) -> String {
    var out: [UInt8] = []
    let count = (bytes.count + 2) / 3 * 4
    out.reserveCapacity(count + (count / lineLength + 1) * 2)
    var room = lineLength
    for i in stride(from: 0, to: bytes.count, by: 3) {
      if room == 0 {
        out += [0x0D, 0x0A]
        room = lineLength
      }
      room -= 4
      let n = min(3, bytes.count - i)
      var group = UInt32(bytes[i]) << 16
      if n > 1 { group |= UInt32(bytes[i + 1]) << 8 }
      if n > 2 { group |= UInt32(bytes[i + 2]) }
      for k in 0..<4 { out.append(k <= n ? letters[Int(group >> UInt32(18 - 6 * k)) & 63] : 0x3D) }
    }
    if lineLength < .max, !out.isEmpty { out += [0x0D, 0x0A] }
    return String(decoding: out, as: UTF8.self)
  }
}
