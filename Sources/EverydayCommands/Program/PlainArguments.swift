/// The words of a command line in the shapes that people and programs type every day.
///
/// ArgumentParser describes a whole verb to itself before it reads a word, which costs more than a
/// search does. Verbs that must be instant read the plain shapes themselves: words, `--flag`,
/// `--option value`, `--option=value`, `-o value`, and `--` before words that begin with a dash.
/// Anything else, also whatever is wrong, is left to ArgumentParser, which has the words for it;
/// `PlainArgumentsTests` holds both to the same reading.
struct PlainArguments {
  enum Word: Equatable {
    case text(String)
    /// With its dashes.
    case option(String)
    /// Something that only ArgumentParser can read.
    case other
  }

  private let words: [String]
  private var place = 0
  private var isBehindDashes = false
  /// The value behind the `=` of the option that was read last.
  private var attached: String?

  init(_ words: [String]) { self.words = words }

  /// The next word, or nil at the end.
  mutating func next() -> Word? {
    // A value that was not asked for was given to a flag.
    guard attached == nil else { return .other }
    guard place < words.count else { return nil }
    let word = words[place]
    place += 1
    let bytes = word.utf8
    guard !isBehindDashes, bytes.first == UInt8(ascii: "-"), bytes.count > 1 else {
      return .text(word)
    }
    if word == "--" {
      isBehindDashes = true
      return next()
    }
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return .option(word) }
    let value = String(word[bytes.index(after: equals)...])
    guard word.hasPrefix("--"), !value.isEmpty else { return .other }
    attached = value
    return .option(String(word[..<equals]))
  }

  /// The value of the option that was read last; nil when it has none of a plain shape.
  mutating func value() -> String? {
    if let attached {
      self.attached = nil
      return attached
    }
    guard place < words.count else { return nil }
    let word = words[place]
    guard word.utf8.first != UInt8(ascii: "-") || word == "-" else { return nil }
    place += 1
    return word
  }

  /// Reads the value into `place`; false when there is none.
  mutating func take(_ place: inout String?) -> Bool {
    guard let value = value() else { return false }
    place = value
    return true
  }

  mutating func take(_ place: inout String) -> Bool {
    guard let value = value() else { return false }
    place = value
    return true
  }

  mutating func take(_ place: inout [String]) -> Bool {
    guard let value = value() else { return false }
    place.append(value)
    return true
  }

  mutating func take(_ place: inout Int) -> Bool {
    guard let number = value().flatMap({ Int($0) }) else { return false }
    place = number
    return true
  }

  mutating func take(_ place: inout Int?) -> Bool {
    guard let number = value().flatMap({ Int($0) }) else { return false }
    place = number
    return true
  }

  mutating func take(_ place: inout Style.When) -> Bool {
    guard let when = value().flatMap({ Style.When(rawValue: $0) }) else { return false }
    place = when
    return true
  }
}

extension IndexChoice {
  /// Whether the option is one of these, with all that belongs to it.
  mutating func take(_ option: String, _ words: inout PlainArguments) -> Bool {
    switch option {
    case "--vault": return words.take(&vault.vault)
    case "--index-dir": return words.take(&indexDirectory)
    case "--no-refresh": noRefresh = true
    default: return false
    }
    return true
  }
}

extension ReadingOptions {
  init(_ choice: IndexChoice) {
    self.init()
    vault = VaultOptions(choice.vault.vault)
    indexDirectory = choice.indexDirectory
    noRefresh = choice.noRefresh
  }
}

extension VaultOptions {
  init(_ vault: String?) {
    self.init()
    self.vault = vault
  }
}

extension NoteFilters {
  /// Whether the option is one of these, with all that belongs to it.
  mutating func take(_ option: String, _ words: inout PlainArguments) -> Bool {
    switch option {
    case "-k", "--kind": words.take(&kind)
    case "-t", "--tag": words.take(&tag)
    case "-s", "--skill": words.take(&skill)
    case "-l", "--lang": words.take(&lang)
    case "--since": words.take(&since)
    case "--until": words.take(&until)
    case "--in": words.take(&folder)
    default: false
    }
  }
}

extension FilterOptions {
  init(_ choice: NoteFilters) {
    self.init()
    kind = choice.kind
    tag = choice.tag
    skill = choice.skill
    lang = choice.lang
    since = choice.since
    until = choice.until
    folder = choice.folder
  }
}
