/// What of a pasted error or stack trace identifies it.
///
/// Paths, line numbers, addresses, times and ids differ from one occurrence to the next; names of
/// errors and the words of the message stay. The query asks for any of what stays, so the note that
/// has most of it comes first.
public enum ErrorQuery {
  /// Longest text that is read, in bytes; the end of a log says most.
  static let maximumText = 64 << 10

  /// The words to search for, each once, best lines first; empty when nothing identifies the error.
  public static func words(of text: String) -> [String] {
    let lines = String(decoding: Array(text.utf8).suffix(maximumText), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
    // Messages name an error; frames of a stack only name places.
    let messages = lines.filter { isMessage($0) }
    var seen: Set<String> = []
    var words: [String] = []
    for line in messages.isEmpty ? lines.suffix(20) : messages.suffix(12) {
      for word in identifying(line) where seen.insert(word.lowercased()).inserted {
        words.append(word)
      }
    }
    return Array(words.prefix(40))
  }

  /// A query for any of the words, which must not be taken for operators.
  public static func query(for text: String) -> String {
    words(of: text).map { "\"" + $0 + "\"" }.joined(separator: " OR ")
  }

  private static func isMessage(_ line: String) -> Bool {
    let lower = line.lowercased()
    if lower.hasPrefix("  file \"") || lower.hasPrefix("\tat ") || lower.hasPrefix("    at ") {
      return false
    }
    return [
      "error", "exception", "failed", "fatal", "cannot", "denied", "refused", "timed out",
      "timeout", "exit code", "killed", "unable", "invalid", "not found", "no such", "panic",
    ].contains { lower.contains($0) }
  }

  /// The words of a line without what differs from one occurrence to the next.
  private static func identifying(_ line: String) -> [String] {
    line.split { $0 == " " || $0 == "\t" || "()[]{}<>,;'\"`=|".contains($0) }.compactMap { part in
      var word = part
      while let last = word.last, ".:!?-".contains(last) { word.removeLast() }
      while let first = word.first, ".:!?-*".contains(first) { word.removeFirst() }
      guard word.count >= 2, word.count <= 64, !isVolatile(word) else { return nil }
      return String(word)
    }
  }

  private static func isVolatile(_ word: Substring) -> Bool {
    if word.contains("/") || word.contains("\\") || word.contains("@") { return true }
    let digits = word.utf8.count { (0x30...0x39).contains($0) }
    let letters = word.utf8.count { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x80 }
    // Error codes such as E0308 and exit codes such as 137 stay; times, ids and addresses do not.
    if letters == 0 { return digits > 4 || digits < word.utf8.count || digits < 2 }
    // A time such as 2026-11-22T10:20:30Z.
    if digits >= 8, letters <= 2 { return true }
    if word.hasPrefix("0x") { return true }
    let isHex = word.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) || $0 == UInt8(ascii: "-")
    }
    return isHex && digits > 0 && word.utf8.count >= 7
  }
}
