/// Undoes what happens to a text whose UTF-8 was read in a single-byte encoding and saved again.
///
/// `→` read as Mac OS Roman has become `‚Üí`. Whether a text is damaged is judged on all of it, never on
/// a line: a table repairs the text when every run of characters beyond ASCII turns into UTF-8 with
/// it. Where that is not so, single runs are repaired only when they turn into signs (emoji, arrows,
/// punctuation), never into letters, for two letters of clean French can look like one damaged one.
public struct EncodingRepair: Sendable, Equatable {
  /// An encoding that the text may have been read in.
  public enum Encoding: String, Sendable, CaseIterable {
    case macRoman = "Mac OS Roman"
    case windows1252 = "Windows-1252"
    case latin1 = "ISO 8859-1"
    case codePage437 = "code page 437"
    case codePage850 = "code page 850"

    var table: [UInt16] {
      switch self {
      case .macRoman: EncodingTables.macRoman
      case .windows1252: EncodingTables.windows1252
      case .latin1: EncodingTables.latin1
      case .codePage437: EncodingTables.codePage437
      case .codePage850: EncodingTables.codePage850
      }
    }
  }

  /// A run of characters that is put right.
  public struct Change: Sendable, Equatable {
    /// Line of the text, from 1.
    public var line: Int
    public var before: String
    public var after: String
  }

  public var encoding: Encoding
  public var changes: [Change]
  /// Runs beyond ASCII that are left as they are.
  public var kept: Int
  /// The text with every change made.
  public var text: String

  private struct Run {
    var range: Range<String.UnicodeScalarView.Index>
    var line: Int
  }

  /// Fewer letters than this could be chance.
  private static let leastLetters = 3

  /// The repair of a text; nil when there is nothing to repair.
  public init?(_ text: String) {
    let runs = Self.runs(of: text)
    guard !runs.isEmpty else { return nil }
    var best: (encoding: Encoding, decoded: [String?], count: Int)?
    for encoding in Encoding.allCases {
      let bytes = Self.bytes(of: encoding)
      var decoded = runs.map { Self.decode(text.unicodeScalars[$0.range], bytes) }
      let all = decoded.allSatisfy { $0 != nil }
      let letters = decoded.compactMap { $0 }.count { Self.hasLetters($0) }
      if !all || letters > 0 && letters < Self.leastLetters {
        decoded = decoded.map { $0.flatMap { Self.hasLetters($0) ? nil : $0 } }
      }
      let count = decoded.count { $0 != nil }
      if count > best?.count ?? 0 { best = (encoding, decoded, count) }
    }
    guard let best else { return nil }
    encoding = best.encoding
    kept = runs.count - best.count
    var changes: [Change] = []
    var repaired = String.UnicodeScalarView()
    var at = text.unicodeScalars.startIndex
    for (run, decoded) in zip(runs, best.decoded) {
      guard let decoded else { continue }
      repaired.append(contentsOf: text.unicodeScalars[at..<run.range.lowerBound])
      repaired.append(contentsOf: decoded.unicodeScalars)
      at = run.range.upperBound
      changes.append(
        Change(
          line: run.line, before: String(text.unicodeScalars[run.range]), after: decoded))
    }
    repaired.append(contentsOf: text.unicodeScalars[at...])
    self.changes = changes
    self.text = String(repaired)
  }

  /// The longest runs of characters beyond ASCII.
  private static func runs(of text: String) -> [Run] {
    var runs: [Run] = []
    var line = 1
    var start: String.UnicodeScalarView.Index?
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar.isASCII {
        if let begun = start { runs.append(Run(range: begun..<index, line: line)) }
        start = nil
        if scalar == "\n" { line += 1 }
      } else if start == nil, scalar != "\u{FEFF}" || index != scalars.startIndex {
        start = index
      }
    }
    if let begun = start { runs.append(Run(range: begun..<scalars.endIndex, line: line)) }
    return runs
  }

  private static func bytes(of encoding: Encoding) -> [UInt32: UInt8] {
    var bytes: [UInt32: UInt8] = [:]
    for (index, scalar) in encoding.table.enumerated() {
      bytes[UInt32(scalar)] = UInt8(0x80 + index)
    }
    return bytes
  }

  /// What a run is when its bytes in an encoding are read as UTF-8; nil when they are none.
  private static func decode(
    _ run: Substring.UnicodeScalarView, _ table: [UInt32: UInt8]
  ) -> String? {
    var bytes: [UInt8] = []
    for scalar in run {
      guard let byte = table[scalar.value] else { return nil }
      bytes.append(byte)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hasLetters(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      $0.properties.isAlphabetic || $0.properties.generalCategory == .privateUse
        || $0.properties.generalCategory == .control
        || $0.properties.generalCategory == .unassigned
    }
  }
}
