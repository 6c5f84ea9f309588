/// Addresses that lead nowhere, and sections that say nothing.
extension ResumeLint {
  // MARK: - Addresses

  mutating func addresses() {
    for (index, line) in lines.enumerated() {
      for piece in line.split(whereSeparator: { $0.isWhitespace || "|·()<>[],;".contains($0) }) {
        let word = Self.bare(piece)
        if let why = Self.problem(ofAddress: word) {
          report(
            .warning, "bad-url", index, "\(why): \(word.prefix(60))",
            "Write the whole address, 'https://example.org/me'.")
        } else if word.lowercased().hasPrefix("http://") {
          report(
            .hint, "plain-http", index, "the address is not secured: \(word.prefix(60))",
            "Write 'https://' where the site has it.")
        } else if let why = Self.problem(ofMail: word) {
          report(
            .error, "bad-email", index, "\(why): \(word.prefix(60))",
            "Write it as 'name@example.org'.")
        }
      }
    }
  }

  private static func bare(_ piece: Substring) -> String {
    var word = String(piece)
    while let last = word.last, ".,:;!?\"'”’".contains(last) { word.removeLast() }
    return word
  }

  /// What is wrong with a word that means to be an address of the web; nil for others and good ones.
  private static func problem(ofAddress word: String) -> String? {
    let lowered = word.lowercased()
    for slip in ["http:/", "https:/", "http//", "https//", "htp://", "htps://", "ttps://", "hhtp"]
    where lowered.hasPrefix(slip) {
      if !lowered.hasPrefix("http://"), !lowered.hasPrefix("https://") {
        return "the address does not begin with https://"
      }
    }
    var rest = lowered[...]
    if let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) {
      rest = rest.dropFirst(scheme.count)
    } else if !lowered.hasPrefix("www.") {
      return nil
    }
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    if host.isEmpty { return "the address has no host" }
    if host == "localhost" || host.allSatisfy({ $0.isNumber || $0 == "." }) {
      return "the address is of one machine only"
    }
    let isWhole = labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    if !isWhole || (labels.last?.count ?? 0) < 2 { return "the address has no whole host" }
    let isPlain = host.allSatisfy { $0.isLetter || $0.isNumber || "-.".contains($0) }
    return isPlain ? nil : "the address has signs that no host has"
  }

  /// What is wrong with a word that means to be a mail address; nil for others and good ones.
  private static func problem(ofMail word: String) -> String? {
    // `@name` and `host/@name` are names of other networks.
    guard let at = word.firstIndex(of: "@"), at != word.startIndex, !word.contains("/"),
      word.last != "@"
    else { return nil }
    let before = word[..<at].drop { $0 == ":" }
    let after = word[word.index(after: at)...]
    if after.contains("@") { return "the mail address has two @" }
    let labels = after.split(separator: ".", omittingEmptySubsequences: false)
    if labels.count < 2 || labels.contains(where: \.isEmpty) || (labels.last?.count ?? 0) < 2 {
      return "the mail address has no whole host"
    }
    if before.hasSuffix(".") || before.contains("..") {
      return "the mail address has a stray full stop"
    }
    return nil
  }

  // MARK: - Sections

  /// Names of sections in every language there are words for, and what else they are called in English.
  private static let titles: Set<String> = {
    var names = Set(headings.flatMap(\.names))
    for words in Words.languages.compactMap({ Words($0) }) {
      for title in words.parts.values { names.insert(title.lowercased()) }
    }
    names.formUnion([
      "profile", "about", "about me", "objective", "highlights", "key skills", "certifications",
      "licenses", "honors", "honours", "volunteer experience", "open source", "speaking", "hobbies",
    ])
    return names
  }()

  /// The title that a line is, without the marks of Markdown; nil when it is none.
  private static func title(_ line: String) -> String? {
    let bare = line.trimmed.filter { $0 != "#" && $0 != ":" && $0 != "*" }.trimmed
    guard !bare.isEmpty, titles.contains(bare.lowercased()) else { return nil }
    return bare
  }

  mutating func sections() {
    var open: (title: String, line: Int, points: Int, hasText: Bool, hasDate: Bool)?
    let experience = Set(
      Self.headings[0].names
        + Words.languages.compactMap { Words($0)?.parts[.work]?.lowercased() })
    func isExperience(_ title: String) -> Bool { experience.contains(title.lowercased()) }
    var closed: [(title: String, line: Int, points: Int, hasText: Bool, hasDate: Bool)] = []
    for (index, line) in lines.enumerated() {
      if let title = Self.title(line) {
        if let open { closed.append(open) }
        open = (title, index, 0, false, false)
      } else if !line.trimmed.isEmpty {
        open?.hasText = true
        if let first = line.trimmed.first, "•-–*▪◦●‣∙".contains(first) { open?.points += 1 }
        if line.firstMatch(of: /(?:19|20)[0-9]{2}/) != nil { open?.hasDate = true }
      }
    }
    if let open { closed.append(open) }
    for section in closed {
      if !section.hasText {
        report(
          .warning, "empty-section", section.line, "nothing stands under '\(section.title)'",
          "Fill it or strike the heading.")
      } else if isExperience(section.title), !section.hasDate {
        report(
          .warning, "no-dates", section.line, "no job under '\(section.title)' has a date",
          "Write 'Mar 2022 – present' on the line of title and employer.")
      } else if isExperience(section.title), section.points == 0 {
        report(
          .hint, "no-points", section.line, "no job under '\(section.title)' says what was done",
          "Two to four points a job: what, by how much, how.")
      } else if section.points == 1, !isExperience(section.title) {
        report(
          .hint, "single-point", section.line, "'\(section.title)' is a list of one point",
          "Write it as a sentence, or add to it.")
      }
    }
    place()
  }

  /// Whether the head says where somebody is.
  private mutating func place() {
    let head = lines.map(\.trimmed).filter { !$0.isEmpty }.prefix(8)
    guard head.count > 1,
      let end = head.firstIndex(where: { Self.title($0) != nil }) ?? head.indices.last
    else { return }
    let pieces = head[..<max(1, end)].dropFirst().flatMap {
      $0.split(whereSeparator: { "|·•".contains($0) }).map { String($0).trimmed }
    }
    let hasPlace = pieces.contains { piece in
      !piece.contains("@") && !piece.contains("/") && piece.contains(",")
        && piece.contains(where: \.isLetter) && piece.count < 50
        || piece.count < 30 && piece.firstMatch(of: /^[\p{L} .\-]+$/) != nil
          && head.dropFirst().first?.contains(piece) != true
    }
    if !hasPlace {
      report(
        .hint, "no-location", nil, "the head does not say where you are",
        "Add the city: many look for people nearby.")
    }
  }
}
