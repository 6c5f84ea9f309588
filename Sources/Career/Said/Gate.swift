public import Manuscript
public import Notes

/// The second of the two steps that keep private things private: it reads what was made and finds
/// what should not be in it, however it came there.
///
/// It looks for contact details that the view keeps back, for values of private metrics, and for
/// sentences of six or more words of private notes. What a shown note says itself is no leak.
public struct Gate: Sendable {
  /// Something private in a finished document.
  public struct Leak: Error, Equatable, Sendable {
    /// The file or document it was found in.
    public var output: String
    /// What it is, without repeating it: `the phone number`.
    public var what: String
    /// Where it is kept: `profile.md`, `projects/etl.md:71`.
    public var source: String
  }

  private struct Secret: Sendable {
    var what: String
    var source: String
    var text: String
    var isDigits = false
  }

  private static let sentenceWords = 6

  private var secrets: [Secret] = []
  private var sentences: [(words: [String], source: String)] = []

  /// - Parameters:
  ///   - privateNotes: Notes that say `visibility: private`, and projects the audience does not see.
  ///   - shownNotes: Notes that may be quoted.
  public init(_ choice: Choice, privateNotes: [Note], shownNotes: [Note]) {
    addContacts(choice)
    addMetrics(choice)
    var quotable: Set<[String]> = []
    for note in shownNotes {
      for sentence in Self.sentences(of: note) { quotable.insert(sentence.words) }
    }
    for note in privateNotes {
      for sentence in Self.sentences(of: note) where !quotable.contains(sentence.words) {
        sentences.append((sentence.words, "\(note.path.description):\(sentence.line)"))
      }
    }
  }

  private mutating func addContacts(_ choice: Choice) {
    let shown = Set(choice.contactFields)
    let profile = choice.profile
    let source = "profile.md"
    if !shown.contains(.email), let email = profile.email {
      secrets.append(Secret(what: "the e-mail address", source: source, text: email.lowercased()))
    }
    if !shown.contains(.phone), let phone = profile.phone {
      let digits = phone.filter(\.isASCIIDigit)
      if digits.count >= 6 {
        secrets.append(
          Secret(what: "the phone number", source: source, text: digits, isDigits: true))
      }
    }
    if !shown.contains(.url), let url = profile.url {
      secrets.append(
        Secret(what: "the address of the web site", source: source, text: Choice.shortened(url)))
    }
    if !shown.contains(.profiles) {
      for account in profile.accounts {
        guard let url = account.url else { continue }
        secrets.append(
          Secret(
            what: "the \(account.network) address", source: source, text: Choice.shortened(url)))
      }
    }
  }

  private mutating func addMetrics(_ choice: Choice) {
    func values(_ metric: Metric) -> [String] {
      [metric.before?.words, metric.after.words].compactMap { $0 }
    }
    let shown = Set(
      choice.projects.flatMap(\.metrics).filter { $0.visibility == .public }.flatMap(values))
    let hidden =
      choice.keptMetrics
      + choice.keptBack.flatMap { project in
        project.metrics.filter { $0.visibility == .private || project.visibility == .private }
      }
    for metric in hidden {
      // A short value such as "9 h" means nothing by itself, and one that is shown elsewhere is known.
      for value in values(metric) where value.count >= 5 && !shown.contains(value) {
        secrets.append(
          Secret(
            what: "a value of the metric \(metric.id)",
            source: "\(metric.note):\(metric.position.line)", text: value.lowercased()))
      }
    }
  }

  /// The same gate, which also lets none of these names through.
  public func without(_ anonymiser: Anonymiser) -> Gate {
    var gate = self
    gate.secrets += anonymiser.replacements.map {
      Secret(what: "the name \($0.name)", source: "--anonymise", text: $0.name.lowercased())
    }
    return gate
  }

  /// Looks through the text of an output; nil when there is nothing private in it.
  public func leak(in text: String, named name: String) -> Leak? {
    let lowered = text.lowercased()
    var digits: String?
    for secret in secrets {
      let isFound: Bool
      if secret.isDigits {
        let all = digits ?? Self.digitRuns(text)
        digits = all
        isFound = all.contains(secret.text)
      } else {
        isFound = Self.contains(lowered, secret.text)
      }
      if isFound { return Leak(output: name, what: secret.what, source: secret.source) }
    }
    guard !sentences.isEmpty else { return nil }
    let words = Self.words(text[...])
    var shingles: Set<ArraySlice<String>> = []
    if words.count >= Self.sentenceWords {
      for start in 0...(words.count - Self.sentenceWords) {
        shingles.insert(words[start..<start + Self.sentenceWords])
      }
    }
    for (sentence, source) in sentences {
      let isFound = (0...(sentence.count - Self.sentenceWords)).allSatisfy {
        shingles.contains(sentence[$0..<$0 + Self.sentenceWords])
      }
      if isFound { return Leak(output: name, what: "a sentence of a private note", source: source) }
    }
    return nil
  }

