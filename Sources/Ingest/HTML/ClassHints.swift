/// What the class, id and role of an element say about it, from the words in them (`related-posts`, `navBar`).
struct ClassHints: OptionSet, Hashable {
  let rawValue: UInt32

  /// Names of the content itself: `article-body`, `entry-content`.
  static let content = ClassHints(rawValue: 1)
  static let article = ClassHints(rawValue: 2)
  static let body = ClassHints(rawValue: 4)
  static let main = ClassHints(rawValue: 8)
  static let navigation = ClassHints(rawValue: 16)
  static let footer = ClassHints(rawValue: 32)
  static let sidebar = ClassHints(rawValue: 64)
  static let share = ClassHints(rawValue: 128)
  static let related = ClassHints(rawValue: 256)
  static let comments = ClassHints(rawValue: 512)
  static let advertisement = ClassHints(rawValue: 1024)
  static let consent = ClassHints(rawValue: 2048)
  static let subscribe = ClassHints(rawValue: 4096)
  static let metadata = ClassHints(rawValue: 8192)
  static let caption = ClassHints(rawValue: 16_384)
  static let header = ClassHints(rawValue: 32_768)
  static let tags = ClassHints(rawValue: 65_536)
  static let widget = ClassHints(rawValue: 131_072)
  static let hiddenText = ClassHints(rawValue: 262_144)
  static let media = ClassHints(rawValue: 524_288)
  static let teaser = ClassHints(rawValue: 1_048_576)

  /// Never part of an article.
  static let boilerplate: ClassHints = [
    .navigation, .footer, .sidebar, .share, .related, .comments, .advertisement, .consent, .subscribe, .hiddenText,
  ]
  static let positive: ClassHints = [.content, .article, .body, .main]

  /// The hints in the words of a name.
  static func parse(_ name: UnsafeRawBufferPointer) -> ClassHints {
    var hints: ClassHints = []
    var word: UInt64 = 0
    var length = 0
    var previous: UInt8 = 0
    func endWord() {
      if length >= 2, let found = words[word] { hints.formUnion(found) }
      word = 0
      length = 0
    }
    for byte in name {
      let isLetter = byte.isASCIILetter
      let startsCamel = byte &- 0x41 < 26 && previous &- 0x61 < 26
      if !isLetter || startsCamel { endWord() }
      if isLetter {
        word = hash(word, byte.asciiLowercased)
        length += 1
      }
      previous = byte
    }
    endWord()
    return hints
  }

  @inline(__always)
  private static func hash(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    (word ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  private static let words: [UInt64: ClassHints] = {
    var out: [UInt64: ClassHints] = [:]
    for (hint, names) in vocabulary {
      for name in names.split(separator: " ") { out[name.utf8.reduce(0) { hash($0, $1) }, default: []].formUnion(hint) }
    }
    return out
  }()

  private static let vocabulary: [(ClassHints, String)] = [
    (.content, "content contents text copy markdown wysiwyg prose richtext"),
    (.article, "article post entry story hentry blogpost news artikel beitrag"),
    (.body, "body fulltext articlebody storybody postbody articletext articlecontent"),
    (.main, "main maincontent"),
    (
      .navigation,
      "nav navbar navigation menu menubar submenu subnav breadcrumb breadcrumbs pagination pager skip skiplink "
        + "toc topnav sitenav dropdown megamenu paging pagenav navi offcanvas hamburger"
    ),
    (.footer, "footer foot colophon copyright legal bottom imprint subfooter"),
    (.sidebar, "sidebar aside rail siderail sidepanel rightrail leftrail rightcol rightcolumn skyscraper secondary"),
    (
      .share,
      "share sharing social sharedaddy addthis addtoany sharebar sharetools socials socialmedia follow shareaholic "
        + "sharebuttons socialbar bookmark bookmarks print"
    ),
    (
      .related,
      "related relatedposts recommended recommendations recommendation recirc recirculation popular trending "
        + "mostread mostpopular readmore readnext upnext morefrom alsoread outbrain taboola jp yarpp suggestions suggested "
        + "crosslinks latest teasers"
    ),
    (.comments, "comment comments disqus livefyre respond commentlist discussion replies reactions feedback guestbook"),
    (
      .advertisement,
      "ad ads adv advert adverts advertisement advertising advertorial adsense adslot adunit adbox adwrap "
        + "dfp sponsor sponsored sponsors promo promos promotion promotions promobox banner banners gpt mpu leaderboard "
        + "affiliate anzeige werbung publicite paywall premium"
    ),
    (.consent, "cookie cookies gdpr consent onetrust privacy"),
    (
      .subscribe,
      "subscribe subscription newsletter newsletters signup signin login register optin mailchimp donate donation "
        + "mailinglist"
    ),
    (
      .metadata,
      "meta metadata byline author authors dateline date timestamp published publish pubdate time info bio "
        + "authorbox credits postmeta infos kicker eyebrow source"
    ),
    (.caption, "caption figcaption credit captions"),
    (.header, "header masthead head hero topbar"),
    (.tags, "tag tags taglist topics keywords categories category tagcloud"),
    (
      .widget,
      "widget widgets modal popup overlay tooltip toolbar tools tool button buttons btn dialog lightbox rating "
        + "ratings stars quiz poll survey form search searchform"
    ),
    (.hiddenText, "sr screenreader visuallyhidden invisible hide noprint"),
    (.media, "gallery slideshow carousel slider video player image img photo figure thumbnail thumb media embed"),
    (.teaser, "teaser card cards excerpt promo list listing grid tile tiles"),
  ]
}
