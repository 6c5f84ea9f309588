#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Looks for secrets in a text: private keys, and tokens of well-known services by their shapes.
///
/// Only what is a secret by its own form is reported; a word such as `password` proves nothing, and
/// placeholders (`AKIAIOSFODNN7EXAMPLE`, `ghp_xxxx…`) are no secrets.
///
/// - Complexity: O(n) on every input: a candidate looks at no more than 512 bytes (a private key at
///   4,096, once a header).
public enum SecretScan {
  /// The secrets of a text in the order in which they stand; none overlap.
  ///
  /// - Parameter heedsMarks: Leave out those on whose line the text itself says that they are none. Where
  ///   something leaves the device that is not for the text to say: somebody else may have written it.
  public static func findings(in bytes: [UInt8], heedsMarks: Bool = true) -> [SecretFinding] {
    bytes.withUnsafeBufferPointer { Run(bytes: $0, heedsMarks: heedsMarks).findings() }
  }

  /// Shapes by the first byte of their prefix.
  private static let byFirst: [[SecretShape]] = {
    var table = [[SecretShape]](repeating: [], count: 256)
    for shape in SecretShape.all { table[Int(shape.prefix[0])].append(shape) }
    return table
  }()

  /// Bytes at which something can begin.
  private static let isStart: [Bool] = {
    var table = byFirst.map { !$0.isEmpty }
    for shape in SecretShape.assigned {
      table[Int(shape.prefix[0])] = true
      table[Int(shape.prefix[0]) & ~0x20] = true
    }
    table[Int(UInt8(ascii: "-"))] = true
    table[Int(UInt8(ascii: ":"))] = true
    table[Int(UInt8(ascii: "h"))] = true  // hooks.slack.com
    return table
  }()

  private struct Run {
    let bytes: UnsafeBufferPointer<UInt8>
    let heedsMarks: Bool

    func findings() -> [SecretFinding] {
      var found: [SecretFinding] = []
      var at = 0
      SecretScan.isStart.withUnsafeBufferPointer { isStart in
        while at < bytes.count {
          guard isStart[Int(bytes[at])], let (rule, range) = secret(at: at) else {
            at += 1
            continue
          }
          if !heedsMarks || !isAllowed(range) {
            found.append(
              SecretFinding(rule: rule, range: range, fingerprint: fingerprint(rule, range)))
          }
          at = range.upperBound
        }
      }
      return found
    }

    private func secret(at start: Int) -> (String, Range<Int>)? {
      let byte = bytes[start]
      if byte == UInt8(ascii: "-") { return privateKey(at: start) }
      if byte == UInt8(ascii: ":") { return telegramToken(at: start) }
      // A prefix within a word is no prefix.
      if start > 0, isWord(bytes[start - 1]) { return nil }
      for shape in SecretScan.byFirst[Int(byte)] where matches(shape.prefix, at: start) {
        if let end = end(of: shape, from: start + shape.prefix.count) {
          return (shape.rule, start..<end)
        }
      }
      if byte == UInt8(ascii: "h"), let range = slackHook(at: start) {
        return ("slack-webhook", range)
      }
      for shape in SecretShape.assigned where matches(shape.prefix, at: start, lower: true) {
        if let range = assigned(shape, after: start + shape.prefix.count) {
          return (shape.rule, range)
        }
      }
      return nil
    }

    private func matches(_ prefix: [UInt8], at start: Int, lower: Bool = false) -> Bool {
      guard start + prefix.count <= bytes.count else { return false }
      for i in prefix.indices {
        var byte = bytes[start + i]
        if lower, (0x41...0x5A).contains(byte) { byte |= 0x20 }
        if byte != prefix[i] { return false }
      }
      return true
    }

    /// The end of a run of the shape's characters, when it is long and mixed enough.
    private func end(of shape: SecretShape, from start: Int) -> Int? {
      var end = start
      let limit = min(bytes.count, start + SecretShape.longest)
      while end < limit, shape.alphabet.contains(bytes[end]) { end += 1 }
      // A full stop or a dash behind a token ends the sentence.
      while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-")
      {
        end -= 1
      }
      guard shape.length.contains(end - start), end < limit || limit == bytes.count else {
        return nil
      }
      if end < bytes.count, isWord(bytes[end]) { return nil }
      return isRandom(start..<end, shape.entropy) ? end : nil
    }

    /// `: "value"` or `=value` behind a name.
    private func assigned(_ shape: SecretShape, after name: Int) -> Range<Int>? {
      var at = name
      var hasSign = false
      let limit = min(bytes.count, name + 16)
      while at < limit {
        switch bytes[at] {
        case UInt8(ascii: "="), UInt8(ascii: ":"): hasSign = true
        case 0x20, 0x09, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): break
        default:
          guard hasSign, let end = end(of: shape, from: at) else { return nil }
          return at..<end
        }
        at += 1
      }
      return nil
    }

