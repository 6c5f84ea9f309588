internal import Notes

/// Carries the progress of a guide over into a newer edition of it.
///
/// Items are matched by id, then by likeness of their words within the same kind of item. What was
/// ticked stays ticked, with its date and its note; an item that was ticked, or that its owner had
/// added, and that the new edition does not have, is kept in a section at the end.
public struct GuideMerge: Sendable, Equatable {
  /// A match of an old item with a new one.
  public struct Match: Sendable, Equatable {
    public var old: GuideItem
    public var new: GuideItem
    /// Whether the words differ.
    public var isByLikeness: Bool
  }

  public static let keptHeading = "Kept from the Earlier Edition"
  /// How alike two texts must be: shared words as a share of all words of both.
  private static let least = 0.55

  public var matches: [Match]
  /// Items of the old guide that the new edition does not have.
  public var orphans: [GuideItem]
  /// Items of the new edition that the old guide does not have.
  public var added: [GuideItem]

  public init(old: Guide, new: Guide) {
    let oldItems = old.items
    let newItems = new.items
    var byID: [String: Int] = [:]
    for (index, item) in newItems.enumerated() { byID[item.id] = index }
    var taken: Set<Int> = []
    var matches: [Match] = []
    var left: [GuideItem] = []
    for item in oldItems {
      if let index = byID[item.id], taken.insert(index).inserted {
        matches.append(Match(old: item, new: newItems[index], isByLikeness: false))
      } else {
        left.append(item)
      }
    }
    var index = WordIndex(newItems, except: taken)
    var orphans: [GuideItem] = []
    // The best pairs first, so that a weak match never takes the place of a strong one.
    var pairs: [(score: Double, old: Int, new: Int)] = []
    for (position, item) in left.enumerated() {
      for (candidate, score) in index.alike(item, least: Self.least) {
        pairs.append((score, position, candidate))
      }
    }
    pairs.sort { ($1.score, $0.old, $0.new) < ($0.score, $1.old, $1.new) }
    var found: [Int: Int] = [:]
    for pair in pairs where found[pair.old] == nil && taken.insert(pair.new).inserted {
      found[pair.old] = pair.new
    }
    for (position, item) in left.enumerated() {
      if let match = found[position] {
        matches.append(Match(old: item, new: newItems[match], isByLikeness: true))
      } else {
        orphans.append(item)
      }
    }
    self.matches = matches
    self.orphans = orphans
    added = newItems.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
  }

  /// The new edition with the old progress.
  ///
  /// - Parameters:
  ///   - old: The bytes of the old guide.
  ///   - base: The items of the edition that the old guide came from; an item of the old guide that is
  ///     not among them is its owner's own. Nil when that edition is not known.
  ///   - new: The bytes of the new edition.
  /// - Returns: The text, and the items kept in the section at its end.
  public func text(old: [UInt8], base: Guide?, new: [UInt8]) -> (text: [UInt8], kept: [GuideItem]) {
    var lines = GuideLines(new)
    for match in matches where match.old.isDone == true && match.new.isDone == false {
      _ = lines.tick(
        match.new, date: match.old.doneOn, note: match.old.evidence, onlyBox: true)
    }
    let known = base.map { Set($0.items.map(\.text)) }
    let own = known.map { known in orphans.filter { !known.contains($0.text) } } ?? []
    let kept = orphans.filter { item in
      item.role != .contents && (item.isDone == true || own.contains { $0.id == item.id })
    }
    guard !kept.isEmpty else { return (lines.bytes, []) }
    let oldLines = GuideLines(old)
    var text = lines.bytes
    let newline = lines.newline
    if text.last != 0x0A { text += newline }
    text += newline + Array("## \(Self.keptHeading)".utf8) + newline + newline
    for item in kept {
      text += oldLines.withoutIndent(item.line) + newline
    }
    return (text, kept)
  }

  /// Words of items, to find those that are alike without comparing every two.
  private struct WordIndex {
    private var words: [Int: Set<String>] = [:]
    private var roles: [Int: GuideItem.Role] = [:]
    private var places: [String: [Int]] = [:]

    init(_ items: [GuideItem], except taken: Set<Int>) {
      for (index, item) in items.enumerated() where !taken.contains(index) {
        let own = Self.words(item.text)
        words[index] = own
        roles[index] = item.role
        for word in own { places[word, default: []].append(index) }
      }
    }

    static func words(_ text: String) -> Set<String> {
      Set(
        (Slug.make(String(text.prefix(2_000))) ?? "").split(separator: "-").map(String.init))
    }

    mutating func alike(_ item: GuideItem, least: Double) -> [(Int, Double)] {
      let own = Self.words(item.text)
      guard !own.isEmpty else { return [] }
      var shared: [Int: Int] = [:]
      for word in own {
        // A word that most items have points to none.
        guard let found = places[word], found.count <= 400 else { continue }
        for index in found { shared[index, default: 0] += 1 }
      }
      return shared.compactMap { index, count in
        guard let other = words[index], roles[index] == item.role else { return nil }
        let score = Double(count) / Double(own.count + other.count - count)
        return score >= least ? (index, score) : nil
      }
    }
  }
}
