import CLibXML2

/// Elements that extraction knows. The case names are the element names; the parser is told them once.
enum HTMLTag: UInt8, CaseIterable {
  /// Any other element: HTML5 custom elements, XML leftovers.
  case unknown = 0
  case a, abbr, acronym, address, applet, area, article, aside, audio, b, base, bdi, bdo, big, blockquote, body, br
  case button, canvas, caption, center, cite, code, col, colgroup, data, datalist, dd, del, details, dfn, dialog, dir
  case div, dl, dt, em, embed, fieldset, figcaption, figure, font, footer, form, frame, frameset, h1, h2, h3, h4, h5
  case h6, head, header, hgroup, hr, html, i, iframe, img, input, ins, kbd, label, legend, li, link, main, map, mark
  case menu, meta, meter, nav, nobr, noframes, noscript, object, ol, optgroup, option, output, p, param, picture, pre
  case progress, q, rp, rt, ruby, s, samp, script, section, select, small, source, span, strike, strong, style, sub
  case summary, sup, svg, math, table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr, track, tt, u
  case ul, `var`, video, wbr
  /// Not an element: a run of text.
  case text = 255

  static let elements: [HTMLTag] = allCases.filter { $0 != .unknown && $0 != .text }
}

/// Attributes that extraction asks about. The raw value is the place in the parser's vocabulary, counted from 1.
enum HTMLAttribute: UInt32, CaseIterable {
  case id = 1, `class`, style, name, content, property, rel, href, itemprop, itemtype, role, type, datetime, lang
  case hidden, title, alt, width, charset, language, ariaHidden, httpEquiv, dataMw, cellpadding, bgcolor

  /// The name in the markup.
  var name: String {
    switch self {
    case .language: "xml:lang"
    case .ariaHidden: "aria-hidden"
    case .httpEquiv: "http-equiv"
    case .dataMw: "data-mw"
    default: String(describing: self).filter { $0 != "`" }
    }
  }

  private static let registered: Void = {
    let tags = HTMLTag.elements.map { String(describing: $0) }
    let attributes = HTMLAttribute.allCases.map(\.name)
    withCStrings(tags) { tagPointers in
      withCStrings(attributes) { attributePointers in
        cxml_vocabulary(tagPointers, tags.count, attributePointers, attributes.count)
      }
    }
  }()

  /// Tells the parser the vocabulary, the first time it is called.
  static func register() { registered }

  private static func withCStrings(_ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Void) {
    let copies = strings.map { Array($0.utf8CString) }
    var pointers: [UnsafePointer<CChar>?] = []
    func next(_ i: Int) {
      if i == copies.count { return pointers.withUnsafeBufferPointer { body($0.baseAddress!) } }
      copies[i].withUnsafeBufferPointer {
        pointers.append($0.baseAddress)
        next(i + 1)
      }
    }
    next(0)
  }
}

extension HTMLTag {
  /// Elements whose content is no text of the page.
  var isDropped: Bool {
    switch self {
    case .script, .style, .noscript, .template, .svg, .math, .iframe, .object, .embed, .applet, .audio, .video, .canvas,
      .select, .datalist, .textarea, .noframes, .map, .progress, .meter, .head, .title, .button, .rp, .rt:
      true
    default: false
    }
  }

  /// Elements that run along in a line of text.
  var isInline: Bool {
    switch self {
    case .a, .abbr, .acronym, .b, .bdi, .bdo, .big, .cite, .code, .data, .del, .dfn, .em, .font, .i, .ins, .kbd, .label,
      .mark, .nobr, .output, .q, .ruby, .s, .samp, .small, .span, .strike, .strong, .sub, .sup, .time, .tt, .u, .var,
      .wbr, .text, .unknown, .img, .input, .br, .picture:
      true
    default: false
    }
  }

  var headingLevel: UInt8? {
    switch self {
    case .h1: 1
    case .h2: 2
    case .h3: 3
    case .h4: 4
    case .h5: 5
    case .h6: 6
    default: nil
    }
  }
}
