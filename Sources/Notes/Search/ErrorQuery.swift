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
    let kinds = lines.map { kind(of: $0) }
    // What names the error outright; the lines set in below it go on with its message.
    var naming: [String] = []
    var near: Set<Int> = []
    for (place, line) in lines.enumerated() where kinds[place] == .names {
      naming.append(line)
      near.formUnion(place - reach...place + reach)
      let next = place + 1
      if next < lines.count, kinds[next] != .frame, kinds[next] != .names,
        indent(of: lines[next]) > indent(of: line)
      {
        naming.append(lines[next])
      }
    }
    // Lines that only speak of trouble are many in a log, and mostly of other trouble.
    let speaking = lines.indices.filter { kinds[$0] == .speaks }
    var words: [String] = []
    add(naming.suffix(12), to: &words)
    add(speaking.filter { near.contains($0) }.suffix(6).map { lines[$0] }, to: &words)
    if words.count < fewest { add(speaking.suffix(12).map { lines[$0] }, to: &words) }
    if words.count < fewest { add(lines.suffix(20), to: &words) }
    return Array(words.prefix(60))
  }

  /// Adds the words of lines, and where two stand beside each other, both as a phrase.
  private static func add(_ lines: some Sequence<String>, to words: inout [String]) {
    var seen = Set(words.map { $0.lowercased() })
    for line in lines {
      let text = withoutPrefix(line)
      let found = identifying(text)
      for word in found where seen.insert(word.lowercased()).inserted { words.append(word) }
      for (left, right) in zip(found, found.dropFirst()) {
        let pair = left + " " + right
        if text.contains(pair), seen.insert(pair.lowercased()).inserted { words.append(pair) }
      }
    }
  }

  /// How many lines from one that names the error another may speak of it.
  private static let reach = 4

  /// With fewer words than this, lines that say less are taken too.
  private static let fewest = 3

  /// A query for any of the words, which must not be taken for operators.
  public static func query(for text: String) -> String {
    words(of: text).map { "\"" + $0 + "\"" }.joined(separator: " OR ")
  }

  /// What a line of a log or a stack trace is good for.
  private enum LineKind { case names, speaks, frame, other }

  private static func kind(of line: String) -> LineKind {
    let text = withoutPrefix(line)
    let lower = text.lowercased()
    if ["file \"", "at ", "--> ", "from "].contains(where: { lower.hasPrefix($0) }) {
      return .frame
    }
    if namesError(text) { return .names }
    let speaks = [
      "error", "exception", "failed", "fatal", "cannot", "denied", "refused", "timed out",
      "timeout", "exit code", "killed", "unable", "invalid", "not found", "no such", "panic",
      "back-off", "backoff", "insufficient", "exceeded", "detected",
    ].contains { lower.contains($0) }
    return speaks ? .speaks : .other
  }

  /// Whether a word of the line is the name of an error with its message behind it, such as
  /// `java.io.IOException: `, `panic: ` or `error[E0502]: `.
  private static func namesError(_ line: Substring) -> Bool {
    var rest = line
    while let colon = rest.firstIndex(of: ":") {
      let before = rest[..<colon]
      let name = before.split(separator: " ").last.map(String.init) ?? ""
      let behind = rest[rest.index(after: colon)...]
      let isEnd = behind.isEmpty || behind.first == " "
      if isEnd, isErrorName(name) { return true }
      rest = behind
    }
    let last = line.split(separator: " ").last.map(String.init) ?? ""
    return isErrorName(last) && last.first?.isUppercase == true && last != last.uppercased()
  }

  private static func isErrorName(_ word: String) -> Bool {
    let name = word.prefix { $0 != "[" && $0 != "(" }
      .drop { !$0.isLetter }.lowercased()
    if ["error", "panic", "fatal", "err", "failure", "exception", "emerg"].contains(name) {
      return true
    }
    return ["error", "exception", "failure", "fault"].contains {
      name.hasSuffix($0)
    }
  }

  private static func indent(of line: String) -> Int {
    line.prefix { $0 == " " || $0 == "\t" || $0 == "│" || $0 == "|" }.count
  }

  /// The line without what a log puts before each: times, levels, names of places in brackets.
  private static func withoutPrefix(_ line: String) -> Substring {
    var rest = line.drop { !$0.isLetter && !$0.isNumber && $0 != "[" && $0 != "{" && $0 != "/" }
    while true {
      if let first = rest.first, first == "[" || first == "{" {
        guard let end = rest.firstIndex(of: first == "[" ? "]" : "}") else { return rest }
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { $0 != " " && $0 != "\t" }
        let isLevel = ["INFO", "DEBUG", "WARN", "WARNING", "ERROR", "UTC", "TRACE", "NOTICE"]
          .contains(word)
        guard !word.isEmpty, isLevel || isTime(word) else { return rest }
        rest = rest[word.endIndex...]
      }
      rest = rest.drop { " \t-}:".contains($0) }
    }
  }

  private static func isTime(_ word: Substring) -> Bool {
    let digits = word.utf8.count { (0x30...0x39).contains($0) }
    return digits >= 4
      && word.utf8.allSatisfy {
        (0x30...0x3A).contains($0) || "-.,TZ+/".utf8.contains($0)
      }
  }

  /// The words of a line without what differs from one occurrence to the next.
  private static func identifying(_ line: Substring) -> [String] {
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
