/// How alike two names are.
enum NameComparison {
  /// Whether both names may be one person's who writes from one address: an address is strong evidence, so that only
  /// names that clearly differ speak against it. Marriage changes the last word, lists and systems shorten.
  static func mayShareAddress(_ a: PersonName, _ b: PersonName) -> Bool {
    if !Set(a.keys).isDisjoint(with: b.keys) || a.words.count == 1 || b.words.count == 1 { return true }
    if a.words.sorted() == b.words.sorted() || covers(a.words, b.words) || covers(b.words, a.words) { return true }
    if areCompactInitials(a, b) || areCompactInitials(b, a) { return true }
    // One given name, or a pet form of it; one family name beside a changed given one would be a family's address.
    if isSameGiven(a.first, b.first) { return true }
    let (left, right) = (Array(a.keys[0].utf8), Array(b.keys[0].utf8))
    return min(left.count, right.count) >= 8 && isNear(left, right, most: 2)
  }

  /// Whether every word of `short` stands in `long`, as the word or as its initial, each word once.
  static func covers(_ long: [String], _ short: [String]) -> Bool {
    guard short.count <= long.count else { return false }
    var left = long
    // Whole words first, so that an initial does not take the word of another.
    for word in short.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      guard let found = left.firstIndex(where: { $0 == word || isInitial(word, of: $0) || isInitial($0, of: word) })
      else { return false }
      left.remove(at: found)
    }
    return true
  }

  /// `JP Calderone` of `Jean-Paul Calderone`.
  static func areCompactInitials(_ short: PersonName, _ long: PersonName) -> Bool {
    guard short.words.count == 2, long.words.count >= 3, short.last == long.last else { return false }
    return short.first == String(long.words.dropLast().compactMap(\.first))
  }

  static func isInitial(_ initial: String, of word: String) -> Bool {
    initial.unicodeScalars.count == 1 && initial.unicodeScalars.first == word.unicodeScalars.first
  }

  /// The same given name, an initial of it, or a usual short form.
  static func isSameGiven(_ a: String, _ b: String) -> Bool {
    a == b || isInitial(a, of: b) || isInitial(b, of: a) || isPetName(a, b) || isPetName(b, a)
  }

  static func isPetName(_ short: String, _ long: String) -> Bool { petNames[short]?.contains(long) == true }

  /// Whether at most `most` letters differ (Levenshtein). O(count · count).
  static func isNear(_ a: [UInt8], _ b: [UInt8], most: Int) -> Bool { distance(a, b) <= most }

  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let cost = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(cost, min(row[j], diagonal) + 1)
      }
    }
    return row[b.count]
  }

  /// Whether so many people bear the family name that a full name alone says little across organizations.
  static func isCommon(_ name: PersonName) -> Bool {
    common.contains(name.last) || eastAsian.contains(name.last)
      // Where the family name comes first, unless the name said otherwise.
      || !name.orderIsKnown && eastAsian.contains(name.first)
  }

  /// Whether both words of a name are given names too (`Paul Martin`, `Martin Paul`): their order matters then.
  static func areBothGiven(_ name: PersonName) -> Bool {
    name.words.count == 2 && given.contains(name.first) && given.contains(name.last)
  }

  private static let petNames: [String: Set<String>] = [
    "bob": ["robert"], "rob": ["robert"], "bill": ["william"], "will": ["william"], "mike": ["michael"],
    "tom": ["thomas"], "dave": ["david"], "steve": ["steven", "stephen"],
    "chris": ["christopher", "christian", "christine"],
    "alex": ["alexander", "alexandra", "alexandre", "alexey", "alexei"], "andy": ["andrew", "andreas"],
    "jim": ["james"], "joe": ["joseph"], "tony": ["anthony", "antonio"],
    "kate": ["katherine", "catherine", "katharina"],
    "liz": ["elizabeth"], "beth": ["elizabeth"], "matt": ["matthew"], "dan": ["daniel"], "danny": ["daniel"],
    "sam": ["samuel", "samantha"], "ben": ["benjamin"], "greg": ["gregory"], "pete": ["peter"], "tim": ["timothy"],
    "jeff": ["jeffrey", "geoffrey"], "ken": ["kenneth"], "ron": ["ronald"], "ed": ["edward"], "fred": ["frederick"],
    "nick": ["nicholas", "nicolas", "nikolaos"], "nikos": ["nikolaos"], "max": ["maximilian"], "zach": ["zachary"],
    "josh": ["joshua"], "jon": ["jonathan"], "vicky": ["victoria"], "sue": ["susan"], "jenny": ["jennifer"],
    "maggie": ["margaret"], "pat": ["patrick", "patricia"], "phil": ["philip", "phillip"], "ray": ["raymond"],
    "rick": ["richard"], "dick": ["richard"], "larry": ["lawrence"], "charlie": ["charles"], "kathy": ["kathleen"],
    "debbie": ["deborah"], "jan": ["johannes"], "hans": ["johannes"], "sepp": ["josef"], "toni": ["anton"],
    "yann": ["yannick"], "manu": ["emmanuel"], "fran": ["frances", "francisco"], "pepe": ["jose"],
    "paco": ["francisco"],
    "sasha": ["alexander", "aleksandr"], "misha": ["mikhail"], "kostas": ["konstantinos"], "giorgos": ["georgios"],
  ]

  private static let eastAsian: Set<String> = [
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "guo",
    "he", "lin", "gao", "luo", "zheng", "liang", "xie", "tang", "han", "cao", "deng", "feng", "kim", "lee", "park",
    "choi", "jung", "nguyen", "tran", "le", "pham",
  ]

  private static let common: Set<String> = [
    "singh", "kumar", "sharma", "gupta", "khan", "ali", "ahmed",
    "smith",
    "jones", "johnson", "williams", "brown", "davis", "miller", "wilson", "taylor", "thomas", "garcia", "martinez",
    "rodriguez", "lopez", "gonzalez", "hernandez", "perez", "silva", "santos", "muller", "mueller", "schmidt",
    "schneider", "fischer", "weber", "meyer", "wagner", "becker", "jensen", "nielsen", "hansen", "andersen",
    "petersen", "olsen", "larsen", "ivanov", "rossi", "martin", "bernard", "dubois", "sato", "suzuki", "tanaka",
    "jansen",
    "papadopoulos", "novak", "kowalski", "nowak", "cohen", "mohamed",
  ]

  private static let given: Set<String> = [
    "martin", "paul", "james", "thomas", "simon", "arthur", "george", "henry", "john", "david", "peter", "michael",
    "robert", "daniel", "stefan", "stephan", "andreas", "alexander", "anton", "benjamin", "bernard", "charles",
    "christian", "claude", "dennis", "frank", "franz", "friedrich", "gilbert", "gregory", "hans", "heinrich", "hermann",
    "jacob", "jakob", "jan", "jean", "johannes", "joseph", "julian", "karl", "kurt", "laurent", "leon", "lewis",
    "louis",
    "lucas", "lukas", "marie", "mark", "max", "nicolas", "oliver", "oscar", "otto", "owen", "patrick", "philip",
    "pierre", "ralph", "raymond", "richard", "roger", "ruben", "samuel", "scott", "sebastian", "stanley", "terry",
    "tobias", "victor", "vincent", "walter", "werner", "william", "adam", "alan", "albert", "allan", "andre", "anna",
    "antoine", "blake", "carol", "clement", "dean", "denis", "eugene", "felix", "francis", "gabriel", "gerard",
    "guy", "hugo", "jordan", "kelly", "leonard", "lloyd", "marc", "maria", "mathieu", "maurice", "morgan", "neil",
    "noel", "roland", "russell", "sandra", "theo", "wayne", "xavier", "ernst", "emma", "grace", "ivan", "joyce",
  ]
}
