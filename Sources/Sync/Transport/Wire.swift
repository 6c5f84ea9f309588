/// A line between the process of a sync and the one that talks to the network for it: words with a
/// blank between them, in which `%`, blanks and control characters are written as `%XX`.
enum Wire {
  static func line(_ words: [String]) -> String {
    words.map(escaped).joined(separator: " ")
  }

  static func words(_ line: some StringProtocol) -> [String] {
    line.split(separator: " ", omittingEmptySubsequences: false).map { plain($0) }
  }

  private static func escaped(_ word: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in word.utf8 {
      if byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") {
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func plain(_ word: some StringProtocol) -> String {
    var out: [UInt8] = []
    var bytes = Array(word.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "%"), bytes.count >= 2,
        let value = UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16)
      {
        out.append(value)
        bytes = bytes.dropFirst(2)
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
