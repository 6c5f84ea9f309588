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
    /// In lower case, as UTF-8.
    var text: [UInt8]
    var isDigits = false

    init(what: String, source: String, text: String, isDigits: Bool = false) {
      self.what = what
      self.source = source
      self.text = FoldedText(text).bytes
      self.isDigits = isDigits
    }
  }

  /// A sentence as hashes: of its words, and of each six of them in a row.
  private struct Sentence: Sendable {
    var words: [UInt64]
    var windows: [UInt64]
    var source: String
  }

  private static let sentenceWords = 6

  private var secrets: [Secret] = []
  private var sentences: [Sentence] = []
  /// The sentences that begin with six words, by the hash of these.
  private var beginnings: [UInt64: [Int]] = [:]

  /// - Parameters:
  ///   - privateNotes: Notes that say `visibility: private`, and projects the audience does not see.
  ///   - shownNotes: Notes that may be quoted.
  public init(_ choice: Choice, privateNotes: [Note], shownNotes: [Note]) {
    addContacts(choice)
    addMetrics(choice)
    guard !privateNotes.isEmpty else { return }
    var kept: [[UInt64]: String] = [:]
    var order: [[UInt64]] = []
    for note in privateNotes {
      for sentence in Self.sentences(of: note) where kept[sentence.words] == nil {
        kept[sentence.words] = "\(note.path.description):\(sentence.line)"
        order.append(sentence.words)
      }
    }
    for note in shownNotes {
      for sentence in Self.sentences(of: note) { kept[sentence.words] = nil }
    }
    for words in order {
      guard let source = kept[words] else { continue }
      let windows = Self.windows(words)
      beginnings[windows[0], default: []].append(sentences.count)
      sentences.append(Sentence(words: words, windows: windows, source: source))
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
    leak(in: FoldedText(text), named: name)
  }

  /// The same for UTF-8.
  public func leak(in bytes: [UInt8], named name: String) -> Leak? {
    leak(in: FoldedText(bytes[...]), named: name)
  }

  private func leak(in text: FoldedText, named name: String) -> Leak? {
    var digits: FoldedText?
    for secret in secrets {
      let isFound: Bool
      if secret.isDigits {
        let all = digits ?? text.digitRuns
        digits = all
        isFound = all.contains(secret.text)
      } else {
        isFound = text.has(secret.text)
      }
      if isFound { return Leak(output: name, what: secret.what, source: secret.source) }
    }
    guard !sentences.isEmpty else { return nil }
    let windows = Self.windows(text.words)
    let candidates = windows.compactMap { beginnings[$0] }.joined().sorted()
    guard !candidates.isEmpty else { return nil }
    let all = Set(windows)
    for index in candidates where sentences[index].windows.allSatisfy(all.contains) {
      return Leak(
        output: name, what: "a sentence of a private note", source: sentences[index].source)
    }
    return nil
  }

  /// The hash of each six words in a row; none for fewer.
  private static func windows(_ words: [UInt64]) -> [UInt64] {
    guard words.count >= sentenceWords else { return [] }
    return (0...(words.count - sentenceWords)).map { start in
      var hash: UInt64 = 0
      for word in words[start..<start + sentenceWords] {
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      return hash
    }
  }

  /// Looks through a document with its links and metadata.
  public func leak(in document: Document, named name: String) -> Leak? {
    leak(in: DocumentText.everything(in: document), named: name)
  }

  /// The sentences of a note with six or more words, its front matter included.
  private static func sentences(of note: Note) -> [(words: [UInt64], line: Int)] {
    var found: [(words: [UInt64], line: Int)] = []
    let text = FoldedText(note.bytes.prefix(1 << 20))
    var line = 1
    var start = 0
    func add(_ end: Int) {
      let words = FoldedText.words(text.bytes[start..<end])
      if words.count >= sentenceWords { found.append((words, line)) }
      start = end + 1
    }
    for (index, byte) in text.bytes.enumerated() {
      switch byte {
      case 0x0A:
        add(index)
        line += 1
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"): add(index)
      default: break
      }
    }
    if start < text.bytes.count { add(text.bytes.count) }
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
    case .chart(let chart): parts += chart.texts
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
