internal import CLibGit2

/// The name of a git object: the SHA-1 of its type, size and bytes.
public struct ObjectID: Hashable, Sendable, CustomStringConvertible {
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

  /// 40 hexadecimal digits.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The first 8 digits, for people.
  public var short: String { String(description.prefix(8)) }
}
