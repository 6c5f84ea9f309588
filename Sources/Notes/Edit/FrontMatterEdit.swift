/// Changes to the front matter of a note that touch only the bytes asked for.
///
/// Comments, quotes, the order of keys, the style of lists, line endings, a byte order mark and a
/// missing final newline stay as they are. Every result is read again before it is given out: an
/// edit that would change anything else is refused.
public struct FrontMatterEdit: Sendable {
  let path: String
  let original: [UInt8]
  let frontMatter: FrontMatter

  public init(_ note: Note) throws(VaultError) {
    path = note.path.description
    original = note.bytes
    frontMatter = note.frontMatter
    if let error = frontMatter.error {
      throw .unreadableFrontMatter(path: path, position: error.position, reason: error.reason)
    }
    guard frontMatter.format != .json else {
      throw .unsafeEdit(path: path, reason: "its front matter is JSON, which is only read")
    }
    if let twice = frontMatter.duplicateKeys.first {
      throw .unreadableFrontMatter(
        path: path, position: twice.position, reason: "the key \(twice.name) is there twice")
    }
  }

  public var notePath: VaultPath { VaultPath(known: path) }

  /// The line ending of the file: that of its first line.
  var newline: [UInt8] {
    guard let feed = original.firstIndex(of: 0x0A), feed > 0, original[feed - 1] == 0x0D else {
      return [0x0A]
    }
    return [0x0D, 0x0A]
  }

  /// The note with `items` in the list under `key`, behind those that are there.
  public func adding(_ items: [String], to key: String) throws(VaultError) -> [UInt8] {
    try refuseTOML()
    let present = Note.tagList(frontMatter.root?[key])
    var seen = Set(present.map { $0.lowercased() })
    let new = items.filter { seen.insert($0.lowercased()).inserted }
    guard !new.isEmpty else { return original }
    let edited = try insert(new, key, frontMatter.root?[key])
    return try checked(edited, key: key, expecting: present + new)
  }

  /// The note without `items` in the list under `key`; an empty list goes, and so does an empty block.
  public func removing(_ items: [String], from key: String) throws(VaultError) -> [UInt8] {
    try refuseTOML()
    guard let node = frontMatter.root?[key] else { return original }
    let present = Note.tagList(node)
    let gone = Set(items.map { $0.lowercased() })
    let left = present.filter { !gone.contains($0.lowercased()) }
    guard left.count < present.count else { return original }
    let edited: [UInt8]
    if left.isEmpty {
      edited = removeEntry(key)
    } else {
      edited = try remove(gone, node)
    }
    return try checked(edited, key: key, expecting: left)
  }

  private func refuseTOML() throws(VaultError) {
    guard frontMatter.format == .toml else { return }
    throw .unsafeEdit(
      path: path, reason: "its front matter is TOML, of which only single values are edited")
  }

  // MARK: - Insertion

  private func insert(
    _ items: [String], _ key: String, _ node: YAMLNode?
  ) throws(VaultError) -> [UInt8] {
    let flow = items.map { YAMLText.flowScalar($0) }.joined(separator: ", ")
    guard let node else { return insertEntry("\(key): [\(flow)]") }
    let base = frontMatter.content.lowerBound
    let range = (base + node.range.lowerBound)..<(base + node.range.upperBound)
    switch node.value {
    case .sequence(let old, isFlow: true):
      guard let last = old.last else { return replacing(range, with: "[\(flow)]") }
      let end = base + last.range.upperBound
      return replacing(end..<end, with: ", " + flow)
    case .sequence(let old, isFlow: false):
      guard let last = old.last else {
        throw .unsafeEdit(path: path, reason: "the list of \(key) has no items to follow")
      }
      let lastStart = base + last.range.lowerBound
      let line = lineRange(at: lastStart)
      let prefix = original[line.lowerBound..<lastStart]
      guard prefix.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else {
        throw .unsafeEdit(path: path, reason: "the list of \(key) is written in an unusual way")
      }
      // A scalar over several lines ends on the line of its last byte.
      let lastEnd = lineRange(at: max(lastStart, base + last.range.upperBound - 1)).upperBound
      var text: [UInt8] = []
      for item in items { text += prefix + Array(YAMLText.blockScalar(item).utf8) + newline }
      return replacing(lastEnd..<lastEnd, withBytes: text)
    case .scalar(let text, _) where node.isNull || text.isEmpty:
      let lead = range.lowerBound > 0 && original[range.lowerBound - 1] == 0x20 ? "" : " "
      return replacing(range, with: "\(lead)[\(flow)]")
    case .scalar(let text, let isPlain):
      let separator = text.contains(",") ? ", " : " "
      guard isPlain || original[range.lowerBound] == original[range.upperBound - 1],
        items.allSatisfy({ YAMLText.isPlainSafe($0) && !$0.contains(separator) }),
        !original[range].contains(0x0A)
      else {
        throw .unsafeEdit(path: path, reason: "\(key) is written in an unusual way")
      }
      let end = isPlain ? range.upperBound : range.upperBound - 1
      return replacing(end..<end, with: separator + items.joined(separator: separator))
    case .mapping:
      throw .unsafeEdit(path: path, reason: "\(key) is not a list")
    }
  }

