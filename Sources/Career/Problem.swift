public import Notes

/// Something in a note, the profile or a view that cannot be used, with its place.
public struct Problem: Error, Equatable, Sendable {
  /// The path inside the vault; empty for what was typed on the command line.
  public var path: String
  public var position: TextPosition
  /// What is wrong.
  public var message: String
  /// What to write instead.
  public var remedy: String

  public init(_ path: String, _ position: TextPosition, _ message: String, _ remedy: String) {
    self.path = path
    self.position = position
    self.message = message
    self.remedy = remedy
  }

  /// `projects/etl.md:24:13`.
  public var place: String { "\(path):\(position.line):\(position.column)" }

  /// What is wrong, with its place in front when it has one.
  public var sentence: String { path.isEmpty ? message : "\(place): \(message)" }
}

/// Everything that is wrong, at once: nobody likes to mend one line a run.
public struct Problems: Error, Equatable, Sendable {
  public var list: [Problem]

  public init(_ list: [Problem]) { self.list = list }
}

/// Reads the keys of a mapping and collects what is wrong with them.
struct StrictReader {
  let path: String
  /// Which of several languages of a text to take; English when nil.
  let language: String?
  private(set) var problems: [Problem] = []

  init(path: String, language: String? = nil) {
    self.path = path
    self.language = language
  }

  mutating func report(_ node: YAMLNode, _ message: String, _ remedy: String) {
    report(node.position, message, remedy)
  }

  mutating func report(_ position: TextPosition, _ message: String, _ remedy: String) {
    problems.append(Problem(path, position, message, remedy))
  }

  /// Reports keys that are not among `known`.
  ///
  /// - Parameter tolerant: Report only those that look like a slip of the pen for a known one; any
  ///   other is the writer's own and left alone.
  mutating func check(
    _ node: YAMLNode, keys known: [String], of what: String, tolerant: Bool = false
  ) {
    if node.entries.isEmpty, !node.isNull, node.text != nil || !node.items.isEmpty {
      report(node, "\(what) has keys and values", "Write 'key: value' on lines of their own.")
    }
    var seen: Set<String> = []
    for entry in node.entries {
      let name = entry.name
      if !seen.insert(name).inserted {
        report(entry.key, "\(what) has the key \(name) twice", "Strike one of them.")
      }
      guard !known.contains(name) else { continue }
      let near =
        known.first { Self.bare($0) == Self.bare(name) } ?? Similar.closest(to: name, among: known)
      if let near {
        report(entry.key, "\(what) has no key \(name)", "Did you mean \(near)?")
      } else if !tolerant {
        report(
          entry.key, "\(what) has no key \(name)", "The keys are \(known.joined(separator: ", ")).")
      }
    }
  }

  /// `start_date`, `start-date` and `startDate` are one name.
  private static func bare(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" && $0 != "-" }
  }

  /// The value of a key, in the reader's language when it is there in several.
  private func value(_ node: YAMLNode?, _ key: String) -> YAMLNode? {
    guard let value = node?[key], !value.isNull else { return nil }
    guard let chosen = LanguageTag.choose(value, language) else { return value }
    return chosen.isNull ? nil : chosen
  }

  /// The text of a key, which may be there in several languages; a list or any other mapping is
  /// reported.
  mutating func text(_ node: YAMLNode?, _ key: String) -> String? {
    guard let value = value(node, key) else { return nil }
    guard let text = value.text else {
      report(value, "\(key) is one text, not a list", "Write it on one line behind '\(key):'.")
      return nil
    }
    return text
  }

  /// One of the words of an enumeration.
  mutating func choice<T: RawRepresentable & CaseIterable>(
    _ node: YAMLNode?, _ key: String, _ type: T.Type
  ) -> T? where T.RawValue == String {
    guard let value = node?[key], !value.isNull else { return nil }
    if let text = value.text, let choice = T(rawValue: text.lowercased()) { return choice }
    let names = T.allCases.map(\.rawValue)
    let near = value.text.flatMap { Similar.closest(to: $0, among: names) }
    report(
      value, "\(key) cannot be \(value.text ?? "a list")",
      (near.map { "Did you mean \($0)? " } ?? "") + "It is one of \(names.joined(separator: ", "))."
    )
    return nil
  }

  /// A date: a year, a month or a day.
  mutating func date(_ node: YAMLNode?, _ key: String) -> CalendarDate? {
    guard let value = node?[key], !value.isNull else { return nil }
    if let text = value.text, let date = CalendarDate(text) { return date }
    report(
      value, "\(key) is not a date: \(value.text ?? "a list")",
      "Write 2026-11-22, 2026-11 or 2026; leave it out for what still goes on.")
    return nil
  }

  /// A list of texts, each or all of them in several languages; one text is a list of one.
  mutating func texts(_ node: YAMLNode?, _ key: String) -> [String] {
    placedTexts(node, key).map(\.text)
  }

  /// The same with the place of each.
  mutating func placedTexts(
    _ node: YAMLNode?, _ key: String
  ) -> [(text: String, place: TextPosition)] {
    guard let value = value(node, key) else { return [] }
    guard !value.items.isEmpty else { return value.texts.map { ($0, value.position) } }
    return value.items.compactMap { item in
      let item = LanguageTag.choose(item, language) ?? item
      if item.text == nil, !item.isNull {
        report(item, "\(key) is a list of texts", "Quote texts that have a colon in them.")
      }
      return item.text.map { ($0, item.position) }
    }
  }
}
