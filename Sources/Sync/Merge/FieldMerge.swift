internal import Notes

/// Putting two versions of front matter together, key by key.
///
/// The text of the first side is the ground; what the second side changed is put into it as the second
/// side wrote it. Lists of plain values are sets: what either side added is there, what either side
/// took away is gone. Lists of mappings are matched by `id`, else by name and start. Of a key that both
/// sides changed, each to another value, the first side's stays and a conflict is noted.
struct FieldMerge {
  /// A key for which a person has to choose.
  struct Conflict: Equatable {
    /// The path of the key: `challenges`, `metrics.id=cost.after`.
    var field: String
    /// What the note has now, as it is written there; empty when the key is gone.
    var kept: String
    /// What the other side had.
    var other: String
  }

  private(set) var conflicts: [Conflict] = []

  /// The merged block; nil when one of the texts cannot be cut into keys.
  mutating func merge(base: [UInt8], _ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
    guard let base = FieldUnits(base), let first = FieldUnits(first),
      let second = FieldUnits(second)
    else { return nil }
    return merge(base, first, second, path: "", depth: 0).bytes
  }

  private mutating func merge(
    _ base: FieldUnits, _ first: FieldUnits, _ second: FieldUnits, path: String, depth: Int
  ) -> FieldUnits {
    var merged = FieldUnits()
    for unit in first.units {
      let place = path.isEmpty ? unit.name : path + "." + unit.name
      let old = base[unit.name]
      var result: FieldUnits.Unit? = unit
      if let other = second[unit.name] {
        result?.text = value(old, unit, other, place, depth)
        result?.lead = lines(old?.lead ?? [], unit.lead, other.lead)
      } else if let old {
        result = kept(unit, old, place, depth)
      }
      if let result { merged.units.append(result) }
    }
    for (index, unit) in second.units.enumerated() where first[unit.name] == nil {
      var unit = unit
      if let old = base[unit.name] {
        let place = path.isEmpty ? unit.name : path + "." + unit.name
        guard let left = kept(unit, old, place, depth) else { continue }
        unit = left
      }
      let above = second.units[..<index].last { name in
        merged.units.contains { $0.name == name.name }
      }
      let at = above.flatMap { above in merged.units.firstIndex { $0.name == above.name } }
      merged.units.insert(unit, at: at.map { $0 + 1 } ?? 0)
    }
    merged.tail = lines(base.tail, first.tail, second.tail)
    return ended(merged)
  }

  /// What stays of a key that the other side took away: what this side made of it meanwhile.
  private mutating func kept(
    _ unit: FieldUnits.Unit, _ old: FieldUnits.Unit, _ place: String, _ depth: Int
  ) -> FieldUnits.Unit? {
    if old.value.says(unit.value) { return nil }
    // No tags are tags like any others: those that came meanwhile are all that is left.
    if Self.isTag(unit.name, depth), let before = Self.set(old.value, true),
      let now = Self.set(unit.value, true)
    {
      if Set(now.names).isSubset(of: before.names) { return nil }
      if let text = Self.merge(sets: before.names, unit, now.names, []) {
        var unit = unit
        unit.text = text
        return unit
      }
    }
    note(place, kept: unit, other: nil)
    return unit
  }

  private static func isTag(_ name: String, _ depth: Int) -> Bool {
    depth == 0 && ["tags", "tag", "keywords", "categories"].contains(name)
  }

  /// Every key but the last needs the end of its line.
  private func ended(_ units: FieldUnits) -> FieldUnits {
    var units = units
    for index in units.units.indices where units.units[index].text.last != 0x0A {
      if index + 1 < units.units.count || !units.tail.isEmpty {
        units.units[index].text.append(0x0A)
      }
    }
    return units
  }

  private mutating func note(
    _ place: String, kept: FieldUnits.Unit?, other: FieldUnits.Unit?
  ) {
    func text(_ unit: FieldUnits.Unit?) -> String {
      guard let unit else { return "" }
      let bytes = unit.text.dropFirst(unit.valueStart)
      var text = Substring(String(decoding: bytes, as: UTF8.self))
      while let last = text.last, last.isWhitespace { text.removeLast() }
      return String(text)
    }
    conflicts.append(Conflict(field: place, kept: text(kept), other: text(other)))
  }

  private mutating func value(
    _ base: FieldUnits.Unit?, _ first: FieldUnits.Unit, _ second: FieldUnits.Unit,
    _ place: String, _ depth: Int
  ) -> [UInt8] {
    if first.text == second.text { return first.text }
    if let base {
      if base.text == first.text { return second.text }
      if base.text == second.text || base.value.says(second.value) { return first.text }
      if base.value.says(first.value) { return second.text }
    }
    if first.value.says(second.value) { return first.text }
    if depth == 0 {
      switch first.name.lowercased() {
      case "id":
        if let base { return base.text }
      case "updated", "modified", "lastmod", "last_modified", "date modified", "verified":
        if let later = Self.isLater(second.value, first.value) {
          return later ? second.text : first.text
        }
      case "created", "date created":
        if let later = Self.isLater(second.value, first.value) {
          return later ? first.text : second.text
        }
      default: break
      }
    }
    var copy = self
    if let text = copy.composed(base, first, second, place, depth) {
      self = copy
      return text
    }
    note(place, kept: first, other: second)
    return first.text
  }