    /// `-----BEGIN … PRIVATE KEY-----` with a key behind it: at least 64 characters of base64.
    private func privateKey(at start: Int) -> (String, Range<Int>)? {
      guard matches(Array("-----BEGIN ".utf8), at: start) else { return nil }
      var at = start + 11
      let lineLimit = min(bytes.count, at + 48)
      while at < lineLimit, bytes[at] != UInt8(ascii: "-") {
        guard (0x41...0x5A).contains(bytes[at]) || bytes[at] == 0x20 else { return nil }
        at += 1
      }
      let name = bytes[(start + 11)..<at]
      let marks = [Array("PRIVATE KEY".utf8), Array("PRIVATE KEY BLOCK".utf8)]
      guard marks.contains(where: { name.suffix($0.count).elementsEqual($0) }) else { return nil }
      while at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
      var material = 0
      let limit = min(bytes.count, at + 4096)
      var end = at
      scan: while end < limit {
        switch bytes[end] {
        case let byte where SecretShape.Alphabet.base64.contains(byte): material += 1
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: ">"), UInt8(ascii: "|"),
          UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "."),
          UInt8(ascii: "("),
          UInt8(ascii: ")"):
          break
        default: break scan
        }
        end += 1
      }
      guard material >= 64, isRandom(at..<end, 3.5) else { return nil }
      return ("private-key", start..<end)
    }

    /// `123456789:AA…` as bots of Telegram have it; `colon` is where the sign stands.
    private func telegramToken(at colon: Int) -> (String, Range<Int>)? {
      guard matches(Array(":AA".utf8), at: colon) else { return nil }
      var start = colon
      while start > 0, colon - start < 11, (0x30...0x39).contains(bytes[start - 1]) { start -= 1 }
      guard (8...10).contains(colon - start), start == 0 || !isWord(bytes[start - 1]) else {
        return nil
      }
      let shape = SecretShape("telegram-token", ":AA", .wordAndDash, 33...33, entropy: 3.5)
      return end(of: shape, from: colon + 3).map { ("telegram-token", start..<$0) }
    }

    private func slackHook(at start: Int) -> Range<Int>? {
      let prefix = Array("hooks.slack.com/services/T".utf8)
      guard matches(prefix, at: start) else { return nil }
      var end = start + prefix.count
      var parts = 1
      var last = 0
      while end < bytes.count, end - start < 160 {
        if bytes[end] == UInt8(ascii: "/") {
          parts += 1
          last = 0
        } else if SecretShape.Alphabet.alphanumeric.contains(bytes[end]) {
          last += 1
        } else {
          break
        }
        end += 1
      }
      guard parts == 3, last == 24, isRandom((end - 24)..<end, 3.5) else { return nil }
      return start..<end
    }

    // MARK: - Judging

    private func isWord(_ byte: UInt8) -> Bool {
      SecretShape.Alphabet.word.contains(byte) || byte >= 0x80
    }

    /// Whether characters are mixed as a machine mixes them, not as a person writes placeholders.
    private func isRandom(_ range: Range<Int>, _ least: Double) -> Bool {
      var counts = [Int](repeating: 0, count: 256)
      var run = 0
      var steps = 0
      var previous: UInt8 = 0
      for byte in bytes[range] {
        counts[Int(byte)] += 1
        // `xxxxx`, `12345678`, `abcdefgh`: five equal or seven in a row are nobody's key.
        run = byte == previous ? run + 1 : 0
        steps = byte == previous &+ 1 ? steps + 1 : 0
        if run >= 5 || steps >= 6 { return false }
        previous = byte
      }
      for mark in ["EXAMPLE", "example", "Example", "SAMPLE", "REDACTED", "PLACEHOLDER", "YOUR"]
      where contains(Array(mark.utf8), range) { return false }
      return Self.entropy(counts, of: range.count) >= least
    }

    private func contains(_ word: [UInt8], _ range: Range<Int>) -> Bool {
      guard range.count >= word.count else { return false }
      return (range.lowerBound...(range.upperBound - word.count)).contains { start in
        bytes[start] == word[0] && matches(word, at: start)
      }
    }

    /// Shannon's entropy in bits a character.
    private static func entropy(_ counts: [Int], of total: Int) -> Double {
      counts.reduce(0) { sum, count in
        guard count > 0 else { return sum }
        let share = Double(count) / Double(total)
        return sum - share * log2(share)
      }
    }

    /// Whether the line says that the secret is meant to be there.
    private func isAllowed(_ range: Range<Int>) -> Bool {
      let mark = Array(SecretFinding.allowance.utf8)
      var start = range.lowerBound
      let floor = max(0, start - 1024)
      while start > floor, bytes[start - 1] != 0x0A { start -= 1 }
      var end = range.lowerBound
      let limit = min(bytes.count, end + 1024)
      while end < limit, bytes[end] != 0x0A { end += 1 }
      return contains(mark, start..<end)
    }

    /// FNV-1a over the rule and the secret.
    private func fingerprint(_ rule: String, _ range: Range<Int>) -> String {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in rule.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      for byte in bytes[range] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }
}
