/// The words of dates: month names of the languages in which they are met, and time zones.
enum DateWords {
  /// Minutes from UTC of a time zone's abbreviation.
  ///
  /// - Parameter name: In lower case.
  static func zone(_ name: String) -> Int? { zones[name] }

  private static let zones: [String: Int] = [
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "hst": -600, "cet": 60, "cest": 120, "met": 60,
    "mest": 120, "mez": 60, "mesz": 120, "bst": 60, "eet": 120, "eest": 180, "msk": 180, "msd": 240, "ist": 330,
    "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "acst": 570, "awst": 480, "nzst": 720,
    "nzdt": 780, "sast": 120, "brt": -180,
  ]

  /// - Parameter word: Lower-case (ASCII letters only), UTF-8.
  static func month(_ word: [UInt8]) -> Int? {
    guard word.count >= 3 else { return nil }
    if let whole = exact[word] { return whole }
    // Abbreviations: at least three bytes of one name and of no other month's.
    guard word.count <= 4 else { return nil }
    var found: Int?
    for (name, month) in exact where name.count > word.count && name.starts(with: word) {
      if found != nil, found != month { return nil }
      found = month
    }
    return found
  }

  private static let exact: [[UInt8]: Int] = {
    var out: [[UInt8]: Int] = [:]
    for line in names {
      for (i, name) in line.split(separator: " ").enumerated() where name != "-" { out[[UInt8](name.utf8)] = i + 1 }
    }
    let others = [
      "sept": 9, "mrz": 3, "mär": 3, "maerz": 3, "mrt": 3, "marco": 3, "maj": 5, "fév": 2, "févr": 2, "fevrier": 2,
      "jui": 7, "ago": 8, "aoû": 8, "aout": 8, "déc": 12, "decembre": 12,
    ]
    for (name, month) in others {
      out[[UInt8](name.utf8)] = month
    }
    return out
  }()

  private static let names = [
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber - - - - - - - - - -",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
  ]
}
