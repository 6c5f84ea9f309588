/// Two texts line by line: what only the first has, what only the second has, and what stays.
public struct LineDifference: Sendable, Equatable {
  public enum Line: Sendable, Equatable {
    case same(String)
    case removed(String)
    case added(String)
  }

  public let lines: [Line]

  public var isEmpty: Bool {
    lines.allSatisfy { if case .same = $0 { true } else { false } }
  }

  /// The shortest list of changes, by the longest common subsequence.
  public init(_ old: [String], _ new: [String]) {
    var lines: [Line] = []
    let difference = new.difference(from: old)
    let removed = Set(
      difference.removals.map { if case .remove(let offset, _, _) = $0 { offset } else { -1 } })
    let added = Set(
      difference.insertions.map { if case .insert(let offset, _, _) = $0 { offset } else { -1 } })
    var (a, b) = (0, 0)
    while a < old.count || b < new.count {
      if a < old.count, removed.contains(a) {
        lines.append(.removed(old[a]))
        a += 1
      } else if b < new.count, added.contains(b) {
        lines.append(.added(new[b]))
        b += 1
      } else if a < old.count, b < new.count {
        lines.append(.same(old[a]))
        a += 1
        b += 1
      } else {
        break
      }
    }
    self.lines = lines
  }
}
