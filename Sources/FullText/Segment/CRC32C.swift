/// The Castagnoli checksum, eight bytes at a time.
///
/// Source: RFC 3720, appendix B.4 (polynomial 0x1EDC6F41, reflected).
enum CRC32C {
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for index in 0..<256 {
      var value = UInt32(index)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
      tables[index] = value
    }
    for index in 0..<256 {
      for table in 1..<8 {
        let before = tables[(table - 1) * 256 + index]
        tables[table * 256 + index] = before >> 8 ^ tables[Int(before & 0xFF)]
      }
    }
    return tables
  }()

  /// What four bits make of the polynomial.
  fileprivate static let nibbles: [UInt32] = (0..<16).map { index in
    var value = UInt32(index)
    for _ in 0..<4 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
    return value
  }

  /// The checksum of `bytes`; about 1 GB/s.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var running = Running()
    running.add(bytes)
    return running.value
  }

  /// A checksum of bytes that come in parts.
  struct Running {
    fileprivate var state: UInt32 = 0xFFFF_FFFF

    var value: UInt32 { ~state }

    mutating func add(_ bytes: UnsafeRawBufferPointer) { state = CRC32C.state(state, bytes) }
    mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }
  }

  private static func state(_ before: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    tables.withUnsafeBufferPointer { table in
      var crc = before
      var at = 0
      while at + 8 <= bytes.count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        let low = UInt32(truncatingIfNeeded: word) ^ crc
        let high = UInt32(truncatingIfNeeded: word >> 32)
        let first = table[7 * 256 + Int(low & 0xFF)] ^ table[6 * 256 + Int(low >> 8 & 0xFF)]
        let second = table[5 * 256 + Int(low >> 16 & 0xFF)] ^ table[4 * 256 + Int(low >> 24)]
        let third = table[3 * 256 + Int(high & 0xFF)] ^ table[2 * 256 + Int(high >> 8 & 0xFF)]
        let fourth = table[256 + Int(high >> 16 & 0xFF)] ^ table[Int(high >> 24)]
        crc = first ^ second ^ third ^ fourth
        at += 8
      }
      while at < bytes.count {
        crc = crc >> 8 ^ table[Int((crc ^ UInt32(bytes[at])) & 0xFF)]
        at += 1
      }
      return crc
    }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes { checksum($0) }
  }

  /// The checksum of some hundred bytes, which takes less time so than making the tables does.
  static func checksum(short bytes: UnsafeRawBufferPointer) -> UInt32 {
    var running = Running()
    running.add(short: bytes)
    return running.value
  }
}

extension CRC32C.Running {
  /// Adds bytes four bits at a time.
  mutating func add(short bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      state ^= UInt32(byte)
      state = state >> 4 ^ CRC32C.nibbles[Int(state & 0xF)]
      state = state >> 4 ^ CRC32C.nibbles[Int(state & 0xF)]
    }
  }
}
