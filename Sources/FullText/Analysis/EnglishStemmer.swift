/// Porter2 stemming of English.
///
/// Source: M. F. Porter, "The English (Porter2) stemming algorithm",
/// https://snowballstem.org/algorithms/english/stemmer.html, as revised to 2025: `organize` has not the
/// stem of `organ`, nor `university` that of `universe`.
struct EnglishStemmer {
  private var word: [UInt8]
  /// Where the regions R1 and R2 start.
  private var r1 = 0
  private var r2 = 0

  /// Longest word that is stemmed, in bytes.
  static let longestWord = 64

  /// Whether `word` can be stemmed: 3 to 64 letters from a to z.
  static func accepts(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard word.count >= 3, word.count <= longestWord else { return false }
    for byte in word where byte &- 97 >= 26 { return false }
    return true
  }

  /// The stem of a word that is accepted; other words come back as they are.
  static func stem(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard accepts(word) else { return Array(word) }
    if let exception = exception(word) { return Array(exception.utf8) }
    var stemmer = EnglishStemmer(word: Array(word))
    return stemmer.run()
  }

  static func stem(_ word: String) -> String {
    var word = word
    return String(decoding: word.withUTF8 { stem($0) }, as: UTF8.self)
  }

  private init(word: [UInt8]) {
    self.word = word
  }

  private static func exception(_ word: UnsafeBufferPointer<UInt8>) -> String? {
    guard word.count <= 6 else { return nil }
    return switch String(decoding: word, as: UTF8.self) {
    case "skis": "ski"
    case "skies": "sky"
    case "dying": "die"
    case "lying": "lie"
    case "tying": "tie"
    case "idly": "idl"
    case "gently": "gentl"
    case "ugly": "ugli"
    case "early": "earli"
    case "only": "onli"
    case "singly": "singl"
    case "sky": "sky"
    case "news": "news"
    case "howe": "howe"
    case "atlas": "atlas"
    case "cosmos": "cosmos"
    case "bias": "bias"
    case "andes": "andes"
    default: nil
    }
  }

  private static let finished: [StaticString] = [
    "inning", "outing", "canning", "herring", "earring", "evening", "proceed", "exceed", "succeed",
  ]

  /// Beginnings behind which R1 starts: what follows makes another word of them.
  private static let regionPrefixes: [StaticString] = [
    "arsen", "commun", "emerg", "gener", "inter", "later", "organ", "past", "univers",
  ]

  private mutating func run() -> [UInt8] {
    markConsonantYs()
    markRegions()
    step1a()
    for known in Self.finished where word.count == known.utf8CodeUnitCount {
      if starts(with: known) { return word }
    }
    step1b()
    step1c()
    step2()
    step3()
    step4()
    step5()
    for index in word.indices where word[index] == Self.markedY { word[index] = Self.y }
    return word
  }

  private static let y = UInt8(ascii: "y")
  private static let markedY = UInt8(ascii: "Y")

  private func isVowel(_ index: Int) -> Bool {
    switch word[index] {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"), Self.y:
      true
    default: false
    }
  }

  private mutating func markConsonantYs() {
    if word[0] == Self.y { word[0] = Self.markedY }
    for index in 1..<word.count where word[index] == Self.y && isVowel(index - 1) {
      word[index] = Self.markedY
    }
  }

  private mutating func markRegions() {
    r1 = region(after: 0)
    for prefix in Self.regionPrefixes where starts(with: prefix) { r1 = prefix.utf8CodeUnitCount }
    r2 = region(after: r1)
  }

  /// After the first consonant that follows a vowel, from `start` on.
  private func region(after start: Int) -> Int {
    var index = start + 1
    while index < word.count {
      if !isVowel(index), isVowel(index - 1) { return index + 1 }
      index += 1
    }
    return word.count
  }

  private func ends(_ suffix: StaticString) -> Bool {
    let count = suffix.utf8CodeUnitCount
    guard count <= word.count else { return false }
    let start = word.count - count
    for index in 0..<count where word[start + index] != suffix.utf8Start[index] { return false }
    return true
  }

