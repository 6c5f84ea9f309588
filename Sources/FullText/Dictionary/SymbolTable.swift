// Short strings that are frequent in a segment's keys and values, as bytes that stand for them: a
// static symbol table (Boncz, Neumann and Leis, "FSST: fast random access string compression", 2020).
// Section `symbols`, empty in a small segment:
//   offset  size  field
//   0       256   the length of each code's string, 1 to 8; 0 of a code without one
//   256     2048  the strings, 8 bytes each, zero filled
// A text is then a code for each of its strings. Code 255 has none: the byte behind it stands for
// itself.

/// The strings that codes stand for, read in place.
struct SymbolTable: @unchecked Sendable {
  static let byteCount = 256 + 256 * 8
  static let literal: UInt8 = 255
  static let longest = 8

  private let lengths: UnsafePointer<UInt8>
  private let strings: UnsafeRawPointer
  let isEmpty: Bool

  /// Nil when the bytes are no table; they must stay where they are.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    isEmpty = bytes.isEmpty
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      lengths = ByteReader.nothing
      strings = UnsafeRawPointer(lengths)
      return
    }
    guard bytes.count == Self.byteCount, bytes[Int(Self.literal)] == 0,
      bytes[..<256].allSatisfy({ $0 <= Self.longest })
    else { return nil }
    lengths = base
    strings = UnsafeRawPointer(base + 256)
  }

  /// Writes what `coded` stands for; returns how many bytes those are, nil when they are more than
  /// `limit` or the codes are damaged. There must be room for `limit` bytes and 8 more.
  @inline(__always)
  func decode(
    _ coded: UnsafeBufferPointer<UInt8>, into text: UnsafeMutablePointer<UInt8>, limit: Int
  ) -> Int? {
    if isEmpty { return coded.isEmpty ? 0 : nil }
    let raw = UnsafeMutableRawPointer(text)
    var count = 0
    var at = 0
    while at < coded.count {
      let code = Int(coded[at])
      at &+= 1
      guard count < limit else { return nil }
      let length = Int(lengths[code])
      if length > 0 {
        let string = strings.loadUnaligned(fromByteOffset: code &* 8, as: UInt64.self)
        raw.storeBytes(of: string, toByteOffset: count, as: UInt64.self)
        count &+= length
      } else {
        guard code == Int(Self.literal), at < coded.count else { return nil }
        text[count] = coded[at]
        at &+= 1
        count &+= 1
      }
    }
    return count <= limit ? count : nil
  }

  /// The same behind what is in an array already; false when the codes are damaged.
  func decode(_ coded: UnsafeBufferPointer<UInt8>, behind text: inout [UInt8]) -> Bool {
    let limit = coded.count * Self.longest
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: limit + Self.longest) { part in
      guard let count = decode(coded, into: part.baseAddress!, limit: limit) else { return false }
      text.append(contentsOf: UnsafeBufferPointer(start: part.baseAddress, count: count))
      return true
    }
  }

  /// The same as an array.
  func decoded(_ coded: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var text: [UInt8] = []
    return decode(coded, behind: &text) ? text : nil
  }
}

/// Writes texts as codes.
struct SymbolCoder {
  /// A string and its code; the string's bytes, the first one lowest.
  struct Symbol: Hashable {
    var bits: UInt64
    var length: Int

    var mask: UInt64 { length == 8 ? .max : 1 &<< UInt64(8 &* length) &- 1 }
    var first: UInt8 { UInt8(truncatingIfNeeded: bits) }

    /// This string and the other behind it, as far as there is room.
    func joined(_ other: Symbol) -> Symbol {
      let length = min(SymbolTable.longest, length + other.length)
      let bits = bits | (self.length == 8 ? 0 : other.bits &<< UInt64(8 &* self.length))
      return Symbol(bits: bits & Symbol(bits: 0, length: length).mask, length: length)
    }
  }

  /// By code.
  let symbols: [Symbol]
  /// The codes by the first byte of their strings, longer strings first, and where each byte's begin.
  private var codes: [UInt8] = []
  private var starts: [Int] = []

  /// At most 255 symbols are used.
  init(_ symbols: [Symbol]) {
    self.symbols = Array(symbols.prefix(Int(SymbolTable.literal)))
    let order = self.symbols.indices.sorted {
      let (left, right) = (self.symbols[$0], self.symbols[$1])
      return (Int(left.first), -left.length, $0) < (Int(right.first), -right.length, $1)
    }
    codes = order.map { UInt8($0) }
    starts = [Int](repeating: 0, count: 257)
    for symbol in self.symbols { starts[Int(symbol.first) + 1] += 1 }
    for byte in 0..<256 { starts[byte + 1] += starts[byte] }
  }

  var isEmpty: Bool { symbols.isEmpty }

  /// The section of the table.
  var encoded: [UInt8] {
    if isEmpty { return [] }
    var lengths = [UInt8](repeating: 0, count: 256)
    var strings = ByteBuffer()
    for (code, symbol) in symbols.enumerated() {
      lengths[code] = UInt8(symbol.length)
      strings.fixed(symbol.bits)
    }
    strings.bytes += [UInt8](repeating: 0, count: 256 * 8 - strings.count)
    return lengths + strings.bytes
  }

  /// Calls `body` with each part of a text: its code, or nil for a byte that has none, and the part.
  @inline(__always)
  func forEachPart(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (_ code: UInt8?, _ part: Symbol) -> Void
  ) {
    let raw = UnsafeRawPointer(text.baseAddress ?? ByteReader.nothing)
    symbols.withUnsafeBufferPointer { symbols in
      codes.withUnsafeBufferPointer { codes in
        starts.withUnsafeBufferPointer { starts in
          var at = 0
          next: while at < text.count {
            let left = text.count &- at
            var word: UInt64 = 0
            if left >= 8 {
              word = UInt64(
                littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            } else {
              for place in 0..<left { word |= UInt64(text[at &+ place]) &<< UInt64(8 &* place) }
            }
            let first = Int(word & 0xFF)
            for place in starts[first]..<starts[first &+ 1] {
              let code = codes[place]
              let symbol = symbols[Int(code)]
              if symbol.length <= left, word & symbol.mask == symbol.bits {
                body(code, symbol)
                at &+= symbol.length
                continue next
              }
            }
            body(nil, Symbol(bits: word & 0xFF, length: 1))
            at &+= 1
          }
        }
      }
    }
  }

  /// The same as below.
  func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout RunBytes) -> Bool {
    if isEmpty { return false }
    let start = bytes.count
    forEachPart(text) { code, part in
      bytes.byte(code ?? SymbolTable.literal)
      if code == nil { bytes.byte(part.first) }
    }
    if bytes.count - start < text.count { return true }
    bytes.truncate(to: start)
    return false
  }

  /// Appends the codes of a text, unless they would be longer than it; says whether it did.
  func append(_ text: UnsafeBufferPointer<UInt8>, to buffer: inout ByteBuffer) -> Bool {
    if isEmpty { return false }
    let start = buffer.count
    forEachPart(text) { code, part in
      buffer.byte(code ?? SymbolTable.literal)
      if code == nil { buffer.byte(part.first) }
    }
    if buffer.count - start < text.count { return true }
    buffer.bytes.removeLast(buffer.count - start)
    return false
  }
}
