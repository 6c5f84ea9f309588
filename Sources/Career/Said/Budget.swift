/// Chooses what is said when not everything fits: the choice of the greatest worth within a length.
///
/// Items belong to groups, and an item costs nothing but itself once the head of its group is paid: the
/// points of a project need the project's title. This is the knapsack problem with precedences of depth
/// one, solved exactly by dynamic programming over the length (Johnson and Niemi, "On Knapsacks,
/// Partitions, and a New Dynamic Programming Technique for Trees", 1983): each group is run through
/// once as an ordinary 0/1 knapsack on top of the best choice so far with its head paid, and then either
/// kept or not, whichever is worth more.
struct Budget {
  struct Item: Equatable {
    var worth: Int
    /// Above 0.
    var cost: Int
  }

  struct Group: Equatable {
    var head: Item
    var items: [Item]
    /// Whether its head is said in any case.
    var isRequired = false
  }

  /// What is said of a group: nothing, or its head and some of its items, in ascending order.
  enum Pick: Equatable {
    case none
    case head(items: [Int])
  }

  /// The longest table of costs that is reckoned with; longer budgets are reckoned in coarser steps,
  /// every cost rounded up.
  static let finest = 4000

  /// - Complexity: `items × min(capacity, finest)`.
  static func best(_ groups: [Group], within capacity: Int) -> [Pick] {
    let whole = groups.reduce(0) { sum, group in
      sum + group.head.cost + group.items.reduce(0) { $0 + $1.cost }
    }
    if whole <= capacity { return groups.map { .head(items: Array($0.items.indices)) } }
    let step = max(1, (capacity + finest - 1) / finest)
    func steps(_ cost: Int) -> Int { (cost + step - 1) / step }
    let room = max(0, capacity / step)
    let required = groups.reduce(0) { $0 + ($1.isRequired ? steps($1.head.cost) : 0) }
    guard required <= room else {
      return groups.map { $0.isRequired ? .head(items: []) : .none }
    }
    let width = room - required + 1
    /// The greatest worth of the groups so far within each length.
    var best = [Int](repeating: 0, count: width)
    var kept: [[Bool]] = []
    var taken: [[[Bool]]] = []
    for group in groups {
      let head = group.isRequired ? 0 : steps(group.head.cost)
      var inside = [Int](repeating: -1, count: width)
      for length in stride(from: head, to: width, by: 1) {
        inside[length] = best[length - head] + group.head.worth
      }
      var marks: [[Bool]] = []
      for item in group.items {
        let cost = steps(item.cost)
        var mark = [Bool](repeating: false, count: width)
        for length in stride(from: width - 1, through: head + cost, by: -1)
        where inside[length - cost] >= 0 && inside[length - cost] + item.worth > inside[length] {
          inside[length] = inside[length - cost] + item.worth
          mark[length] = true
        }
        marks.append(mark)
      }
      var keep = [Bool](repeating: false, count: width)
      for length in 0..<width where inside[length] >= 0 {
        if group.isRequired || inside[length] > best[length] {
          best[length] = inside[length]
          keep[length] = true
        }
      }
      kept.append(keep)
      taken.append(marks)
    }
    var picks = [Pick](repeating: .none, count: groups.count)
    var length = width - 1
    for index in groups.indices.reversed() where kept[index][length] {
      let group = groups[index]
      var items: [Int] = []
      for item in group.items.indices.reversed() where taken[index][item][length] {
        items.append(item)
        length -= steps(group.items[item].cost)
      }
      picks[index] = .head(items: items.reversed())
      if !group.isRequired { length -= steps(group.head.cost) }
    }
    return picks
  }

  /// What a choice is worth and costs.
  static func sum(_ groups: [Group], _ picks: [Pick]) -> Item {
    var sum = Item(worth: 0, cost: 0)
    for (group, pick) in zip(groups, picks) {
      guard case .head(let items) = pick else { continue }
      for item in [group.head] + items.map({ group.items[$0] }) {
        sum.worth += item.worth
        sum.cost += item.cost
      }
    }
    return sum
  }
}
