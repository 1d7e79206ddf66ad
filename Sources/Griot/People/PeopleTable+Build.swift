import Documents
import SearchEngine

extension PeopleTable {
  /// Roles in which somebody makes a document, rather than being named in it.
  static let makerRoles: [PersonRole] = [.author, .speaker, .editor]

  /// The distinct mentions of a snapshot in byte order, with the number of live documents that hold each.
  static func pairs(_ reader: IndexReader) throws(IndexError) -> [(mention: MentionName, count: Int)] {
    var counts: [MentionName: Int] = [:]
    for segment in reader.segments {
      let mentions = try segment.mentions()
      guard mentions.count > 0 else { continue }
      var byOrdinal = [Int](repeating: 0, count: Int(mentions.count))
      for document in 0..<segment.documentCount where segment.isLive(document) {
        mentions.forEach(document) { ordinal, _ in byOrdinal[Int(ordinal)] += 1 }
      }
      for ordinal in byOrdinal.indices where byOrdinal[ordinal] > 0 {
        let (name, address) = try mentions.mention(UInt32(ordinal))
        counts[MentionName(name: name, address: address), default: 0] += byOrdinal[ordinal]
      }
    }
    return counts.map { (mention: $0.key, count: $0.value) }.sorted {
      $0.mention.name == $1.mention.name
        ? $0.mention.address.lexicographicallyPrecedes($1.mention.address)
        : $0.mention.name.lexicographicallyPrecedes($1.mention.name)
    }
  }

  /// Resolves the people of a snapshot. O(mentions).
  static func build(_ reader: IndexReader, _ file: PeopleFile) throws(IndexError) -> PeopleTable {
    let pairs = try pairs(reader)
    guard !pairs.isEmpty else { return .empty }
    var resolver = PeopleResolver(pairs, file)
    resolver.resolve()
    let identities = PeopleIdentities(resolver)
    var byMention: [MentionName: UInt32] = [:]
    for index in resolver.mentions.indices {
      byMention[resolver.mentions[index].mention] = identities.code[index]
    }
    var segments: [[UInt32]] = []
    for segment in reader.segments {
      let mentions = try segment.mentions()
      var map: [UInt32] = []
      map.reserveCapacity(Int(mentions.count))
      for ordinal in 0..<mentions.count {
        let (name, address) = try mentions.mention(ordinal)
        map.append(byMention[MentionName(name: name, address: address)] ?? nobodyCode)
      }
      segments.append(map)
    }
    var persons = identities.persons
    try count(reader, segments, &persons)
    let table = byMention.map { (hash: hash($0.key), code: $0.value) }.sorted {
      $0.hash != $1.hash ? $0.hash < $1.hash : $0.code < $1.code
    }
    return PeopleTable(
      persons: PersonList(persons), segments: segments, hashes: table.map(\.hash), codes: table.map(\.code),
      fullNames: FullNames(persons))
  }

  /// Documents by person.
  private static func count(
    _ reader: IndexReader, _ maps: [[UInt32]], _ persons: inout [PersonRecord]
  ) throws(IndexError) {
    var volumes = [Int](repeating: 0, count: persons.count)
    let roles = QueryFields.mask(makerRoles)
    for (index, segment) in reader.segments.enumerated() {
      let mentions = try segment.mentions()
      let map = maps[index]
      // The last document that counted a person: one with two spellings of somebody counts once.
      var last = [UInt32](repeating: .max, count: persons.count)
      for document in 0..<segment.documentCount where segment.isLive(document) {
        mentions.forEach(document) { ordinal, role in
          let code = Int(map[Int(ordinal)])
          guard code < persons.count, roles &>> UInt64(role) & 1 == 1, last[code] != document else { return }
          last[code] = document
          volumes[code] += 1
        }
      }
    }
    for index in persons.indices { persons[index].documents = volumes[index] }
  }
}

/// The groups of a resolver as people.
struct PeopleIdentities {
  private(set) var persons: [PersonRecord] = []
  /// By mention: the person, or ``PeopleTable/nobodyCode``, or ``PeopleTable/hiddenCode``.
  private(set) var code: [UInt32]
  /// By person: its mentions.
  private(set) var members: [[Int]] = []

  init(_ resolver: PeopleResolver) {
    let mentions = resolver.mentions
    code = Array(repeating: PeopleTable.nobodyCode, count: mentions.count)
    var byRoot: [Int: Int] = [:]
    for index in mentions.indices where mentions[index].nobody == nil {
      let root = resolver.root(index)
      if let person = byRoot[root] {
        members[person].append(index)
      } else {
        byRoot[root] = members.count
        members.append([index])
      }
    }
    for (person, group) in members.enumerated() {
      let record = Self.record(resolver, group)
      persons.append(record)
      for index in group { code[index] = record.isHidden ? PeopleTable.hiddenCode : UInt32(person) }
    }
    // Hidden under a name that no rule takes for a person's is hidden, too.
    for index in mentions.indices where mentions[index].nobody != nil && !resolver.file.hidden.isEmpty {
      let raw = String(decoding: mentions[index].mention.name, as: UTF8.self)
      let address = MailAddress(String(decoding: mentions[index].mention.address, as: UTF8.self))
      if resolver.file.hidden.contains(where: { $0.matches(raw, address) }) { code[index] = PeopleTable.hiddenCode }
    }
  }

  private static func record(_ resolver: PeopleResolver, _ group: [Int]) -> PersonRecord {
    var names: [String: (count: Int, rank: Int)] = [:]
    var addresses: [String: Int] = [:]
    var record = PersonRecord(name: "")
    for index in group {
      let mention = resolver.mentions[index]
      let raw = String(decoding: mention.mention.name, as: UTF8.self)
      let address = String(decoding: mention.mention.address, as: UTF8.self)
      if let name = mention.name {
        names[name.display, default: (0, name.isFull ? 1 : 0)].count += mention.count
      }
      // A shared or a list's address is not this person's.
      if let own = mention.address, !resolver.shared.contains(own) {
        addresses[address, default: 0] += mention.count
      }
      guard !resolver.file.isEmpty else { continue }
      let written = MailAddress(address)
      if let entry = resolver.file.entry(raw, mention.name, written) {
        record.isPinned = true
        if !entry.proper.name.isEmpty { record.name = entry.proper.name }
      }
      for (matcher, about) in resolver.file.abouts where matcher.matches(raw, written) {
        record.unit = record.unit ?? about.unit
        record.title = record.title ?? about.title
      }
      if resolver.file.hidden.contains(where: { $0.matches(raw, written) }) { record.isHidden = true }
    }
    if resolver.file.hidden.contains(where: { $0.matches(record.name, nil) }) { record.isHidden = true }
    let ranked = names.sorted {
      if $0.value.rank != $1.value.rank { return $0.value.rank > $1.value.rank }
      return $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key
    }.map(\.key)
    record.addresses = addresses.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map(\.key)
    if record.name.isEmpty {
      // Known by an address alone: the part before the @ is a name of a sort, and no address.
      record.name = ranked.first ?? record.addresses.first.map { String($0.prefix { $0 != "@" }) } ?? ""
    }
    record.aliases = ranked.filter { $0 != record.name }
    return record
  }
}