  /// A new line at the end of the block, or a new block at the top of the file.
  func insertEntry(_ line: String) -> [UInt8] {
    guard frontMatter.format == .yaml else {
      let at = frontMatter.bodyStart
      let text = Array("---".utf8) + newline + Array(line.utf8) + newline + Array("---".utf8)
      return replacing(at..<at, withBytes: text + newline + newline)
    }
    let end = frontMatter.content.upperBound
    return replacing(end..<end, withBytes: Array(line.utf8) + newline)
  }

  // MARK: - Removal

  private func remove(_ gone: Set<String>, _ node: YAMLNode) throws(VaultError) -> [UInt8] {
    let base = frontMatter.content.lowerBound
    switch node.value {
    case .sequence(let items, let isFlow):
      var bytes = original
      // Behind the last item that stays, each goes with the comma before it, else with the one behind.
      var isLast = true
      for index in items.indices.reversed() {
        let name = (items[index].text ?? "").drop { $0 == "#" }.lowercased()
        guard gone.contains(name) else {
          isLast = false
          continue
        }
        let item =
          (base + items[index].range.lowerBound)..<(base + items[index].range.upperBound)
        if !isFlow {
          bytes.removeSubrange(lineRange(at: item.lowerBound))
        } else if !isLast {
          bytes.removeSubrange(item.lowerBound..<(base + items[index + 1].range.lowerBound))
        } else if index > 0 {
          bytes.removeSubrange((base + items[index - 1].range.upperBound)..<item.upperBound)
        }
      }
      return bytes
    case .scalar(let text, let isPlain):
      let separator: Character = text.contains(",") ? "," : " "
      let left = text.split(separator: separator).filter { part in
        !gone.contains(part.drop { $0 == " " || $0 == "#" }.lowercased())
      }
      let range = (base + node.range.lowerBound)..<(base + node.range.upperBound)
      guard !original[range].contains(0x0A) else {
        throw .unsafeEdit(path: path, reason: "the list is written over several lines")
      }
      var joined = left.joined(separator: String(separator))
      if joined.hasPrefix(" ") { joined.removeFirst() }
      let inner = isPlain ? range : (range.lowerBound + 1)..<(range.upperBound - 1)
      return replacing(inner, with: joined)
    case .mapping:
      throw .unsafeEdit(path: path, reason: "it is not a list")
    }
  }

  /// Takes the lines of a key away, and a block that is empty then.
  func removeEntry(_ key: String) -> [UInt8] {
    let entries = frontMatter.entries
    let wanted = key.lowercased()
    guard let index = entries.firstIndex(where: { $0.name.lowercased() == wanted }) else {
      return original
    }
    let base = frontMatter.content.lowerBound
    let entry = entries[index]
    let start = lineRange(at: base + entry.key.range.lowerBound).lowerBound
    let last = max(entry.key.range.upperBound, Self.end(of: entry.value))
    var end = base + last
    while end > start,
      original[end - 1] == 0x0A || original[end - 1] == 0x0D
        || original[end - 1] == 0x20
    {
      end -= 1
    }
    let lines =
      start..<min(
        lineRange(at: max(start, end - 1)).upperBound, frontMatter.content.upperBound)
    if lines == frontMatter.content {
      var bodyStart = frontMatter.bodyStart
      // The blank line that a new block puts behind itself goes with it.
      if original[bodyStart...].starts(with: newline) { bodyStart += newline.count }
      let blockStart = original.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      return replacing(blockStart..<bodyStart, withBytes: [])
    }
    return replacing(lines, withBytes: [])
  }

  /// Where a value ends. A block list or mapping is read up to the next token, over comments that are
  /// not its own: it ends where the last thing in it does.
  static func end(of node: YAMLNode) -> Int {
    let inner: Int?
    switch node.value {
    case .sequence(let items, isFlow: false): inner = items.last.map(end)
    case .mapping(let entries, isFlow: false): inner = entries.last.map { end(of: $0.value) }
    default: inner = nil
    }
    // What an alias stands for lies elsewhere.
    guard let inner, inner > node.range.lowerBound, inner <= node.range.upperBound else {
      return node.range.upperBound
    }
    return inner
  }

  // MARK: - Bytes

  /// The line that holds the byte at `index`, with its line feed.
  func lineRange(at index: Int) -> Range<Int> {
    var start = min(index, original.count)
    while start > 0, original[start - 1] != 0x0A { start -= 1 }
    let end = original[min(index, original.count)...].firstIndex(of: 0x0A)
    return start..<(end.map { $0 + 1 } ?? original.count)
  }

  func replacing(_ range: Range<Int>, with text: String) -> [UInt8] {
    replacing(range, withBytes: Array(text.utf8))
  }

  func replacing(_ range: Range<Int>, withBytes bytes: [UInt8]) -> [UInt8] {
    var edited = original
    edited.replaceSubrange(range, with: bytes)
    return edited
  }

  /// The edited bytes, when reading them gives the list asked for and everything else as before.
  private func checked(
    _ edited: [UInt8], key: String, expecting list: [String]
  ) throws(VaultError) -> [UInt8] {
    try checked(edited, at: [key]) { Note.tagList($0) == list }
  }
}
