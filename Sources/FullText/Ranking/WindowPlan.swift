/// A query's condition on the documents of one segment.
indirect enum WindowPlan {
  case leaf(Int)
  case documents(DocumentSet)
  case and([WindowPlan])
  case or([WindowPlan])
  case not(WindowPlan)
  case all

  /// With nothing in an `and` that is one itself.
  func flattened() -> WindowPlan {
    switch self {
    case .and(let plans):
      var flat: [WindowPlan] = []
      for plan in plans.map({ $0.flattened() }) {
        if case .and(let inner) = plan { flat += inner } else { flat.append(plan) }
      }
      return .and(flat)
    case .or(let plans): return .or(plans.map { $0.flattened() })
    case .not(let plan): return .not(plan.flattened())
    default: return self
    }
  }

  /// Whether no document of the segment can have it, for want of a word.
  func isImpossible(_ leaves: UnsafeMutableBufferPointer<LeafWindow>) -> Bool {
    switch self {
    case .leaf(let leaf): leaves[leaf].cost == 0
    case .and(let plans): plans.contains { $0.isImpossible(leaves) }
    case .or(let plans): plans.allSatisfy { $0.isImpossible(leaves) }
    case .documents, .not, .all: false
    }
  }

  /// How many conditions deep it is.
  var depth: Int {
    switch self {
    case .and(let plans), .or(let plans): 1 + (plans.map(\.depth).max() ?? 0)
    case .not(let plan): 1 + plan.depth
    default: 1
    }
  }

  func countLeaves(_ counts: inout [Int]) {
    switch self {
    case .leaf(let leaf): counts[leaf] += 1
    case .and(let plans), .or(let plans): for plan in plans { plan.countLeaves(&counts) }
    case .not(let plan): plan.countLeaves(&counts)
    default: break
    }
  }
}
