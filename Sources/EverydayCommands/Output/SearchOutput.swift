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
  func write(to json: inout JSONText) {
    json.object { json in
      json.name("path")
      json.string(note.path)
      json.name("title")
      json.string(note.title)
      json.name("kind")
      json.string(note.kind)
      json.name("score")
      json.number(score)
      json.name("line")
      json.int(line)
      json.name("snippet")
      json.string(snippet)
      json.name("matches")
      json.list { json in
        for match in matches {
          json.list { json in
            json.int(match.lowerBound)
            json.int(match.upperBound)
          }
        }
      }
      json.name("tags")
      json.strings(note.tags)
      json.name("skills")
      json.strings(note.skills)
      json.name("lang")
      json.string(note.language)
      json.name("modified")
      json.string(note.modified)
    }
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
  func json(query: String, micros: Int) -> JSONText {
    var json = JSONText()
    json.object { json in
      json.name("query")
      json.string(query)
      json.name("total")
      json.int(total)
      json.name("total_exact")
      json.bool(isTotalExact)
      json.name("micros")
      json.int(micros)
      json.name("hits")
      json.list { json in for hit in hits { hit.write(to: &json) } }
      let meant = corrections.compactMap(\.meant) + nearValues.map(\.meant)
      if !meant.isEmpty {
        json.name("did_you_mean")
        json.strings(meant)
      }
    }
    return json
  }
}
