/// Reads bytes from a file without trusting them: past the end it gives zeros and says `isDamaged`.
struct ByteReader {
  private(set) var at: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private(set) var isDamaged = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    at = bytes.baseAddress ?? Self.nothing
    end = at + bytes.count
  }

  /// A reader over part of `bytes`; empty and damaged when the part is not inside.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from: Int, count: Int) {
    if from >= 0, count >= 0, from <= bytes.count, count <= bytes.count - from {
      self.init(UnsafeBufferPointer(rebasing: bytes[from..<from + count]))
    } else {
      self.init(UnsafeBufferPointer(rebasing: bytes[0..<0]))
      isDamaged = true
    }
  }

  nonisolated(unsafe) static let nothing = UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 16))

  var remaining: Int { end - at }
  var isAtEnd: Bool { at >= end }

  @inline(__always)
  mutating func byte() -> UInt8 {
    guard at < end else {
      isDamaged = true
      return 0
    }
    let value = at.pointee
    at += 1
    return value
  }

  /// An unsigned number in seven bits a byte, least significant first, at most 32 bits.
  @inline(__always)
  mutating func varint() -> UInt32 {
    guard at < end else {
      isDamaged = true
      return 0
    }
    let first = at.pointee
    at += 1
    return first < 0x80 ? UInt32(first) : longVarint(UInt32(first & 0x7F))
  }

  private mutating func longVarint(_ start: UInt32) -> UInt32 {
    var value = start
    var shift: UInt32 = 7
    while shift < 35 {
      let next = byte()
      value |= UInt32(next & 0x7F) &<< shift
      if next < 0x80 { return value }
      shift += 7
    }
    isDamaged = true
    return 0
  }

  /// The next `count` bytes; empty when there are not so many.
  @inline(__always)
  mutating func bytes(_ count: Int) -> UnsafeBufferPointer<UInt8> {
    guard count >= 0, count <= remaining else {
      isDamaged = true
      at = end
      return UnsafeBufferPointer(start: end, count: 0)
    }
    let value = UnsafeBufferPointer(start: at, count: count)
    at += count
    return value
  }

  /// Passes over `count` bytes.
  @inline(__always)
  mutating func skip(_ count: Int) {
    guard count >= 0, count <= end - at else {
      isDamaged = true
      at = end
      return
    }
    at += count
  }

  /// Passes over `count` varints.
  @inline(__always)
  mutating func skipVarints(_ count: Int) {
    var left = count
    while left > 0, at < end {
      if at.pointee < 0x80 { left -= 1 }
      at += 1
    }
    if left > 0 { isDamaged = true }
  }

  /// Reads a little-endian number.
  mutating func fixed<T: FixedWidthInteger>(_: T.Type) -> T {
    let size = MemoryLayout<T>.size
    guard remaining >= size else {
      isDamaged = true
      at = end
      return 0
    }
    let value = UnsafeRawPointer(at).loadUnaligned(as: T.self)
    at += size
    return T(littleEndian: value)
  }

  /// Reads a varint length and that many bytes as text.
  mutating func string() -> String {
    String(decoding: bytes(Int(varint())), as: UTF8.self)
  }
}

/// Collects bytes to be written.
struct ByteBuffer {
  var bytes: [UInt8] = []

  var count: Int { bytes.count }

  @inline(__always)
  mutating func byte(_ value: UInt8) { bytes.append(value) }

  @inline(__always)
  mutating func varint(_ value: UInt32) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  mutating func varint(_ value: Int) { varint(UInt32(truncatingIfNeeded: value)) }

  mutating func fixed<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ other: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: other) }

  mutating func string(_ text: String) {
    var text = text
    text.withUTF8 {
      varint($0.count)
      append($0)
    }
  }

  mutating func pad(to alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
}
