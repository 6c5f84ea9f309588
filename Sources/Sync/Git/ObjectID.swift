internal import CLibGit2

/// The name of a git object: the SHA-1 of its type, size and bytes.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  init(_ raw: git_oid) {
    self = withUnsafeBytes(of: raw.id) { ObjectID($0) }
  }

  /// The first 20 bytes of `bytes`.
  init(_ bytes: UnsafeRawBufferPointer) {
    high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
  }

  /// Reads 40 hexadecimal digits; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 40 else { return nil }
    var raw = git_oid()
    guard git_oid_fromstr(&raw, String(text)) == 0 else { return nil }
    self.init(raw)
  }

  var raw: git_oid {
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw.id) { $0.copyBytes(from: bytes) }
    return raw
  }

  /// The 20 bytes.
  var bytes: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(20)
    withUnsafeBytes(of: high.bigEndian) { out += $0 }
    withUnsafeBytes(of: middle.bigEndian) { out += $0 }
    withUnsafeBytes(of: low.bigEndian) { out += $0 }
    return out
  }

  var firstByte: UInt8 { UInt8(high >> 56) }

  /// In the order of the bytes.
  public static func < (a: ObjectID, b: ObjectID) -> Bool {
    (a.high, a.middle, a.low) < (b.high, b.middle, b.low)
  }

  /// 40 hexadecimal digits.
  public var description: String {
    String(unsafeUninitializedCapacity: 40) { digits in
      for (place, byte) in bytes.enumerated() {
        digits[place * 2] = Self.digit(byte >> 4)
        digits[place * 2 + 1] = Self.digit(byte & 0x0F)
      }
      return 40
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  /// The first 8 digits, for people.
  public var short: String { String(description.prefix(8)) }
}
