internal import Notes

/// A block of YAML keys and values cut into the lines of each key, so that a key can be taken from one
/// text and put into another without writing any of it anew.
struct FieldUnits {
  /// One key with its lines.
  struct Unit {
    var name: String
    /// Comments and blank lines above the key.
    var lead: [UInt8]
    /// The lines of the key and its value.
    var text: [UInt8]
    var value: YAMLNode
    /// Where the value lies in `text`.
    var valueStart: Int
  }

  var units: [Unit] = []
  /// Comments and blank lines behind the last key.
  var tail: [UInt8] = []

  init() {}

  /// Nil for what cannot be cut safely: text that is no block mapping, or a key that is there twice.
  init?(_ bytes: [UInt8]) {
    guard let parsed = try? YAMLParser.parse(bytes) else {
      // Nothing but comments and blank lines is a block without keys.
      guard bytes.split(separator: 0x0A).allSatisfy({ Self.isGap($0, below: .max) }) else {
        return nil
      }
      tail = bytes
      return
    }
    guard case .mapping(let entries, isFlow: false) = parsed.value else { return nil }
    var starts: [Int] = []
    var names: Set<String> = []
    for entry in entries {
      guard let name = entry.key.text, names.insert(name).inserted else { return nil }
      let start = Self.lineStart(bytes, entry.key.range.lowerBound)
      guard bytes[start..<entry.key.range.lowerBound].allSatisfy({ $0 == 0x20 }),
        entry.key.range.lowerBound >= start, starts.last.map({ $0 < start }) ?? true
      else { return nil }
      starts.append(start)
    }
    guard let first = starts.first else { return nil }
    var lead = Array(bytes[..<first])
    for (index, entry) in entries.enumerated() {
      let start = starts[index]
      let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
      let cut = Self.ownEnd(bytes, start..<end, indent: entry.key.range.lowerBound - start)
      units.append(
        Unit(
          name: entry.name, lead: lead, text: Array(bytes[start..<cut]), value: entry.value,
          valueStart: entry.value.range.lowerBound - start))
      lead = Array(bytes[cut..<end])
    }
    tail = lead
  }

  subscript(name: String) -> Unit? { units.first { $0.name == name } }

  var bytes: [UInt8] { units.flatMap { $0.lead + $0.text } + tail }

  static func lineStart(_ bytes: [UInt8], _ index: Int) -> Int {
    var start = min(index, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// Where the lines of a key end and the comments above the next one begin.
  private static func ownEnd(_ bytes: [UInt8], _ range: Range<Int>, indent: Int) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let start = lineStart(bytes, end - 1)
      guard start > range.lowerBound, isGap(bytes[start..<end], below: indent + 1) else { break }
      end = start
    }
    return end
  }

  /// A blank line, or a comment that is indented by fewer than `indent` columns.
  private static func isGap(_ line: ArraySlice<UInt8>, below indent: Int) -> Bool {
    let spaces = line.prefix { $0 == 0x20 }.count
    guard let first = line.dropFirst(spaces).first(where: { $0 != 0x0D && $0 != 0x0A }) else {
      return true
    }
    return first == UInt8(ascii: "#") && spaces < indent
  }
}

extension YAMLNode {
  /// Whether two values say the same, however they are written.
  func says(_ other: YAMLNode) -> Bool {
    switch (value, other.value) {
    case (.scalar(let a, _), .scalar(let b, _)):
      a == b && isNull == other.isNull
    case (.sequence(let a, _), .sequence(let b, _)):
      a.count == b.count && zip(a, b).allSatisfy { $0.says($1) }
    case (.mapping(let a, _), .mapping(let b, _)):
      a.count == b.count
        && a.allSatisfy { entry in
          b.first { $0.name == entry.name }?.value.says(entry.value) ?? false
        }
    default: false
    }
  }
}
