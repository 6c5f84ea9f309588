public import Manuscript

/// Takes the names of people and employers out of a document, the same name always for the same word:
/// for a reader who is to judge the work and not the person.
public struct Anonymiser: Sendable {
  /// A name and what stands for it, longest names first.
  public let replacements: [(name: String, by: String)]

  /// Names of `choice`: the person, employers, organisations of projects, schools, references.
  public init(_ choice: Choice) {
    var list: [(String, String)] = []
    var taken: [String: String] = [:]
    func add(_ name: String?, _ make: (Int) -> String, _ counter: inout Int) {
      guard let name = name?.trimmed, name.count > 1 else { return }
      if taken[name.lowercased()] != nil { return }
      let word = make(counter)
      counter += 1
      taken[name.lowercased()] = word
      list.append((name, word))
      // The short form that texts use: "Havn" for "Havn Logistics".
      let first = name.split(separator: " ").first.map(String.init) ?? name
      if first != name, first.count > 3, !Self.generic.contains(first.lowercased()),
        taken[first.lowercased()] == nil
      {
        taken[first.lowercased()] = word
        list.append((first, word))
      }
    }
    let profile = choice.profile
    list.append((profile.name, "The candidate"))
    for part in profile.name.split(whereSeparator: { $0 == " " || $0 == "-" }) where part.count > 1
    {
      list.append((String(part), "the candidate"))
    }
    func letter(_ what: String) -> (Int) -> String {
      { number in
        let letter = UnicodeScalar(UInt8(65 + number % 26))
        return number < 26 ? "\(what) \(letter)" : "\(what) \(letter)\(number / 26)"
      }
    }
    var employers = 0
    for job in profile.work { add(job.name, letter("Employer"), &employers) }
    for project in choice.projects { add(project.organisation, letter("Employer"), &employers) }
    for item in profile.volunteer {
      add(item.detail ?? item.title, letter("Organisation"), &employers)
    }
    var schools = 0
    for school in profile.education { add(school.institution, letter("School"), &schools) }
    var others = 0
    for one in profile.references { add(one.name, letter("Person"), &others) }
    replacements = list.sorted { ($1.0.count, $0.0) < ($0.0.count, $1.0) }.map {
      (name: $0.0, by: $0.1)
    }
  }

  /// First words of names that are words of the language.
  private static let generic: Set<String> = [
    "university", "institute", "college", "school", "bank", "city", "federal", "national", "royal",
    "technical", "technische", "universität", "université", "the", "data", "global", "first",
    "open", "state", "north", "south", "east", "west", "freelance", "self-employed", "independent",
  ]

  /// A text without the names; whole words only, whatever their case.
  public func text(_ text: String) -> String {
    var text = text
    for (name, by) in replacements {
      var out = ""
      var rest = text[...]
      while let range = Self.range(of: name, in: rest) {
        out += rest[..<range.lowerBound] + by
        rest = rest[range.upperBound...]
      }
      text = out + rest
    }
    return text
  }

  /// Where a name stands as a word of its own.
  private static func range(of name: String, in text: Substring) -> Range<Substring.Index>? {
    let needle = Array(name.lowercased())
    var start = text.startIndex
    while start < text.endIndex {
      var at = start
      var matched = 0
      while matched < needle.count, at < text.endIndex,
        String(text[at]).lowercased() == String(needle[matched])
      {
        at = text.index(after: at)
        matched += 1
      }
      if matched == needle.count {
        let before = start == text.startIndex ? nil : text[text.index(before: start)]
        let after = at == text.endIndex ? nil : text[at]
        func isWord(_ character: Character?) -> Bool {
          character.map { $0.isLetter || $0.isNumber } ?? false
        }
        if !isWord(before), !isWord(after) { return start..<at }
      }
      start = text.index(after: start)
    }
    return nil
  }

  /// A document without names, contact details and links.
  public func document(_ document: Document) -> Document {
    var document = document.mapped(text, link: { _ in nil })
    document.masthead.contacts = []
    document.masthead.name = "The candidate"
    document.author = "The candidate"
    return document
  }
}
