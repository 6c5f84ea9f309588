/// What single lines say of Go.
extension LanguageGuess {
  /// Statements without brackets around their condition, declarations with the type behind, and
  /// literals that name their type.
  static func go(_ line: String) -> Int {
    var points = exportedCalls(line)
    if line.hasSuffix("{"), !line.hasSuffix("=> {"), !line.hasSuffix("({") {
      for word in ["if ", "for ", "switch ", "} else if ", "else if "] where line.hasPrefix(word) {
        let condition = line.dropFirst(word.count)
        if condition.first != "(", !condition.hasPrefix("let ") { points += 4 }
      }
    }
    let words = line.split(separator: " ")
    guard let head = words.first, !line.hasSuffix(";") else { return points }
    if head == "type", words.count > 2, words[2] != "=" { points += 4 }
    if head == "var" || head == "const", words.count > 2, words[2] != "=", words[1].last != ":" {
      points += 4
    }
    if head == "case" || head == "default:", line.hasSuffix(":") { points += 2 }
    if line.contains("= append(") { points += 4 }
    for mark in [", err = ", ", _ = ", ", ok = ", " make(", " new(", " nil", "(nil", "// "]
    where line.contains(mark) {
      points += 2
    }
    for mark in ["t.Fatal", "t.Error", "t.Run(", "t.Log", "b.N"] where line.hasPrefix(mark) {
      points += 4
    }
    return points + (hasTypedLiteral(line) ? 3 : 0)
  }

  /// `[]name`, `&name{`, `*package.Name` behind a space or a bracket.
  private static func hasTypedLiteral(_ line: String) -> Bool {
    let bytes = Array(line.utf8)
    func isLetter(_ at: Int) -> Bool {
      at < bytes.count && (0x61...0x7A).contains(bytes[at] | 0x20)
    }
    for at in bytes.indices.dropFirst() {
      let before = bytes[at - 1]
      let opens = before == 0x20 || before == UInt8(ascii: "(") || before == UInt8(ascii: "]")
      if before == UInt8(ascii: "["), bytes[at] == UInt8(ascii: "]"),
        isLetter(at + 1) || at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "*")
      {
        return true
      }
      guard opens, isLetter(at + 1) else { continue }
      let name = bytes[(at + 1)...].prefix {
        (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: ".")
          || (0x30...0x39).contains($0)
      }
      if bytes[at] == UInt8(ascii: "&"), name.endIndex < bytes.count,
        bytes[name.endIndex] == UInt8(ascii: "{")
      {
        return true
      }
      if bytes[at] == UInt8(ascii: "*"), let dot = name.firstIndex(of: UInt8(ascii: ".")),
        dot + 1 < name.endIndex, (0x41...0x5A).contains(name[dot + 1])
      {
        return true
      }
    }
    return false
  }

  /// Two points a line for `package.Function(`: what Go exports has a capital.
  private static func exportedCalls(_ line: String) -> Int {
    guard !line.contains("new "), !line.hasSuffix(";") else { return 0 }
    var word = ""
    var isExported = false
    for character in line {
      if character == "." {
        isExported =
          word.first?.isLowercase == true && word.allSatisfy { $0.isLowercase || $0.isNumber }
        word = ""
      } else if character == "(" {
        if isExported, word.first?.isUppercase == true { return 2 }
        word = ""
        isExported = false
      } else if character.isLetter || character.isNumber {
        word.append(character)
      } else {
        word = ""
        isExported = false
      }
    }
    return 0
  }
}