  private func starts(with prefix: StaticString) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard count <= word.count else { return false }
    for index in 0..<count where word[index] != prefix.utf8Start[index] { return false }
    return true
  }

  private mutating func replace(_ count: Int, _ text: StaticString) {
    word.removeLast(count)
    for index in 0..<text.utf8CodeUnitCount { word.append(text.utf8Start[index]) }
  }

  private func hasVowel(before end: Int) -> Bool {
    for index in 0..<max(0, end) where isVowel(index) { return true }
    return false
  }

  private mutating func step1a() {
    if ends("sses") {
      replace(2, "")
    } else if ends("ied") || ends("ies") {
      replace(3, word.count > 4 ? "i" : "ie")
    } else if ends("us") || ends("ss") {
      return
    } else if ends("s"), hasVowel(before: word.count - 2) {
      replace(1, "")
    }
  }

  private mutating func step1b() {
    if ends("eedly") {
      if word.count - 5 >= r1 { replace(3, "") }
      return
    }
    if ends("eed") {
      if word.count - 3 >= r1 { replace(1, "") }
      return
    }
    if word.count == 5, ends("ying"), !isVowel(0) {
      replace(4, "ie")
      return
    }
    let length = ends("ingly") ? 5 : ends("edly") ? 4 : ends("ing") ? 3 : ends("ed") ? 2 : 0
    guard length > 0, hasVowel(before: word.count - length) else { return }
    replace(length, "")
    if ends("at") || ends("bl") || ends("iz") {
      replace(0, "e")
    } else if endsDouble() {
      // To add, to egg on, odd: the word is not a doubled one.
      let isWhole = word.count == 3 && "aeo".utf8.contains(word[0])
      if !isWhole { replace(1, "") }
    } else if isShort() {
      replace(0, "e")
    }
  }

  private func endsDouble() -> Bool {
    guard word.count >= 2, let last = word.last, word[word.count - 2] == last else { return false }
    return "bdfgmnprt".utf8.contains(last)
  }

  private func endsShortSyllable() -> Bool {
    let count = word.count
    if ends("past") { return true }
    if count == 2 { return isVowel(0) && !isVowel(1) }
    guard count >= 3 else { return false }
    let last = word[count - 1]
    let isBarred =
      last == UInt8(ascii: "w") || last == UInt8(ascii: "x") || last == Self.markedY
    return !isVowel(count - 1) && !isBarred && isVowel(count - 2) && !isVowel(count - 3)
  }

  private func isShort() -> Bool { r1 >= word.count && endsShortSyllable() }

  private mutating func step1c() {
    guard word.count > 2, let last = word.last, last == Self.y || last == Self.markedY,
      !isVowel(word.count - 2)
    else { return }
    replace(1, "i")
  }

  private typealias Rule = (suffix: StaticString, replacement: StaticString)

  /// The first rule whose suffix fits, when the suffix stands in R1.
  ///
  /// - Parameter rules: Suffixes, each with what replaces it behind it: a list of pairs is a type that
  ///   takes longer to make than a stem.
  private func rule(of rules: [StaticString]) -> Rule? {
    for at in stride(from: 0, to: rules.count, by: 2) where ends(rules[at]) {
      return word.count - rules[at].utf8CodeUnitCount >= r1 ? (rules[at], rules[at + 1]) : nil
    }
    return nil
  }

  // Longest suffixes first.
  private static let step2Rules: [StaticString] = [
    "ational", "ate", "fulness", "ful", "iveness", "ive", "ization", "ize",
    "ousness", "ous", "biliti", "ble", "lessli", "less", "tional", "tion",
    "alism", "al", "aliti", "al", "ation", "ate", "entli", "ent", "fulli", "ful",
    "iviti", "ive", "ousli", "ous", "abli", "able", "alli", "al", "anci", "ance",
    "ogist", "og", "ator", "ate", "enci", "ence", "izer", "ize", "bli", "ble",
    "ogi", "og", "li", "",
  ]

  private mutating func step2() {
    guard let rule = rule(of: Self.step2Rules) else { return }
    let length = rule.suffix.utf8CodeUnitCount
    let before = word.count > length ? word[word.count - length - 1] : 0
    if length == 3, ends("ogi"), before != UInt8(ascii: "l") { return }
    if length == 2, !"cdeghkmnrt".utf8.contains(before) { return }
    replace(length, rule.replacement)
  }

  private static let step3Rules: [StaticString] = [
    "ational", "ate", "tional", "tion", "alize", "al", "ative", "", "icate", "ic",
    "iciti", "ic", "ical", "ic", "ness", "", "ful", "",
  ]

  private mutating func step3() {
    guard let rule = rule(of: Self.step3Rules) else { return }
    let length = rule.suffix.utf8CodeUnitCount
    if length == 5, ends("ative"), word.count - 5 < r2 { return }
    replace(length, rule.replacement)
  }

  private static let step4Suffixes: [StaticString] = [
    "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti",
    "ive", "ize", "ous", "al", "er", "ic",
  ]

  private mutating func step4() {
    for suffix in Self.step4Suffixes where ends(suffix) {
      let length = suffix.utf8CodeUnitCount
      guard word.count - length >= r2 else { return }
      if length == 3, ends("ion") {
        let before = word.count > 3 ? word[word.count - 4] : 0
        guard before == UInt8(ascii: "s") || before == UInt8(ascii: "t") else { return }
      }
      replace(length, "")
      return
    }
  }

  private mutating func step5() {
    if ends("e") {
      let start = word.count - 1
      if start >= r2 {
        replace(1, "")
      } else if start >= r1 {
        word.removeLast()
        if endsShortSyllable() { word.append(UInt8(ascii: "e")) }
      }
    } else if ends("ll"), word.count - 1 >= r2 {
      replace(1, "")
    }
  }
}
