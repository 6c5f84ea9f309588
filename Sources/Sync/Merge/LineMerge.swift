/// Putting two versions of a text together line by line, given the text that both come from.
struct LineMerge {
  /// What is known about the text.
  struct Style: Sendable {
    /// Blocks of Markdown decide what may touch and what is changed as a whole.
    var isMarkdown = false
    /// What both sides put at the end of it is kept, the earlier side's first.
    var isLog = false
  }

  /// The merged text. Where both sides changed the same lines, those of the first side.
  private(set) var bytes: [UInt8] = []
  /// Whether there were such lines.
  private(set) var hasOverlap = false

  private let texts: (base: TextLines, first: TextLines, second: TextLines)
  private let numbers: (base: [Int], first: [Int], second: [Int])
  private let blocks: BlockMap?
  private let style: Style
  /// What ends every line; nil when the lines keep what they have.
  private let ending: [UInt8]?

  init(base: [UInt8], _ first: [UInt8], _ second: [UInt8], _ style: Style) {
    texts = (TextLines(base), TextLines(first), TextLines(second))
    var table = LineNumbers()
    numbers = (
      table.numbers(of: texts.base), table.numbers(of: texts.first), table.numbers(of: texts.second)
    )
    blocks = style.isMarkdown ? BlockMap(texts.base) : nil
    self.style = style
    ending = Self.ending(texts.base.ending, texts.first.ending, texts.second.ending)
    let left = widened(LineDiff.hunks(from: numbers.base, to: numbers.first))
    let right = widened(LineDiff.hunks(from: numbers.base, to: numbers.second))
    run(left, right)
    finish()
  }

  /// A side that changed all line ends wins over the one that left them.
  private static func ending(
    _ base: TextLines.Ending, _ first: TextLines.Ending, _ second: TextLines.Ending
  ) -> [UInt8]? {
    let known = [base, first, second].filter { $0 != .none }
    guard let some = known.first, !known.allSatisfy({ $0 == some }) else { return nil }
    let chosen = first == base || first == .none ? second : first
    switch chosen {
    case .carriage: return [0x0D, 0x0A]
    case .feed, .none: return [0x0A]
    case .mixed: return nil
    }
  }

  /// The hunks made larger where they cut a block, and those that meet then put together.
  private func widened(_ hunks: [Hunk]) -> [Hunk] {
    guard let blocks else { return hunks }
    var out: [Hunk] = []
    for hunk in hunks {
      let old = blocks.whole(hunk.old)
      let start = hunk.new.lowerBound - (hunk.old.lowerBound - old.lowerBound)
      let new = start..<hunk.new.upperBound + (old.upperBound - hunk.old.upperBound)
      if let last = out.last, last.old.upperBound > old.lowerBound || last.old == old {
        // Both reach to the end of the block they cut, and only the later one knows what lies there.
        out[out.count - 1] = Hunk(
          old: last.old.lowerBound..<old.upperBound, new: last.new.lowerBound..<new.upperBound)
      } else {
        out.append(Hunk(old: old, new: new))
      }
    }
    return out
  }

  private mutating func run(_ left: [Hunk], _ right: [Hunk]) {
    var at = 0
    var (i, j) = (0, 0)
    while i < left.count || j < right.count {
      var mine: [Hunk] = []
      var theirs: [Hunk] = []
      // The hunk that begins first opens a region; what it cannot be told apart from joins it.
      if j == right.count || i < left.count && Self.isBefore(left[i].old, right[j].old) {
        mine.append(left[i])
        i += 1
      } else {
        theirs.append(right[j])
        j += 1
      }
      var region = (mine.first ?? theirs[0]).old
      while true {
        if i < left.count, meets(mine, theirs, region, left[i], isFirst: true) {
          mine.append(left[i])
          region = region.lowerBound..<max(region.upperBound, left[i].old.upperBound)
          i += 1
        } else if j < right.count, meets(theirs, mine, region, right[j], isFirst: false) {
          theirs.append(right[j])
          region = region.lowerBound..<max(region.upperBound, right[j].old.upperBound)
          j += 1
        } else {
          break
        }
      }
      copyBase(at..<region.lowerBound)
      settle(region, mine, theirs)
      at = region.upperBound
    }
    copyBase(at..<texts.base.count)
  }

