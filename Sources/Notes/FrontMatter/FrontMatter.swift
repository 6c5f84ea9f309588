/// The block of data at the top of a note.
///
/// YAML between `---` lines (closed by `---` or `...`), TOML between `+++` lines, or one JSON object.
/// It begins at the first byte of the file, after a byte order mark if there is one.
public struct FrontMatter: Sendable {
  public enum Format: Sendable { case none, yaml, toml, json }

  public let format: Format
  /// The bytes between the fences (for JSON: the object itself); empty when there is no block.
  public let content: Range<Int>
  /// Where the body of the note begins.
  public let bodyStart: Int
  /// The line, from 1, on which the body begins.
  public let bodyLine: Int
  /// The data: always a mapping; nil when the block is empty, absent or cannot be read.
  public let root: YAMLNode?
  /// Why the block cannot be read; the body of such a note is still used.
  public let error: YAMLError?
  /// A mark of each key of the data, the same for keys that differ in case only.
  private let marks: [KeyMark]

  /// Reads the block at the top of `bytes`. Never fails: `error` says what is wrong with it.
  public init(_ bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let fence = FrontMatterFence.find(in: bytes, from: start)
    guard let fence else {
      self.init(
        format: .none, content: start..<start, bodyStart: start, bodyLine: 1, root: nil, error: nil)
      return
    }
    let bodyLine = 1 + bytes[..<fence.bodyStart].count { $0 == 0x0A }
    var root: YAMLNode?
    var failure: YAMLError?
    let text = Array(bytes[fence.content])
    let lineOffset = bytes[..<fence.content.lowerBound].count { $0 == 0x0A }
    do throws(YAMLError) {
      root =
        fence.format == .toml
        ? try TOMLReader.parse(text, lineOffset: lineOffset)
        : try YAMLParser.parse(text, lineOffset: lineOffset)
    } catch {
      failure = error
    }
    if let node = root, !node.isMapping {
      // A paragraph between two thematic breaks is text, not data.
      if fence.format == .yaml, case .scalar = node.value {
        self.init(
          format: .none, content: start..<start, bodyStart: start, bodyLine: 1, root: nil,
          error: nil)
        return
      }
      failure =
        node.isNull ? nil : YAMLError(position: node.position, reason: "not keys and values")
      root = nil
    }
    self.init(
      format: fence.format, content: fence.content, bodyStart: fence.bodyStart, bodyLine: bodyLine,
      root: root, error: failure)
  }

  private init(
    format: Format, content: Range<Int>, bodyStart: Int, bodyLine: Int, root: YAMLNode?,
    error: YAMLError?
  ) {
    self.format = format
    self.content = content
    self.bodyStart = bodyStart
    self.bodyLine = bodyLine
    self.root = root
    self.error = error
    marks = root?.entries.map { KeyMark($0.name) } ?? []
  }

  public var entries: [YAMLNode.Entry] { root?.entries ?? [] }

  /// The value under the first of `keys` that is there; case does not matter.
  public func value(_ keys: String...) -> YAMLNode? {
    for key in keys {
      if let node = self[key] { return node }
    }
    return nil
  }

  /// The value under a key; case does not matter. Keys are told apart by their marks first, for a note
  /// is asked for many that it does not have.
  subscript(key: String) -> YAMLNode? {
    guard let root, !marks.isEmpty else { return nil }
    let wanted = KeyMark(key)
    guard wanted != .any else { return root[key] }
    var found = 0
    var first = 0
    for index in marks.indices where marks[index] == wanted || marks[index] == .any {
      if found == 0 { first = index }
      found += 1
    }
    if found == 0 { return nil }
    // One candidate is the usual case; with several, exact spelling comes first.
    return YAMLNode.value(of: key, in: root.entries, found == 1 ? first..<first + 1 : marks.indices)
  }

  /// Keys that are there more than once, with the place of the second.
  public var duplicateKeys: [(name: String, position: TextPosition)] {
    var seen: Set<String> = []
    return entries.compactMap { entry in
      seen.insert(entry.name).inserted ? nil : (entry.name, entry.key.position)
    }
  }

  /// Every scalar with its path, nested keys joined by dots; lists give one pair an item.
  ///
  /// Stops at four levels and 500 pairs: deeper data is kept in the note, only not filterable.
  public var flattened: [(key: String, value: String)] {
    var pairs: [(key: String, value: String)] = []
    func visit(_ node: YAMLNode, _ path: String, _ depth: Int) {
      guard depth < 4, pairs.count < 500 else { return }
      switch node.value {
      case .scalar:
        if let text = node.text, !path.isEmpty { pairs.append((path, text)) }
      case .sequence(let items, _):
        for item in items { visit(item, path, depth + 1) }
      case .mapping(let entries, _):
        for entry in entries where !entry.name.isEmpty {
          let name = entry.name.lowercased()
          visit(entry.value, path.isEmpty ? name : path + "." + name, depth + 1)
        }
      }
    }
    if let root { visit(root, "", 0) }
    return pairs
  }
}

/// A small number for a key: different numbers mean different keys.
private struct KeyMark: Equatable {
  private let bits: UInt64

  /// Stands for any key: of letters beyond ASCII, whose cases a number does not follow.
  static let any = KeyMark(bits: 0)

  private init(bits: UInt64) { self.bits = bits }

  init(_ key: String) {
    var key = key
    bits = key.withUTF8 {
      var bits: UInt64 = 1
      var all: UInt8 = 0
      for byte in $0 {
        all |= byte
        bits = (bits ^ UInt64(byte &- 65 < 26 ? byte | 0x20 : byte)) &* 0x100_0000_01B3
      }
      return all < 0x80 ? bits | 1 << 63 : 0
    }
  }
}

extension YAMLNode {
  var isMapping: Bool {
    if case .mapping = value { true } else { false }
  }
}

extension FrontMatter {
  /// Where the body of a note begins, as `init` has it, but without reading the data where its
  /// first line says that it is some.
  static func bodyStart(of bytes: [UInt8]) -> Int {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let fence = FrontMatterFence.find(in: bytes, from: start) else { return start }
    if fence.format == .yaml, !opensMapping(bytes[fence.content]) {
      return FrontMatter(bytes).bodyStart
    }
    return fence.bodyStart
  }

  /// Whether the first line is a plain key with a colon, which no paragraph can be for YAML.
  private static func opensMapping(_ content: ArraySlice<UInt8>) -> Bool {
    let line = content.prefix { $0 != 0x0A && $0 != 0x0D }
    let key = line.prefix {
      $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: "-") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
    }
    let rest = line.dropFirst(key.count)
    guard let first = key.first, first | 0x20 >= UInt8(ascii: "a"), rest.first == 0x3A else {
      return false
    }
    return rest.count == 1 || rest.dropFirst().first == 0x20
  }
}
