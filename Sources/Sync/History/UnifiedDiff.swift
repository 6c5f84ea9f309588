/// The difference of two texts in the form that `diff -u` and git print.
public struct UnifiedDiff: Sendable {
  public enum Line: Equatable, Sendable {
    /// `@@ -1,3 +1,4 @@`
    case place(String)
    case same(String)
    case removed(String)
    case added(String)
    /// The last line has no line end.
    case unended
  }

  public let lines: [Line]
  public let isBinary: Bool

  private static let context = 3

  public init(from old: [UInt8], to new: [UInt8]) {
    isBinary = old.contains(0) || new.contains(0)
    guard !isBinary, old != new else {
      lines = []
      return
    }
    let before = TextLines(old)
    let after = TextLines(new)
    // Here a change of what ends a line is a change of the line.
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    let hunks = LineDiff.hunks(
      from: (0..<before.count).map { number(before.whole($0)) },
      to: (0..<after.count).map { number(after.whole($0)) })
    var out: [Line] = []
    var start = 0
    while start < hunks.count {
      var end = start + 1
      while end < hunks.count,
        hunks[end].old.lowerBound - hunks[end - 1].old.upperBound <= 2 * Self.context
      {
        end += 1
      }
      Self.add(Array(hunks[start..<end]), before, after, &out)
      start = end
    }
    lines = out
  }

  private static func add(
    _ hunks: [Hunk], _ before: TextLines, _ after: TextLines, _ out: inout [Line]
  ) {
    guard let first = hunks.first, let last = hunks.last else { return }
    let above = min(context, first.old.lowerBound)
    let below = min(context, before.count - last.old.upperBound)
    let old = (first.old.lowerBound - above)..<(last.old.upperBound + below)
    let new = (first.new.lowerBound - above)..<(last.new.upperBound + below)
    func range(_ range: Range<Int>) -> String {
      let start = range.isEmpty ? range.lowerBound : range.lowerBound + 1
      return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
    }
    out.append(.place("@@ -\(range(old)) +\(range(new)) @@"))
    func text(_ lines: TextLines, _ index: Int) -> String {
      var line = lines.whole(index)
      if line.last == 0x0A { line.removeLast() }
      return String(decoding: line, as: UTF8.self)
    }
    func end(_ lines: TextLines, _ index: Int) {
      if index == lines.count - 1, !lines.isEnded { out.append(.unended) }
    }
    var at = old.lowerBound
    for hunk in hunks {
      while at < hunk.old.lowerBound {
        out.append(.same(text(before, at)))
        at += 1
      }
      for index in hunk.old {
        out.append(.removed(text(before, index)))
        end(before, index)
      }
      for index in hunk.new {
        out.append(.added(text(after, index)))
        end(after, index)
      }
      at = hunk.old.upperBound
    }
    while at < old.upperBound {
      out.append(.same(text(before, at)))
      end(before, at)
      at += 1
    }
  }
}
