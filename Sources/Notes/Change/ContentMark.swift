/// What tells one state of a file from another: its length and two hashes of its bytes.
///
/// Good against accidents, which is what a change made by another program is; not against forgery.
public struct ContentMark: Hashable, Sendable {
  let count: Int
  let first: UInt64
  let second: UInt64

  public init(_ bytes: [UInt8]) {
    var first: UInt64 = 0xcbf2_9ce4_8422_2325
    var second: UInt64 = 0x9e37_79b9_7f4a_7c15
    for byte in bytes {
      first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
      second = (second &+ UInt64(byte)) &* 0xbf58_476d_1ce4_e5b9
      second ^= second >> 29
    }
    count = bytes.count
    self.first = first
    self.second = second
  }

  init?(_ text: String) {
    let parts = text.split(separator: ".")
    guard parts.count == 3, let count = Int(parts[0]), let first = UInt64(parts[1], radix: 16),
      let second = UInt64(parts[2], radix: 16)
    else { return nil }
    self.count = count
    self.first = first
    self.second = second
    // One spelling each: a mark in another one was damaged.
    guard self.text == text else { return nil }
  }

  var text: String { "\(count).\(String(first, radix: 16)).\(String(second, radix: 16))" }
}
