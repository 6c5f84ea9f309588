internal import CLibYAML

/// Reads YAML through libyaml's events, so that every value knows its bytes.
///
/// Limits: 1 MB of text (and as much again by aliases), 32 levels, 10,000 values after aliases are
/// filled in. They stop documents
/// made to exhaust memory ("a billion laughs") long before they hurt; no note comes near them.
public struct YAMLParser {
  static let maximumSize = 1 << 20
  static let maximumDepth = 32
  static let maximumNodes = 10_000

  /// The value of the first document in `bytes`; nil when there is none (empty, or comments only).
  ///
  /// - Parameter lineOffset: Added to every line number, for a block inside a larger text.
  public static func parse(_ bytes: [UInt8], lineOffset: Int = 0) throws(YAMLError) -> YAMLNode? {
    guard bytes.count <= maximumSize else {
      throw YAMLError(
        position: TextPosition(line: lineOffset + 1, column: 1), reason: "larger than 1 MB")
    }
    var parser = YAMLParser(bytes: bytes, lineOffset: lineOffset)
    return try parser.run()
  }

  private struct Event {
    enum Kind { case scalar, alias, sequenceStart, sequenceEnd, mappingStart, mappingEnd, end }
    var kind: Kind
    var text = ""
    var isPlain = false
    var isFlow = false
    var anchor: String?
    var position: TextPosition
    var range: Range<Int>
  }

  private let bytes: [UInt8]
  private let lines: LineTable
  private var events: [Event] = []
  private var next = 0
  private var anchors: [String: YAMLNode] = [:]
  private var nodeCount = 0
  /// Bytes of text that aliases repeat.
  private var repeatedText = 0
  /// Where each character begins; nil while the text is ASCII and index and offset are the same.
  private let characterStarts: [Int]?

  private init(bytes: [UInt8], lineOffset: Int) {
    self.bytes = bytes
    lines = LineTable(bytes, offset: lineOffset)
    characterStarts =
      bytes.contains { $0 >= 0x80 } ? bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } : nil
  }

  private mutating func run() throws(YAMLError) -> YAMLNode? {
    try readEvents()
    guard next < events.count, events[next].kind != .end else { return nil }
    return try node(depth: 0)
  }

  private func position(_ mark: yaml_mark_t) -> TextPosition {
    lines.position(of: byteIndex(Int(mark.index)))
  }

  private mutating func readEvents() throws(YAMLError) {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      throw YAMLError(position: lines.position(of: 0), reason: "out of memory")
    }
    defer { yaml_parser_delete(&parser) }
    let failure: YAMLError? = bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      var event = yaml_event_t()
      while true {
        guard yaml_parser_parse(&parser, &event) == 1 else { return self.failure(of: parser) }
        defer { yaml_event_delete(&event) }
        if let read = self.event(event) { events.append(read) }
        if events.last?.kind == .end || event.type == YAML_STREAM_END_EVENT { return nil }
        if events.count > 2 * Self.maximumNodes {
          return YAMLError(
            position: position(event.start_mark),
            reason: "more than \(Self.maximumNodes) values")
        }
      }
    }
    if let failure { throw failure }
  }

  private func event(_ event: yaml_event_t) -> Event? {
    var read = Event(
      kind: .end, position: position(event.start_mark),
      range: byteRange(event.start_mark, event.end_mark))
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      read.kind = .scalar
      read.text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      read.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      read.anchor = Self.string(scalar.anchor)
    case YAML_ALIAS_EVENT:
      read.kind = .alias
      read.anchor = Self.string(event.data.alias.anchor)
    case YAML_SEQUENCE_START_EVENT:
      read.kind = .sequenceStart
      read.isFlow = event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
      read.anchor = Self.string(event.data.sequence_start.anchor)
    case YAML_SEQUENCE_END_EVENT:
      read.kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      read.kind = .mappingStart
      read.isFlow = event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      read.anchor = Self.string(event.data.mapping_start.anchor)
    case YAML_MAPPING_END_EVENT:
      read.kind = .mappingEnd
    case YAML_DOCUMENT_END_EVENT, YAML_STREAM_END_EVENT:
      read.kind = .end
    default:
      return nil
    }
    return read
  }

  private static func string(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func byteRange(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Range<Int> {
    let from = byteIndex(Int(start.index))
    return from..<max(from, byteIndex(Int(end.index)))
  }

  /// libyaml's marks count characters: the byte where the `index`-th one begins.
  private func byteIndex(_ index: Int) -> Int {
    guard let characterStarts else { return min(index, bytes.count) }
    return index < characterStarts.count ? characterStarts[index] : bytes.count
  }

  private func failure(of parser: yaml_parser_t) -> YAMLError {
    let problem = parser.problem.map { String(cString: $0) } ?? "cannot be read"
    let context = parser.context.map { String(cString: $0) }
    let reason = context.map { "\(problem) \($0)" } ?? problem
    if parser.error == YAML_READER_ERROR {
      let offset = min(parser.problem_offset, bytes.count)
      return YAMLError(position: lines.position(of: offset), reason: problem)
    }
    return YAMLError(position: position(parser.problem_mark), reason: reason)
  }

  private mutating func node(depth: Int) throws(YAMLError) -> YAMLNode {
    let event = events[next]
    next += 1
    nodeCount += 1
    guard nodeCount <= Self.maximumNodes else {
      throw YAMLError(position: event.position, reason: "more than \(Self.maximumNodes) values")
    }
    guard depth < Self.maximumDepth else {
      throw YAMLError(position: event.position, reason: "more than \(Self.maximumDepth) levels")
    }
    var node = YAMLNode(
      value: .scalar(event.text, isPlain: event.isPlain), position: event.position,
      range: event.range)
    switch event.kind {
    case .alias:
      guard let target = anchors[event.anchor ?? ""] else {
        throw YAMLError(
          position: event.position, reason: "the alias *\(event.anchor ?? "") has no anchor")
      }
      addSize(of: target)
      guard nodeCount <= Self.maximumNodes, repeatedText <= Self.maximumSize else {
        throw YAMLError(position: event.position, reason: "aliases repeat too much")
      }
      node.value = target.value
      return node
    case .sequenceStart:
      var items: [YAMLNode] = []
      while next < events.count, events[next].kind != .sequenceEnd {
        items.append(try self.node(depth: depth + 1))
      }
      node.value = .sequence(items, isFlow: event.isFlow)
      close(&node)
    case .mappingStart:
      var entries: [YAMLNode.Entry] = []
      while next + 1 < events.count, events[next].kind != .mappingEnd {
        let key = try self.node(depth: depth + 1)
        entries.append(.init(key: key, value: try self.node(depth: depth + 1)))
      }
      node.value = .mapping(entries, isFlow: event.isFlow)
      close(&node)
    default: break
    }
    if let anchor = event.anchor { anchors[anchor] = node }
    return node
  }

  private mutating func close(_ node: inout YAMLNode) {
    guard next < events.count else { return }
    node.range = node.range.lowerBound..<max(node.range.upperBound, events[next].range.upperBound)
    next += 1
  }

  private mutating func addSize(of node: YAMLNode) {
    nodeCount += 1
    switch node.value {
    case .scalar(let text, _): repeatedText += text.utf8.count
    case .sequence(let items, _):
      for item in items { addSize(of: item) }
    case .mapping(let entries, _):
      for entry in entries {
        addSize(of: entry.key)
        addSize(of: entry.value)
      }
    }
  }
}
