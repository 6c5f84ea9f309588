internal import Notes

/// A block list of mappings, matched item by item: jobs of a profile, metrics of a project.
struct FieldItems {
  private struct Item {
    /// What tells it from the others: its `id`, else its name and start.
    var name: String
    var text: [UInt8]
    var node: YAMLNode
    /// Where its dash stands in the first line.
    var dash: Int

    var unit: FieldUnits.Unit {
      FieldUnits.Unit(name: name, lead: [], text: text, value: node, valueStart: 0)
    }

    /// The item as a block of keys: the dash gives way to a space.
    var block: [UInt8] {
      var block = text
      block[dash] = 0x20
      return block
    }
  }

  private var head: [UInt8] = []
  private var items: [Item] = []

  private init() {}

  private init?(_ unit: FieldUnits.Unit) {
    guard case .sequence(let nodes, isFlow: false) = unit.value.value, !nodes.isEmpty else {
      return nil
    }
    // Ranges are those of the text that was parsed; the value's own start brings them here.
    let shift = unit.valueStart - unit.value.range.lowerBound
    var starts: [Int] = []
    for node in nodes {
      guard case .mapping(_, isFlow: false) = node.value else { return nil }
      let at = node.range.lowerBound + shift
      let start = FieldUnits.lineStart(unit.text, at)
      let before = unit.text[start..<at]
      guard before.count(where: { $0 == UInt8(ascii: "-") }) == 1,
        before.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }),
        starts.last.map({ $0 < start }) ?? (start > 0)
      else { return nil }
      starts.append(start)
    }
    head = Array(unit.text[..<starts[0]])
    var names: Set<String> = []
    for (index, node) in nodes.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : unit.text.count
      var text = Array(unit.text[starts[index]..<end])
      if text.last != 0x0A { text.append(0x0A) }
      guard let name = Self.name(of: node), names.insert(name).inserted,
        let dash = text.firstIndex(of: UInt8(ascii: "-"))
      else { return nil }
      items.append(Item(name: name, text: text, node: node, dash: dash))
    }
  }

  private static func name(of node: YAMLNode) -> String? {
    if let id = node["id"]?.text { return "id=" + id }
    guard let name = node["name"]?.text ?? node["title"]?.text else { return nil }
    return name + (node["start"]?.text.map { " " + $0 } ?? "")
  }

  private subscript(name: String) -> Item? { items.first { $0.name == name } }

  /// The lines of the merged list; nil when the items cannot be told apart.
  ///
  /// - Parameters:
  ///   - mapping: Merges the keys of one item that both sides changed.
  ///   - removed: Told of an item that one side took away and the other changed; it stays.
  static func merge(
    _ base: FieldUnits.Unit?, _ first: FieldUnits.Unit, _ second: FieldUnits.Unit,
    mapping: ([UInt8]?, [UInt8], [UInt8], String) -> [UInt8]?,
    removed: (FieldUnits.Unit, String) -> Void
  ) -> [UInt8]? {
    guard let left = FieldItems(first), let right = FieldItems(second),
      let old = base.map({ FieldItems($0) }) ?? FieldItems()
    else { return nil }
    guard left.items[0].dash == right.items[0].dash else { return nil }
    var merged: [Item] = []
    for item in left.items {
      let before = old[item.name]
      guard let other = right[item.name] else {
        if let before {
          if before.node.says(item.node) { continue }
          removed(item.unit, item.name)
        }
        merged.append(item)
        continue
      }
      var result = item
      if let before, before.node.says(item.node) {
        result.text = other.text
      } else if !item.node.says(other.node), !(before.map { $0.node.says(other.node) } ?? false) {
        guard var text = mapping(before?.block, item.block, other.block, item.name),
          text.count > item.dash, text[..<item.dash].allSatisfy({ $0 == 0x20 }),
          text[item.dash] == 0x20
        else { return nil }
        text[item.dash] = UInt8(ascii: "-")
        result.text = text
      }
      if result.text.last != 0x0A { result.text.append(0x0A) }
      merged.append(result)
    }
    for (index, item) in right.items.enumerated() where left[item.name] == nil {
      if let before = old[item.name] {
        if before.node.says(item.node) { continue }
        removed(item.unit, item.name)
      }
      let above = right.items[..<index].last { other in
        merged.contains { $0.name == other.name }
      }
      let at = above.flatMap { above in merged.firstIndex { $0.name == above.name } }
      merged.insert(item, at: at.map { $0 + 1 } ?? 0)
    }
    guard !merged.isEmpty else { return nil }
    return left.head + merged.flatMap(\.text)
  }
}
