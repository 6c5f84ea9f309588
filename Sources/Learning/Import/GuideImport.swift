internal import Markup
public import Notes

/// A guide's file on its way into a vault: read, repaired, counted, and joined with the guide that is
/// there.
public struct GuideImport: Sendable {
  /// A section of the file with what it holds and what became of its items.
  public struct Part: Sendable {
    public var title: String
    public var line: Int
    public var counts: GuideCounts
    /// Items by what they are, in the order of ``GuideItem/Role``.
    public var became: [(role: GuideItem.Role, count: Int)]
  }

  /// A guide that is in the vault already.
  public struct Earlier: Sendable {
    public var note: Note
    /// The edition that it came from, as it was imported; nil when that is not known.
    public var base: Note?

    public init(note: Note, base: Note?) {
      self.note = note
      self.base = base
    }
  }

  /// The file as it is read.
  public let guide: Guide
  public let counts: GuideCounts
  /// What stands before the first section, then each section.
  public let parts: [Part]
  /// What is damaged in the encoding; nil when nothing is.
  public let repair: EncodingRepair?
  public let isRepaired: Bool
  /// How the earlier guide and this one go together; nil when there was none, or it had no progress.
  public let merge: GuideMerge?
  /// Items of the earlier guide that are kept at the end of the new one.
  public let kept: [GuideItem]
  /// The bytes for the vault.
  public let result: [UInt8]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - isRepairing: Whether damaged characters are put right.
  ///   - earlier: The guide of the vault, whose progress is kept.
  public init(
    _ note: Note, isRepairing: Bool, earlier: Earlier? = nil
  ) throws(GuideProblem) {
    if let line = Self.firstLineNotUTF8(note.bytes) {
      throw GuideProblem(
        path: note.path.description, line: line, message: "this is not UTF-8 text",
        remedy: "Convert it first, for instance with 'iconv -f WINDOWS-1252 -t UTF-8 FILE'.",
        isFatal: true)
    }
    let text = String(decoding: note.bytes, as: UTF8.self)
    let repair = note.bytes.count <= MarkdownDocument.Limits.size ? EncodingRepair(text) : nil
    let bytes = isRepairing ? repair.map { Array($0.text.utf8) } ?? note.bytes : note.bytes
    let read = bytes == note.bytes ? note : Note(path: note.path, bytes: bytes)
    let guide = Guide(read)
    if let problem = guide.problems.first(where: \.isFatal) { throw problem }
    let counter = GuideCounter(read.guideDocument)
    let items = guide.items
    guard items.count == counter.total.items else {
      throw GuideProblem(
        path: note.path.description, line: 1,
        message: "of \(counter.total.items) items only \(items.count) were understood",
        remedy: "Nothing was imported. Please report it with the file.", isFatal: true)
    }
    self.guide = guide
    self.repair = repair
    isRepaired = isRepairing && repair != nil
    counts = counter.total
    parts = Self.parts(counter, items)
    guard let earlier, Guide(earlier.note).items.contains(where: { $0.isDone == true }) else {
      merge = nil
      kept = []
      result = bytes
      return
    }
    let merge = GuideMerge(old: Guide(earlier.note), new: guide)
    let joined = merge.text(
      old: earlier.note.bytes, base: earlier.base.map { Guide($0) }, new: bytes)
    self.merge = merge
    kept = joined.kept
    result = joined.text
  }

  private static func parts(_ counter: GuideCounter, _ items: [GuideItem]) -> [Part] {
    var parts: [Part] = []
    let starts = counter.parts.map(\.line) + [Int.max]
    func became(_ lines: Range<Int>) -> [(role: GuideItem.Role, count: Int)] {
      let inside = Dictionary(grouping: items.filter { lines.contains($0.line) }, by: \.role)
      return GuideItem.Role.allCases.compactMap { role in
        inside[role].map { (role, $0.count) }
      }
    }
    if counter.before.items > 0 || counter.parts.isEmpty {
      parts.append(
        Part(title: "", line: 1, counts: counter.before, became: became(0..<starts[0])))
    }
    for (index, part) in counter.parts.enumerated() {
      parts.append(
        Part(
          title: part.title, line: part.line, counts: part.counts,
          became: became(part.line..<starts[index + 1])))
    }
    return parts
  }

  private static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where String(validating: line, as: UTF8.self) == nil {
      return index + 1
    }
    return 1
  }
}