  private static func isBefore(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    (a.lowerBound, a.upperBound) <= (b.lowerBound, b.upperBound)
  }

  /// Whether the next hunk of one side belongs to a region: it overlaps it, or it touches what the
  /// other side changed there and nothing separates the two.
  private func meets(
    _ own: [Hunk], _ others: [Hunk], _ region: Range<Int>, _ next: Hunk, isFirst: Bool
  ) -> Bool {
    if next.old.lowerBound < region.upperBound { return true }
    guard next.old.lowerBound == region.upperBound, let other = others.last,
      other.old.upperBound == region.upperBound
    else { return false }
    if next.old.isEmpty, other.old.isEmpty { return true }
    guard let blocks else { return true }
    if blocks.isBoundary(next.old.lowerBound) { return false }
    let (earlier, later) = isFirst ? (texts.second, texts.first) : (texts.first, texts.second)
    if !other.new.isEmpty,
      BlockMap.Line(earlier.line(other.new.upperBound - 1)).isBlank
    {
      return false
    }
    if !next.new.isEmpty {
      let line = BlockMap.Line(later.line(next.new.lowerBound))
      if line.isBlank || line.isItem || line.isHeading { return false }
    }
    return true
  }

  private mutating func settle(_ region: Range<Int>, _ mine: [Hunk], _ theirs: [Hunk]) {
    let first = lines(of: region, mine)
    let second = lines(of: region, theirs)
    if theirs.isEmpty || numbers.first[first].elementsEqual(numbers.second[second]) {
      return copy(texts.first, first)
    }
    if mine.isEmpty { return copy(texts.second, second) }
    if region.isEmpty, keepsBoth(region.lowerBound, first, second) {
      // What both begin with (a heading of the day) is there once.
      let shared = zip(first, second).prefix { numbers.first[$0] == numbers.second[$1] }.count
      copy(texts.first, first)
      copy(texts.second, second.dropFirst(shared))
      return
    }
    hasOverlap = true
    copy(texts.first, first)
  }

  /// Whether lines that both sides put in at one place can both stay: at the end of a log, or when
  /// both are whole list items.
  private func keepsBoth(_ place: Int, _ first: Range<Int>, _ second: Range<Int>) -> Bool {
    if style.isLog, place == texts.base.count { return true }
    guard style.isMarkdown else { return false }
    func areItems(_ text: TextLines, _ lines: Range<Int>) -> Bool {
      guard BlockMap.Line(text.line(lines.lowerBound)).isItem else { return false }
      return lines.allSatisfy { index in
        let line = BlockMap.Line(text.line(index))
        return line.isItem || line.indent > 0 && !line.isBlank && line.fence == nil
      }
    }
    return areItems(texts.first, first) && areItems(texts.second, second)
  }

  /// What a side has in place of a region of the base.
  private func lines(of region: Range<Int>, _ hunks: [Hunk]) -> Range<Int> {
    guard let first = hunks.first, let last = hunks.last else { return 0..<0 }
    let low = first.new.lowerBound - (first.old.lowerBound - region.lowerBound)
    return low..<(last.new.upperBound + (region.upperBound - last.old.upperBound))
  }

  private mutating func copyBase(_ range: Range<Int>) { copy(texts.base, range) }

  private mutating func copy(_ text: TextLines, _ lines: Range<Int>) {
    for index in lines {
      if let last = bytes.last, last != 0x0A { bytes += ending ?? commonEnding }
      if let ending {
        bytes += text.line(index)
        if index < text.count - 1 || text.isEnded { bytes += ending }
      } else {
        bytes += text.whole(index)
      }
    }
  }

  private var commonEnding: [UInt8] {
    let isCarriage = [texts.first, texts.base, texts.second].contains { $0.ending == .carriage }
    return isCarriage ? [0x0D, 0x0A] : [0x0A]
  }

  /// The end of the last line is there when a side that changed it says so.
  private mutating func finish() {
    let isEnded =
      texts.first.isEnded == texts.base.isEnded ? texts.second.isEnded : texts.first.isEnded
    if isEnded, let last = bytes.last, last != 0x0A {
      bytes += ending ?? commonEnding
    } else if !isEnded, bytes.last == 0x0A {
      bytes.removeLast()
      if bytes.last == 0x0D { bytes.removeLast() }
    }
  }
}
