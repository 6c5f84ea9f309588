internal import FullText
internal import Markup

extension Rename {
  /// Plans to give a heading of a note other words, in the note and in every link to it.
  public func plan(
    heading: String, of path: VaultPath, to words: String, moment: Int64
  ) throws(VaultError) -> Plan {
    guard let note = reader.read(path)?.note else {
      throw .noSuchNote(path.description, similar: [])
    }
    let key = Anchor.key(heading)
    let named = note.markdown.headings.filter { Anchor.key($0.text) == key && !key.isEmpty }
    guard let found = named.first else {
      throw .noSuchHeading(
        heading, path: path.description,
        similar: Similar.all(to: heading, among: note.markdown.headings.map(\.text), limit: 3))
    }
    guard named.count == 1 else {
      throw .unsafeEdit(
        path: path.description, reason: "it has \(named.count) headings called \(found.text)")
    }
    guard !words.contains(where: \.isNewline), !Anchor.key(words).isEmpty else {
      throw .badValue(key: "a heading", value: words, expected: "one line with letters")
    }
    let resolver = LinkResolver(index)
    let title = "mv \(path)#\(found.text) \(words)"
    var plan = Plan(ChangeSet(title: title, moment: moment)) { other throws(VaultError) in
      let splices = other.links.compactMap { link -> Splice? in
        guard link.isInternal, let fragment = link.fragment, link.kind != .reference,
          link.range.contains(link.targetRange.lowerBound),
          resolver.resolve(link, from: other.path) == .note(path)
        else { return nil }
        return Self.splice(fragment, link, in: other, from: found.text, to: words)
      }
      guard other.path == path else { return splices }
      guard let heading = other.markdown.headings.first(where: { Anchor.key($0.text) == key })
      else { throw .changedMeanwhile(path.description) }
      return Self.merged(
        splices,
        Splice(
          offset: heading.range.lowerBound, removed: Array(other.bytes[heading.range]),
          inserted: Array(words.utf8)))
    }
    for source in LinkRewrite(index, Moves(), notes: [path], files: []).sources {
      guard let other = source == path ? note : reader.read(source)?.note else { continue }
      let splices = try plan.splices(other)
      guard !splices.isEmpty, let edited = Self.edited(other, splices) else { continue }
      plan.changes.edit(source, other.bytes, splices, edited)
      plan.links += Self.linkChanges(other, splices, at: source)
    }
    return plan
  }

  /// The fragment of a link with the new words, as a slug where it was one.
  private static func splice(
    _ fragment: String, _ link: MarkdownScan.Link, in note: Note, from old: String, to new: String
  ) -> Splice? {
    let whole = note.bytes[link.targetRange]
    guard let hash = whole.firstIndex(of: UInt8(ascii: "#")) else { return nil }
    let key = Anchor.key(old)
    let isWikilink = link.kind == .wikilink || link.kind == .embed
    let written = String(decoding: whole[(hash + 1)...], as: UTF8.self)
    let parts = written.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
    var changed = false
    let renamed = parts.map { part -> String in
      let trimmed = part.withoutOuterSpaces
      guard !trimmed.hasPrefix("^"),
        Anchor.key(trimmed) == key || Anchor.key(Anchor.decoded(trimmed)) == key
      else { return part }
      changed = true
      let isSlug = trimmed == GitHubSlug.make(old) && trimmed != old
      if isSlug { return GitHubSlug.make(new) }
      return isWikilink ? wikilinkWords(new) : GitHubSlug.percentEncoded(new)
    }
    guard changed else { return nil }
    let start = hash + 1
    return Splice(
      offset: start, removed: Array(note.bytes[start..<link.targetRange.upperBound]),
      inserted: Array(renamed.joined(separator: "#").utf8))
  }

  /// A heading as a wikilink may name it: without the signs that end or divide a link.
  private static func wikilinkWords(_ heading: String) -> String {
    let words = heading.map { "#|^[]".contains($0) ? " " : $0 }
    return String(words).split(separator: " ").joined(separator: " ")
  }
}

/// The name that a heading has in addresses.
enum GitHubSlug {
  /// Lower case, blanks as dashes, punctuation left out.
  static func make(_ heading: String) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in heading.lowercased().unicodeScalars {
      if scalar == " " {
        slug.append("-")
      } else if scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil
      {
        slug.append(scalar)
      }
    }
    return String(slug)
  }

  static func percentEncoded(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      let isSafe =
        byte >= 0x80 || byte > 0x20 && byte != 0x7F && !Array("%()<>\\\"&#".utf8).contains(byte)
      if isSafe {
        out.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        out += Array(("%" + (digits.count < 2 ? "0" : "") + digits).utf8)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
