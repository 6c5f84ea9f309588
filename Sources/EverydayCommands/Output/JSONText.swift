/// JSON written straight into bytes, for shapes that are printed with every search: a tree of `JSON`
/// values costs more to build than the text.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  /// Whether the next name or value is the first of its object or list, or stands behind a name.
  private var isFirst = true

  init() { bytes.reserveCapacity(8 << 10) }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  /// An object with what `body` writes.
  mutating func object(_ body: (inout JSONText) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "{"))
    isFirst = true
    body(&self)
    isFirst = false
    bytes.append(UInt8(ascii: "}"))
  }

  /// A list with what `body` writes.
  mutating func list(_ body: (inout JSONText) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "["))
    isFirst = true
    body(&self)
    isFirst = false
    bytes.append(UInt8(ascii: "]"))
  }

  /// The name of the value that is written next; it must need no escapes.
  mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    isFirst = true
  }

  mutating func string(_ text: String) {
    separate()
    JSON.quote(text, into: &bytes)
  }

  mutating func string(_ text: String?) {
    guard let text else {
      separate()
      return bytes.append(contentsOf: [0x6E, 0x75, 0x6C, 0x6C])
    }
    string(text)
  }

  mutating func strings(_ texts: [String]) {
    list { json in for text in texts { json.string(text) } }
  }

  mutating func int(_ value: Int) {
    separate()
    JSON.digits(value, into: &bytes)
  }

  /// With up to four decimals.
  mutating func number(_ value: Double) {
    separate()
    JSON.decimal(value, into: &bytes)
  }

  mutating func bool(_ value: Bool) {
    separate()
    let word: StaticString = value ? "true" : "false"
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }
}
