/// How words of an advertisement are looked for in a text: whole words, whatever their case, with
/// dashes, dots and slashes taken for spaces and a plural taken for its singular.
enum WantedWords {
  /// A text as ``has(_:_:)`` takes it: words of small letters, a space around each.
  static func normalised(_ text: String) -> String {
    var out = " "
    var word = ""
    func end() {
      guard !word.isEmpty else { return }
      out += singular(word) + " "
      word = ""
    }
    for scalar in scripts(text.lowercased()).unicodeScalars {
      // `c++`, `c#` and `node.js` keep their signs, a full stop ends a word.
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "+"
        || scalar == "#"
      {
        word.unicodeScalars.append(scalar)
      } else {
        end()
      }
    }
    end()
    return out
  }

  /// A space where Latin letters meet kana or Han characters, which need none: `Airflowの運用`.
  static func scripts(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isEastAsian) else { return text }
    var out = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      let parts =
        isEastAsian(scalar) && last.isASCII && last.properties.isAlphabetic
        || isEastAsian(last) && scalar.isASCII && scalar.properties.isAlphabetic
      if parts { out.append(" ") }
      out.append(scalar)
      last = scalar
    }
    return String(out)
  }

  private static func isEastAsian(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xAC00...0xD7A3: true
    default: false
    }
  }

  /// `pipelines` and `pipeline` are one word; `kubernetes`, `aws` and `analysis` stay as they are.
  private static func singular(_ word: String) -> String {
    guard word.count > 4, word.hasSuffix("s") else { return word }
    for ending in ["ss", "us", "is", "etes"] where word.hasSuffix(ending) { return word }
    return word.hasSuffix("ies") ? String(word.dropLast(3)) + "y" : String(word.dropLast())
  }

  /// Whether a normalised text has the words of `term` one behind the other.
  static func has(_ text: String, _ term: String) -> Bool {
    let wanted = normalised(term)
    return wanted.count > 2 && text.contains(wanted)
  }
}
