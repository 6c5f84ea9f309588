/// Finds what somebody may have meant by a name that does not exist.
public enum Similar {
  /// The candidate nearest to `text`, when it is near enough: one change for short names, two for
  /// names of five letters and more, or one that begins with the text.
  public static func closest(to text: String, among candidates: [String]) -> String? {
    all(to: text, among: candidates, limit: 1).first
  }

  /// The nearest candidates, best first.
  public static func all(to text: String, among candidates: [String], limit: Int) -> [String] {
    let wanted = Array(text.lowercased().unicodeScalars.prefix(64))
    guard !wanted.isEmpty else { return [] }
    let allowed = wanted.count < 5 ? 1 : 2
    var ranked: [(distance: Int, name: String)] = []
    for candidate in candidates {
      let name = Array(candidate.lowercased().unicodeScalars.prefix(64))
      if wanted.count >= 3, name.starts(with: wanted) {
        ranked.append((1, candidate))
        continue
      }
      guard abs(name.count - wanted.count) <= allowed else { continue }
      let distance = distance(wanted, name)
      if distance <= allowed { ranked.append((distance, candidate)) }
    }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit)
      .map(\.name)
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var previous = [Int](repeating: 0, count: b.count + 1)
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var next = [Int](repeating: i + 1, count: b.count + 1)
      for j in 0..<b.count {
        let cost = a[i] == b[j] ? 0 : 1
        next[j + 1] = min(row[j + 1] + 1, next[j] + 1, row[j] + cost)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          next[j + 1] = min(next[j + 1], previous[j - 1] + 1)
        }
      }
      previous = row
      row = next
    }
    return row[b.count]
  }
}