  /// Whether a date is later than another; nil when one of them is none.
  private static func isLater(_ a: YAMLNode, _ b: YAMLNode) -> Bool? {
    guard let a = a.text.flatMap({ NoteDate($0) }), let b = b.text.flatMap({ NoteDate($0) }) else {
      return nil
    }
    return a.iso > b.iso
  }

  /// Lists and mappings put together; nil when that cannot be done.
  private mutating func composed(
    _ base: FieldUnits.Unit?, _ first: FieldUnits.Unit, _ second: FieldUnits.Unit,
    _ place: String, _ depth: Int
  ) -> [UInt8]? {
    guard depth < 8 else { return nil }
    let isTag = Self.isTag(first.name, depth)
    if let left = Self.set(first.value, isTag), let right = Self.set(second.value, isTag),
      left.isSet || right.isSet || isTag
    {
      let old = base.flatMap { Self.set($0.value, isTag)?.names } ?? []
      return Self.merge(sets: old, first, left.names, right.names)
    }
    switch (first.value.value, second.value.value) {
    case (.mapping(_, isFlow: false), .mapping(_, isFlow: false)):
      return nested(base, first, second, place, depth)
    case (.sequence(_, isFlow: false), .sequence(_, isFlow: false)):
      return FieldItems.merge(base, first, second) { old, left, right, name in
        guard let old = old.map({ FieldUnits($0) }) ?? FieldUnits(), let left = FieldUnits(left),
          let right = FieldUnits(right)
        else { return nil }
        return merge(old, left, right, path: "\(place).\(name)", depth: depth + 1).bytes
      } removed: { unit, name in
        note("\(place).\(name)", kept: unit, other: nil)
      }
    default: return nil
    }
  }

  private mutating func nested(
    _ base: FieldUnits.Unit?, _ first: FieldUnits.Unit, _ second: FieldUnits.Unit,
    _ place: String, _ depth: Int
  ) -> [UInt8]? {
    func inner(_ unit: FieldUnits.Unit) -> (head: Int, units: FieldUnits)? {
      let start = FieldUnits.lineStart(unit.text, unit.valueStart)
      guard start > 0 else { return nil }
      return FieldUnits(Array(unit.text[start...])).map { (start, $0) }
    }
    guard let left = inner(first), let right = inner(second) else { return nil }
    var old = FieldUnits()
    if let base, case .mapping(_, isFlow: false) = base.value.value {
      guard let inner = inner(base) else { return nil }
      old = inner.units
    }
    let merged = merge(old, left.units, right.units, path: place, depth: depth + 1)
    return Array(first.text[..<left.head]) + merged.bytes
  }

  /// A list of plain values, or tags written as one text.
  private static func set(_ node: YAMLNode, _ isTag: Bool) -> (names: [String], isSet: Bool)? {
    switch node.value {
    case .sequence(let items, _):
      let names = items.compactMap(\.text)
      return names.count == items.count ? (names, true) : nil
    case .scalar(let text, _):
      if node.isNull { return ([], false) }
      guard isTag else { return nil }
      let separator: Character = text.contains(",") ? "," : " "
      let names = text.split(separator: separator).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      return (names, false)
    case .mapping: return nil
    }
  }

  /// (base ∪ what either added) − what either took away, written into the first side's lines.
  private static func merge(
    sets base: [String], _ first: FieldUnits.Unit, _ left: [String], _ right: [String]
  ) -> [UInt8]? {
    func plain(_ name: String) -> String {
      (name.hasPrefix("#") ? String(name.dropFirst()) : name).lowercased()
    }
    let old = Set(base.map(plain))
    let mine = Set(left.map(plain))
    let theirs = Set(right.map(plain))
    let added = right.filter { !mine.contains(plain($0)) && !old.contains(plain($0)) }.sorted()
    let gone = left.filter { old.contains(plain($0)) && !theirs.contains(plain($0)) }
    if added.isEmpty && gone.isEmpty { return first.text }
    let fence = Array("---\n".utf8)
    let isEnded = first.text.last == 0x0A
    guard let path = try? VaultPath("merge.md") else { return nil }
    let names = added.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
    var bytes = fence + first.text + (isEnded ? [] : [0x0A]) + fence
    do {
      // What comes goes in first, so that a list which is emptied keeps its key.
      bytes = try FrontMatterEdit(Note(path: path, bytes: bytes)).adding(names, to: first.name)
      bytes = try FrontMatterEdit(Note(path: path, bytes: bytes)).removing(
        gone.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }, from: first.name)
    } catch {
      return nil
    }
    let content = FrontMatter(bytes).content
    return Array(bytes[content])
  }

  /// Comment lines: of a side that left them alone the other's; else both, each line once.
  private func lines(_ base: [UInt8], _ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    if first == second || second == base { return first }
    if first == base { return second }
    func cut(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
      bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    }
    let known = Set(cut(base)).union(cut(first))
    return first + cut(second).filter { !known.contains($0) }.flatMap { $0 + [0x0A] }
  }
}
