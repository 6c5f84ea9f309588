internal import FullText
internal import Notes

extension NoteSearch.Hit {
  /// The snippet with its matches marked.
  func highlighted(_ style: Style) -> String {
    let bytes = Array(snippet.utf8)
    var out = ""
    var at = 0
    for match in matches where match.lowerBound >= at && match.upperBound <= bytes.count {
      out += Self.shown(bytes[at..<match.lowerBound])
      out += style.match(Self.shown(bytes[match]))
      at = match.upperBound
    }
    return out + Self.shown(bytes[at...])
  }

  /// Code comes in lines.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    Terminal.harmless(String(decoding: bytes, as: UTF8.self), keepingLines: true)
  }

  /// The hit in the shape that `search` promises.
  var json: JSON {
    .object([
      ("path", .string(note.path)), ("title", .string(note.title)), ("kind", .string(note.kind)),
      ("score", .number(score)), ("line", .int(line)), ("snippet", .string(snippet)),
      ("matches", .array(matches.map { .array([.int($0.lowerBound), .int($0.upperBound)]) })),
      ("tags", .strings(note.tags)), ("skills", .strings(note.skills)),
      ("lang", .optional(note.language)), ("modified", .string(note.modified)),
    ])
  }

  func value(of name: String) -> String {
    switch name {
    case "line": String(line)
    case "snippet": Terminal.harmless(snippet.replacing("\n", with: " "))
    case "score": JSON.number(score).text
    default: note.value(of: name)
    }
  }
}

extension ScorePart {
  /// One line for a person: what the word is worth, and why.
  var explanation: String {
    let weight = JSON.number(Double(score)).text
    let rarity = JSON.number(Double(idf)).text
    let often = JSON.number(Double(frequency)).text
    return "\(weight) for \(Terminal.harmless(text)): rarity \(rarity) (in "
      + "\(Count.of(documents, "note"))), weighted occurrences \(often)"
  }
}

extension ForgivingResult.Correction {
  /// What a person should know about it.
  var sentence: String {
    guard let meant else {
      return "Few notes have '\(typed)'; words that begin so are shown too."
    }
    return "Did you mean '\(meant)'? Few notes have '\(typed)'."
  }
}

extension NoteSearch.Result {
  /// The answer in the shape that `search` promises.
  func json(query: String, micros: Int) -> JSON {
    let meant = corrections.compactMap(\.meant)
    let suggestion = meant.isEmpty ? [] : [("did_you_mean", JSON.strings(meant))]
    return .object(
      [
        ("query", .string(query)), ("total", .int(total)), ("total_exact", .bool(isTotalExact)),
        ("micros", .int(micros)), ("hits", .array(hits.map(\.json))),
      ] + suggestion)
  }
}
