/// The front-matter keys that mean something here, with what their values are.
///
/// Any other key is kept, indexed and filterable; these are the ones whose values can be checked and
/// whose misspellings can be told.
public enum NoteKey {
  public enum ValueType: Equatable, Sendable {
    case text, list, date, truth, kind, visibility, any
    case number(ClosedRange<Int>)
  }

  static let types: [String: ValueType] = [
    "title": .text, "aliases": .list, "alias": .list, "tags": .list, "tag": .list,
    "keywords": .list, "categories": .list, "kind": .kind, "skills": .list, "skill": .list,
    "lang": .text, "language": .text, "source": .any, "verified": .date, "created": .date,
    "date": .date, "modified": .date, "updated": .date, "lastmod": .date, "published": .any,
    "visibility": .visibility, "difficulty": .number(1...5), "placeholders": .truth,
    "role": .text, "organisation": .text, "start": .date, "end": .date, "impact": .any,
    "challenges": .any, "stack": .list, "metrics": .any, "evidence": .any, "error": .any,
    "errors": .any, "cause": .any, "fix": .any, "url": .any, "author": .any,
    "rating": .number(0...5), "status": .text, "description": .text, "summary": .any,
    "draft": .truth, "publish": .truth, "id": .any, "slug": .text, "type": .any, "weight": .any,
    "license": .text, "team": .any, "links": .any,
  ]

  /// What the values of a key are; nil for keys that mean nothing here.
  public static func type(of key: String) -> ValueType? { types[key.lowercased()] }

  /// The key that may have been meant by one that is not known, or nil.
  ///
  /// Only keys of folio's own are worth a word: `titel` may be a key of some other tool, but a
  /// misspelt `visibility` would publish a note.
  public static func similar(to key: String) -> String? {
    let key = key.lowercased()
    guard types[key] == nil, key.utf8.count >= 4 else { return nil }
    // Plurals and singulars of a key are other words, not other spellings.
    let near = Similar.closest(to: key, among: own.filter { $0 + "s" != key && key + "s" != $0 })
    // A key that only begins like one of ours is a longer word.
    return near.flatMap { name in
      name.utf8.count - key.utf8.count > 2 ? nil : name
    }
  }

  private static let own = [
    "title", "aliases", "tags", "kind", "skills", "lang", "source", "verified", "created",
    "visibility", "difficulty", "placeholders", "organisation", "impact", "challenges", "stack",
    "metrics", "evidence", "error", "cause", "rating", "status", "author",
  ]

  /// What a person typed for a key, checked and in the form in which it is kept.
  ///
  /// Dates may be words (`today`); lists are divided at commas, or written as `[a, b]`.
  public static func value(
    of key: String, typed text: String, now: LocalTime
  ) throws(VaultError) -> FrontMatterValue {
    if text.isEmpty { return .empty }
    func wrong(_ expected: String) -> VaultError {
      .badValue(key: key, value: text, expected: expected)
    }
    switch type(of: key) {
    case .list: return .list(items(text))
    case .date:
      if key.lowercased() == "end", text == "present" { return .text(text) }
      // A moment stays as it was written; words become a day.
      if NoteDate(text) != nil { return .text(text) }
      return .text(try DateWords.parse(text, now: now))
    case .kind:
      guard let kind = NoteKind(typed: text) else {
        throw .unknownKind(
          text, similar: Similar.closest(to: text, among: NoteKind.allCases.map(\.rawValue)))
      }
      return .text(kind.rawValue)
    case .visibility:
      guard ["public", "private"].contains(text) else { throw wrong("public or private") }
    case .truth:
      guard ["true", "false"].contains(text) else { throw wrong("true or false") }
    case .number(let range):
      guard let number = Double(text), range.contains(Int(number.rounded(.down))),
        number <= Double(range.upperBound)
      else { throw wrong("a number from \(range.lowerBound) to \(range.upperBound)") }
    case .text, .any, nil:
      if text.hasPrefix("["), text.hasSuffix("]"), !text.hasPrefix("[[") {
        return .list(items(text))
      }
    }
    return .text(text)
  }

  /// The items of `a, b` or `[a, b]`.
  public static func items(_ text: String) -> [String] {
    var inner = text[...]
    if inner.hasPrefix("["), inner.hasSuffix("]"), !inner.hasPrefix("[[") {
      inner = inner.dropFirst().dropLast()
    }
    return inner.split(separator: ",").map { part in
      var part = part
      while part.first == " " { part.removeFirst() }
      while part.last == " " { part.removeLast() }
      if part.count >= 2, let quote = part.first, quote == part.last, quote == "\"" || quote == "'"
      {
        part = part.dropFirst().dropLast()
      }
      return String(part)
    }.filter { !$0.isEmpty }
  }
}
