/// A stretch of lines that one text has in place of a stretch of another.
struct Hunk: Equatable {
  /// Lines of the old text; empty where lines were put in.
  var old: Range<Int>
  /// Lines of the new text; empty where lines were taken out.
  var new: Range<Int>
}

/// The lines in which two texts differ, each line standing as a number.
///
/// Lines that both texts have exactly once hold the two together (Bram Cohen's patience diff); what
/// lies between them is compared by the greedy algorithm of E. W. Myers, "An O(ND) Difference
/// Algorithm", 1986. Where that would take too long a stretch counts as replaced whole.
///
/// - Complexity: O(n log n) for texts with lines of their own; at most O(n + D²), D ≤ 600, a stretch.
struct LineDiff {
  private static let maximumDistance = 600
  private static let maximumDepth = 60

  private let old: [Int]
  private let new: [Int]
  private var hunks: [Hunk] = []

  /// The hunks, ascending; no two of them touch.
  static func hunks(from old: [Int], to new: [Int]) -> [Hunk] {
    var diff = LineDiff(old: old, new: new)
    diff.compare(0..<old.count, 0..<new.count, depth: 0)
    return diff.hunks
  }

  private init(old: [Int], new: [Int]) {
    self.old = old
    self.new = new
  }

  private mutating func add(_ a: Range<Int>, _ b: Range<Int>) {
    if a.isEmpty && b.isEmpty { return }
    if let last = hunks.last, last.old.upperBound == a.lowerBound,
      last.new.upperBound == b.lowerBound
    {
      hunks[hunks.count - 1] = Hunk(
        old: last.old.lowerBound..<a.upperBound, new: last.new.lowerBound..<b.upperBound)
    } else {
      hunks.append(Hunk(old: a, new: b))
    }
  }

  private mutating func compare(_ a: Range<Int>, _ b: Range<Int>, depth: Int) {
    var (low, high) = (a.lowerBound, a.upperBound)
    var (start, end) = (b.lowerBound, b.upperBound)
    while low < high, start < end, old[low] == new[start] {
      low += 1
      start += 1
    }
    while low < high, start < end, old[high - 1] == new[end - 1] {
      high -= 1
      end -= 1
    }
    guard low < high, start < end else { return add(low..<high, start..<end) }
    let anchors = depth < Self.maximumDepth ? anchors(low..<high, start..<end) : []
    guard !anchors.isEmpty else { return greedy(low..<high, start..<end) }
    for (x, y) in anchors {
      compare(low..<x, start..<y, depth: depth + 1)
      low = x + 1
      start = y + 1
    }
    compare(low..<high, start..<end, depth: depth + 1)
  }

  /// Lines that both stretches have once, in the longest order they share.
  private func anchors(_ a: Range<Int>, _ b: Range<Int>) -> [(Int, Int)] {
    func places(_ lines: [Int], _ range: Range<Int>) -> [Int: Int] {
      var places: [Int: Int] = [:]
      for at in range { places[lines[at]] = places[lines[at]] == nil ? at : -1 }
      return places
    }
    let inNew = places(new, b)
    let inOld = places(old, a)
    var pairs: [(Int, Int)] = []
    for at in a where inOld[old[at]] == at {
      if let other = inNew[old[at]], other >= 0 { pairs.append((at, other)) }
    }
    // Longest increasing run of the second numbers, by piles of cards.
    var tops: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var low = 0
      var high = tops.count
      while low < high {
        let middle = (low + high) / 2
        if pairs[tops[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = tops[low - 1] }
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var chain: [(Int, Int)] = []
    var at = tops.last ?? -1
    while at >= 0 {
      chain.append(pairs[at])
      at = before[at]
    }
    return chain.reversed()
  }

  private mutating func greedy(_ a: Range<Int>, _ b: Range<Int>) {
    let limit = min(a.count + b.count, Self.maximumDistance)
    let offset = limit + 1
    let outside = -2 * (limit + 1)
    var reach = [Int](repeating: 0, count: 2 * offset + 1)
    var trace: [[Int]] = []
    for distance in 0...limit {
      trace.append(reach)
      for k in stride(from: -distance, through: distance, by: 2) {
        let goesDown =
          k == -distance || (k != distance && reach[offset + k - 1] < reach[offset + k + 1])
        var x = goesDown ? reach[offset + k + 1] : reach[offset + k - 1] + 1
        guard x >= 0, x <= a.count, x >= k, x - k <= b.count else {
          reach[offset + k] = outside
          continue
        }
        while x < a.count, x - k < b.count,
          old[a.lowerBound + x] == new[b.lowerBound + x - k]
        {
          x += 1
        }
        reach[offset + k] = x
        if x >= a.count, x - k >= b.count { return addPath(trace, distance, a, b, offset) }
      }
    }
    add(a, b)
  }

  /// Walks the way back through the tables of `greedy` and adds its steps as hunks.
  private mutating func addPath(
    _ trace: [[Int]], _ distance: Int, _ a: Range<Int>, _ b: Range<Int>, _ offset: Int
  ) {
    var steps: [(Range<Int>, Range<Int>)] = []
    var x = a.count
    var y = b.count
    for step in stride(from: distance, to: 0, by: -1) {
      let reach = trace[step]
      let k = x - y
      let goesDown = k == -step || (k != step && reach[offset + k - 1] < reach[offset + k + 1])
      let before = goesDown ? k + 1 : k - 1
      let fromX = reach[offset + before]
      let fromY = fromX - before
      if goesDown {
        let at = a.lowerBound + fromX
        steps.append((at..<at, (b.lowerBound + fromY)..<(b.lowerBound + fromY + 1)))
      } else {
        let at = b.lowerBound + fromY
        steps.append(((a.lowerBound + fromX)..<(a.lowerBound + fromX + 1), at..<at))
      }
      x = fromX
      y = fromY
    }
    for (old, new) in steps.reversed() { add(old, new) }
  }
}
