public import FullText

/// Finds notes that say what a new one says, before it is saved twice.
///
/// The rarest words of the text lead to a few candidates in the index as it stands; those are read and
/// compared by what three words in a row they share (w-shingling: Broder, On the resemblance and
/// containment of documents, 1997). Cost: some look-ups and at most six files.
public struct NearDuplicates {
  private static let mostBytes = 1 << 16
  private static let mostWords = 24
  private static let rareWords = 5
  private static let candidates = 6
  /// Shared shingles over all shingles; and over those of the new text alone, which may be a part.
  private static let resemblance = 0.5
  private static let containment = 0.8
  /// A text of fewer shingles is a line that many notes may hold.
  private static let leastContained = 8

  private let notes: NoteIndex

  public init(_ notes: NoteIndex) { self.notes = notes }

  /// The notes most like a new one, best first.
  public func paths(title: String, body: String, kind: NoteKind) -> [String] {
    var found = sameTitle(title, kind)
    let words = Self.words(Array(body.utf8.prefix(Self.mostBytes)))
    guard words.count >= 4 else { return found }
    let shingles = Self.shingles(words)
    var ranked: [(likeness: Double, path: String)] = []
    for path in candidatePaths(words) where !found.contains(path) {
      guard
        let bytes = try? FileSystem.read(notes.vault.root + "/" + path, limit: Self.mostBytes)
      else { continue }
      let start = FrontMatter(bytes).bodyStart
      let other = Self.shingles(Self.words(Array(bytes[min(start, bytes.count)...])))
      let shared = Double(shingles.intersection(other).count)
      let contained = shared / Double(shingles.count)
      let likeness = shared / Double(shingles.union(other).count)
      if likeness >= Self.resemblance
        || contained >= Self.containment && shingles.count >= Self.leastContained
      {
        ranked.append((max(likeness, contained), path))
      }
    }
    found += ranked.sorted { ($1.likeness, $0.path) < ($0.likeness, $1.path) }.map(\.path)
    return Array(found.prefix(3))
  }

  private func sameTitle(_ title: String, _ kind: NoteKind) -> [String] {
    let filter = Filter.and([
      .equals(NoteAttribute.title, title), .equals(NoteAttribute.kind, kind.rawValue),
    ])
    return notes.index.documents(where: ConflictCopy.leftOut(of: filter)).prefix(2).map {
      notes.index.key(of: $0)
    }
    .filter { FileSystem.status(notes.vault.root + "/" + $0) != nil }
  }

  /// Notes that share the words of the text that are in the fewest notes.
  private func candidatePaths(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    let long = words.filter { $0.utf8.count >= 4 && seen.insert($0).inserted }
      .sorted { $0.utf8.count > $1.utf8.count }
    var counted: [(count: Int, word: String)] = []
    for word in long.prefix(Self.mostWords) {
      if let found = search(word, limit: 0), found.total > 0 { counted.append((found.total, word)) }
    }
    // When most words are in no note at all, neither is the text.
    guard counted.count * 2 >= min(long.count, Self.mostWords) else { return [] }
    let rare = counted.sorted { $0.count < $1.count }.prefix(Self.rareWords).map(\.word)
    guard !rare.isEmpty else { return [] }
    let found = search(rare.joined(separator: " "), limit: Self.candidates)
    return found?.hits.map { notes.index.key(of: $0.document) } ?? []
  }

  private func search(_ text: String, limit: Int) -> SearchResult? {
    let query = Query.parse(text, syntax: QuerySyntax())
    return try? notes.index.search(query, options: SearchOptions(limit: limit))
  }

  /// Runs of letters and digits, folded.
  static func words(_ bytes: [UInt8]) -> [String] {
    let text = TextFolding.fold(String(decoding: bytes, as: UTF8.self))
    return text.unicodeScalars.split {
      !($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_")
    }.map { String($0) }
  }

  static func shingles(_ words: [String]) -> Set<Int> {
    guard words.count >= 3 else { return Set([words.joined(separator: " ").hashValue]) }
    var shingles: Set<Int> = []
    for index in 0...(words.count - 3) {
      var hasher = Hasher()
      for word in words[index..<(index + 3)] { hasher.combine(word) }
      shingles.insert(hasher.finalize())
    }
    return shingles
  }
}
