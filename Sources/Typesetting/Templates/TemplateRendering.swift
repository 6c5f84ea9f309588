/// Writes a page from templates and values.
///
/// Bytes go straight to the end of one buffer and values are of known types, so that a site of
/// thousands of pages is written in the time that a general renderer takes for a tenth of it.
struct TemplateRendering {
  private let templates: [String: Template]
  private var stack: [TemplateObject]
  private(set) var bytes: [UInt8] = []
  /// How many templates are inside one another.
  private var depth = 0
  private var steps = 0
  private let limit: Int
  /// Whether templates that name each other without end were stopped.
  private(set) var isEndless = false

  /// Blocks inside blocks are never that deep.
  static let maximumDepth = 300

  /// - Parameter limit: The most pieces of templates that may be written.
  init(_ templates: [String: Template], _ page: TemplateObject, limit: Int = 50_000_000) {
    self.templates = templates
    self.limit = limit
    stack = [page]
    bytes.reserveCapacity(16 << 10)
  }

  mutating func write(_ name: String) {
    guard let template = templates[name] else { return }
    guard depth < Self.maximumDepth, steps < limit else {
      isEndless = true
      return
    }
    depth += 1
    write(template.nodes)
    depth -= 1
  }

  private mutating func write(_ nodes: [Template.Node]) {
    steps += nodes.count
    for node in nodes {
      switch node {
      case .text(let text): bytes += text
      case .variable(let name):
        if case .text(let text)? = value(name) { escape(text) }
      case .partial(let name): write(name)
      case .section(let name, isInverted: true, let inner):
        if !isThere(value(name)) { write(inner) }
      case .section(let name, isInverted: false, let inner):
        switch value(name) {
        case .object(let object):
          stack.append(object)
          write(inner)
          stack.removeLast()
        case .list(let objects):
          for object in objects {
            stack.append(object)
            write(inner)
            stack.removeLast()
          }
        case .flag(let isSo): if isSo { write(inner) }
        case .text(let text): if !text.isEmpty { write(inner) }
        case nil: break
        }
      }
    }
  }

  private func isThere(_ value: TemplateValue?) -> Bool {
    switch value {
    case .text(let text): !text.isEmpty
    case .flag(let isSo): isSo
    case .list(let objects): !objects.isEmpty
    case .object: true
    case nil: false
    }
  }

  private func value(_ name: TemplateVariable) -> TemplateValue? {
    var index = stack.count - 1
    while index >= 0 {
      if let value = stack[index].value(name) { return value }
      index -= 1
    }
    return nil
  }

  private mutating func escape(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      var plain = 0
      for index in utf8.indices {
        let sign: StaticString
        switch utf8[index] {
        case UInt8(ascii: "&"): sign = "&amp;"
        case UInt8(ascii: "<"): sign = "&lt;"
        case UInt8(ascii: ">"): sign = "&gt;"
        case UInt8(ascii: "\""): sign = "&quot;"
        case UInt8(ascii: "'"): sign = "&#39;"
        default: continue
        }
        bytes.append(contentsOf: utf8[plain..<index])
        sign.withUTF8Buffer { bytes.append(contentsOf: $0) }
        plain = index + 1
      }
      bytes.append(contentsOf: utf8[plain...])
    }
  }
}
