@testable import FullText

/// The answer to a query by looking at every token of every document.
struct Oracle {
  private struct Place {
    var text: [UInt8]
    var position: Int
    var field: UInt8
  }

  private struct Sink: TokenSink {
    var field: UInt8 = 0
    var places: [Place] = []
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      places.append(Place(text: Array(text), position: token.position, field: field))
    }
  }

  let document: Document
  private let places: [Place]
  private let schema = Fixture.schema

  init(_ document: Document) {
    self.document = document
    var sink = Sink()
    var analyser = Analyser()
    var position = 0
    document.text.withUnsafeBufferPointer {
      for run in document.runs {
        if !run.joinsPrevious, position > 0 { position += Inverter.gap }
        sink.field = run.field
        position = analyser.run($0, run.range, position: position, into: &sink)
      }
    }
    places = sink.places
  }

  func matches(_ node: Query.Node) -> Bool {
    switch node {
    case .leaf(let leaf): matches(leaf)
    case .and(let nodes): nodes.allSatisfy(matches)
    case .or(let nodes): nodes.contains(where: matches)
    case .not(let node): !matches(node)
    case .filter(let filter): matches(filter)
    }
  }

  private func matches(_ leaf: Query.Leaf) -> Bool {
    let fields = leaf.fields.compactMap { schema.index(of: $0) }.map { UInt8($0) }
    let inside = places.filter { leaf.fields.isEmpty || fields.contains($0.field) }
    switch leaf.pattern {
    case .term(let term, let stemmed):
      let word = String(decoding: term, as: UTF8.self)
      return inside.contains { place in
        if place.text == term { return true }
        guard stemmed, !schema.fields[Int(place.field)].isCode, isEnglish(term),
          isEnglish(place.text)
        else { return false }
        return EnglishStemmer.stem(String(decoding: place.text, as: UTF8.self))
          == EnglishStemmer.stem(word)
      }
    case .prefix(let prefix):
      return inside.contains {
        $0.text.starts(with: prefix) && (isCompound(prefix) || !isCompound($0.text))
      }
    case .fuzzy(let word, let most):
      let wanted = scalars(word)
      return inside.contains { place in
        let found = scalars(place.text)
        if isCompound(place.text) || (most == 1 && found.first != wanted.first) { return false }
        return Self.distance(wanted, found) <= most
      }
    case .sequence(let whole, let slots):
      if let whole, inside.contains(where: { $0.text == whole }) { return true }
      var reached = Set(inside.filter { $0.text == slots[0].term }.map(\.position))
      for slot in slots.dropFirst() {
        let next = inside.filter { $0.text == slot.term }.map(\.position)
        reached = Set(
          next.filter { position in
            (slot.leastStep...slot.mostStep).contains { reached.contains(position - $0) }
          })
      }
      return !reached.isEmpty
    }
  }

  private func isEnglish(_ word: [UInt8]) -> Bool {
    word.withUnsafeBufferPointer { EnglishStemmer.accepts($0) }
  }

  private func isCompound(_ text: [UInt8]) -> Bool {
    text.contains { "-./:@#_+".utf8.contains($0) }
  }

  private func scalars(_ text: [UInt8]) -> [UInt32] {
    String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value)
  }

  /// Optimal string alignment, by the book.
  static func distance(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var table = [[Int]](
      repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for row in 0...left.count { table[row][0] = row }
    for column in 0...right.count { table[0][column] = column }
    for row in stride(from: 1, through: left.count, by: 1) {
      for column in stride(from: 1, through: right.count, by: 1) {
        let change = left[row - 1] == right[column - 1] ? 0 : 1
        var best = min(
          table[row - 1][column] + 1, table[row][column - 1] + 1,
          table[row - 1][column - 1] + change)
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          best = min(best, table[row - 2][column - 2] + 1)
        }
        table[row][column] = best
      }
    }
    return table[left.count][right.count]
  }

  func matches(_ filter: Filter) -> Bool {
    func values(_ name: String) -> [String] {
      document.attributes.filter { TextFolding.fold($0.name) == TextFolding.fold(name) }
        .map { TextFolding.fold($0.value) }
    }
    switch filter {
    case .all: return true
    case .equals(let name, let value): return values(name).contains(TextFolding.fold(value))
    case .within(let name, let value):
      let top = TextFolding.fold(value)
      return values(name).contains { $0 == top || $0.hasPrefix(top + "/") }
    case .prefix(let name, let value):
      return values(name).contains { $0.hasPrefix(TextFolding.fold(value)) }
    case .compare(let name, let comparison, let value):
      return values(name).contains { found in
        let order: Int
        if let left = Double(found), let right = Double(value) {
          order = left < right ? -1 : left > right ? 1 : 0
        } else {
          order = found == value ? 0 : found < value ? -1 : 1
        }
        switch comparison {
        case .less: return order < 0
        case .lessOrEqual: return order <= 0
        case .greater: return order > 0
        case .greaterOrEqual: return order >= 0
        }
      }
    case .exists(let name): return !values(name).isEmpty
    case .keyPrefix(let prefix): return document.key.hasPrefix(prefix)
    case .and(let filters): return filters.allSatisfy(matches)
    case .or(let filters): return filters.contains(where: matches)
    case .not(let filter): return !matches(filter)
    }
  }
}
