internal import Notes

/// Putting two versions of one file together.
struct NoteMerge {
  /// What came of it.
  struct Result {
    var bytes: [UInt8]
    /// Why the second side's version must be kept beside it; nil when all of it is in `bytes`.
    var overlap: MergeConflict.Reason?
    /// Keys of the front matter for which a person has to choose.
    var fields: [FieldMerge.Conflict] = []
  }

  /// What the name of a file says about its text.
  enum Kind: Sendable { case note, journal, text }

  /// Merges two versions that come from `base`. The first side is the one whose commit is older; where
  /// both changed the same thing, its version stays.
  ///
  /// - Parameter base: Nil when both sides made the file.
  static func merge(
    base: [UInt8]?, _ first: [UInt8], _ second: [UInt8], _ kind: Kind
  ) -> Result {
    if first == second || second == base { return Result(bytes: first) }
    if first == base { return Result(bytes: second) }
    if [base ?? [], first, second].contains(where: { $0.contains(0) }) {
      return Result(bytes: first, overlap: .notText)
    }
    switch kind {
    case .text:
      guard let base else { return Result(bytes: first, overlap: .bothNew) }
      return text(base, first, second, .init())
    case .note, .journal:
      return note(base, first, second, isJournal: kind == .journal)
    }
  }

  /// The keys under which a note says what it is.
  static func identity(of note: [UInt8]) -> String? {
    let frontMatter = FrontMatter(note)
    guard frontMatter.error == nil else { return nil }
    return frontMatter.root?["id"]?.text
  }

  private static func note(
    _ base: [UInt8]?, _ first: [UInt8], _ second: [UInt8], isJournal: Bool
  ) -> Result {
    let isNew = base == nil
    let old = FrontMatter(base ?? [])
    let left = FrontMatter(first)
    let right = FrontMatter(second)
    let isLog = isJournal || [left, right].allSatisfy { $0.value("kind")?.text == "journal" }
    if isNew, !isLog {
      // Two notes that were made apart are one only if they say so.
      let id = left.root?["id"]?.text
      guard left.error == nil, right.error == nil, id != nil, id == right.root?["id"]?.text else {
        return Result(bytes: first, overlap: .bothNew)
      }
    }
    let style = LineMerge.Style(isMarkdown: true, isLog: isLog)
    guard [old, left, right].allSatisfy(isMergeable),
      let head = head((base ?? [], old), (first, left), (second, right))
    else {
      return text(base ?? [], first, second, style)
    }
    let body = LineMerge(
      base: Array((base ?? [])[old.bodyStart...]), Array(first[left.bodyStart...]),
      Array(second[right.bodyStart...]), style)
    let bytes = head.bytes + body.bytes
    guard isReadable(bytes) else { return text(base ?? [], first, second, style) }
    return Result(
      bytes: bytes, overlap: body.hasOverlap ? (isNew ? .bothNew : .sameLines) : nil,
      fields: head.fields)
  }

  private static func isMergeable(_ frontMatter: FrontMatter) -> Bool {
    frontMatter.error == nil && frontMatter.duplicateKeys.isEmpty
      && (frontMatter.format == .yaml || frontMatter.format == .none)
  }

  private static func isReadable(_ note: [UInt8]) -> Bool {
    let frontMatter = FrontMatter(note)
    return frontMatter.error == nil && frontMatter.duplicateKeys.isEmpty
  }

  /// Everything above the body; nil when the front matter cannot be put together key by key.
  private static func head(
    _ base: ([UInt8], FrontMatter), _ first: ([UInt8], FrontMatter),
    _ second: ([UInt8], FrontMatter)
  ) -> (bytes: [UInt8], fields: [FieldMerge.Conflict])? {
    func head(_ side: ([UInt8], FrontMatter)) -> [UInt8] { Array(side.0[..<side.1.bodyStart]) }
    let (old, left, right) = (head(base), head(first), head(second))
    if left == right || right == old { return (left, []) }
    if left == old { return (right, []) }
    // The fences are those of the first side that has them.
    let frame = first.1.format == .yaml ? first : second
    guard frame.1.format == .yaml else { return (left, []) }
    func content(_ side: ([UInt8], FrontMatter)) -> [UInt8] { Array(side.0[side.1.content]) }
    var fields = FieldMerge()
    guard
      var merged = fields.merge(base: content(base), content(first), content(second))
    else { return nil }
    if let last = merged.last, last != 0x0A { merged.append(0x0A) }
    let opening = frame.0[..<frame.1.content.lowerBound]
    let closing = frame.0[frame.1.content.upperBound..<frame.1.bodyStart]
    return (opening + merged + closing, fields.conflicts)
  }

  /// Merges the lines of a whole file. Front matter that both sides could read must be readable.
  private static func text(
    _ base: [UInt8], _ first: [UInt8], _ second: [UInt8], _ style: LineMerge.Style
  ) -> Result {
    let merged = LineMerge(base: base, first, second, style)
    if isReadable(first), isReadable(second), !isReadable(merged.bytes) {
      return Result(bytes: first, overlap: .frontMatter)
    }
    return Result(bytes: merged.bytes, overlap: merged.hasOverlap ? .sameLines : nil)
  }
}
