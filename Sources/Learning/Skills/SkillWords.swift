internal import Notes

/// The words of `skills.yaml`: what a vault's owner says points to each area.
///
///     kubernetes:
///       name: Kubernetes          # as the guide writes it
///       words: [kubectl, helm]    # words or phrases
///       level: strong             # how well you would say you know it; may be left out
public struct SkillWords: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    public var id: String
    public var name: String
    public var words: [String]
    /// How well the owner says to know it.
    public var level: SkillLevel?
    public var line: Int
  }

  public static let fileName = "skills.yaml"

  public var entries: [Entry]

  public init(_ entries: [Entry] = []) { self.entries = entries }

  /// Reads the file; throws what is wrong with it, with the line.
  public init(_ bytes: [UInt8], path: String = SkillWords.fileName) throws(GuideProblem) {
    func problem(_ position: TextPosition, _ message: String, _ remedy: String) -> GuideProblem {
      GuideProblem(
        path: path, line: position.line, message: message, remedy: remedy, isFatal: true)
    }
    let root: YAMLNode?
    do throws(YAMLError) { root = try YAMLParser.parse(bytes) } catch {
      throw problem(error.position, "it cannot be read: \(error.reason)", "Mend that line.")
    }
    entries = []
    guard let root, !root.isNull else { return }
    guard case .mapping = root.value else {
      throw problem(
        root.position, "not ids with words below them", "Write 'kubernetes: {words: [helm]}'.")
    }
    for entry in root.entries {
      let node = entry.value
      // A bare list is the words.
      let words = node["words"] ?? node
      guard node.isNull || !words.texts.isEmpty || !node.entries.isEmpty else {
        throw problem(
          node.position, "\(entry.name) has no list of words", "Write 'words: [one, two]' below it."
        )
      }
      var level: SkillLevel?
      if let said = node["level"] {
        level = said.text.flatMap { SkillLevel(rawValue: $0.lowercased()) }
        guard level != nil else {
          throw problem(
            said.position, "\(said.text ?? "this") is no level",
            "Write one of \(SkillLevel.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
      }
      entries.append(
        Entry(
          id: entry.name, name: node["name"]?.text ?? entry.name, words: words.texts,
          level: level, line: entry.key.position.line))
    }
  }

  /// How well the owner says to know each area, by its id.
  public var declared: [String: SkillLevel] {
    Dictionary(
      entries.compactMap { entry in entry.level.map { (entry.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The words for each area, by its id. An entry of another id goes to the area whose name is about
  /// the same topic, so that the words stay of use when the guide changes.
  func byArea(_ areas: SkillAreas, _ match: TopicMatch) -> [String: [String]] {
    var words: [String: [String]] = [:]
    var areaOfTopic: [Int: String] = [:]
    for area in areas.all {
      if let topic = match.topic(of: area.name), areaOfTopic[topic] == nil {
        areaOfTopic[topic] = area.id
      }
    }
    let known = Set(areas.all.map(\.id))
    for entry in entries {
      if known.contains(entry.id) {
        words[entry.id, default: []] += entry.words
      } else if let topic = match.topic(of: entry.name), let area = areaOfTopic[topic] {
        words[area, default: []] += entry.words
      }
    }
    return words
  }
}