  /// Looks through a document with its links and metadata.
  public func leak(in document: Document, named name: String) -> Leak? {
    leak(in: DocumentText.everything(in: document), named: name)
  }

  /// Whether `text` has `needle` not as the beginning of a longer address or number.
  private static func contains(_ text: String, _ needle: String) -> Bool {
    let needle = needle.lowercased()
    return text.ranges(of: needle).contains { range in
      guard range.upperBound < text.endIndex else { return true }
      let next = text[range.upperBound]
      return !(next.isLetter || next.isNumber || next == "/" || next == "-" || next == "_")
    }
  }

  /// Runs of digits, written together where only spaces and the signs of phone numbers part them.
  private static func digitRuns(_ text: String) -> String {
    var out = ""
    var isPending = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        out.unicodeScalars.append(UnicodeScalar(byte))
        isPending = true
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "/"), UInt8(ascii: "+"), 0xC2, 0xA0:
        continue
      default:
        if isPending { out += "|" }
        isPending = false
      }
    }
    return out
  }

  private static func words(_ text: Substring) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// The sentences of a note with six or more words, its front matter included.
  private static func sentences(of note: Note) -> [(words: [String], line: Int)] {
    var found: [(words: [String], line: Int)] = []
    let text = String(decoding: note.bytes.prefix(1 << 20), as: UTF8.self)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for sentence in line.split(whereSeparator: { ".!?;".contains($0) }) {
        let words = words(sentence)
        if words.count >= sentenceWords { found.append((words, index + 1)) }
      }
    }
    return found
  }
}

/// Every text of a document in one string, for the gate.
enum DocumentText {
  static func everything(in document: Document) -> String {
    var parts = [document.title, document.author, document.subject]
    parts += document.keywords
    parts += [document.masthead.name, document.masthead.label]
    for contact in document.masthead.contacts { parts += texts(contact) }
    for section in document.sections {
      parts.append(section.title)
      for block in section.blocks { add(block, to: &parts) }
    }
    return parts.joined(separator: "\n")
  }

  /// Every text of one block.
  static func text(of block: Block) -> String {
    var parts: [String] = []
    add(block, to: &parts)
    return parts.joined(separator: "\n")
  }

  private static func texts(_ runs: [Run]) -> [String] {
    [runs.text] + runs.compactMap { $0.link?.target }
  }

  private static func add(_ block: Block, to parts: inout [String]) {
    switch block {
    case .heading(let runs), .paragraph(let runs, _): parts += texts(runs)
    case .list(let items): for item in items { parts += texts(item) }
    case .entry(let entry):
      parts += texts(entry.title) + entry.details.flatMap(texts) + [entry.id, entry.dates]
      for inner in entry.blocks { add(inner, to: &parts) }
    case .labelled(let items): for item in items { parts += [item.label] + texts(item.text) }
    case .table(let table): for row in [table.header] + table.rows { parts += row.flatMap(texts) }
    case .figures(let figures): parts += figures.flatMap { [$0.value, $0.label, $0.detail] }
    case .chart(.comparison(let pairs)):
      parts += pairs.flatMap { [$0.label, $0.before, $0.after, $0.change] }
    case .chart(.timeline(let spans, _, _)): parts += spans.flatMap { [$0.label, $0.dates] }
    case .chart(.heatMap(let map)):
      parts += [map.title, map.unit] + map.columns + map.rows.flatMap { [$0.label, $0.group] }
    case .subheading(let runs, _): parts += texts(runs)
    case .code(let code): parts.append(code.text)
    case .items(let list):
      for item in list.items { for inner in item.blocks { add(inner, to: &parts) } }
    case .quote(let blocks, let label):
      parts.append(label)
      for inner in blocks { add(inner, to: &parts) }
    case .image(let image): parts += [image.alternative, image.source.target]
    }
  }
}
