import Notes

@testable import Sync

/// A note as a person thinks of it, without the bytes: the straightforward model that merges are compared
/// with.
struct ModelNote: Equatable {
  /// A paragraph is the same one after it was edited; its text is nobody else's.
  struct Paragraph: Equatable {
    let number: Int
    var text: String
  }

  var path: String
  var fields: [String: String] = [:]
  var tags: Set<String> = []
  var paragraphs: [Paragraph] = []

  func bytes(id: String) -> [UInt8] {
    var lines = ["---", "id: \(id)"]
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) { lines.append("\(key): \(value)") }
    lines.append("tags: [\(tags.sorted().joined(separator: ", "))]")
    lines += ["---", ""]
    for paragraph in paragraphs { lines += [paragraph.text, ""] }
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// What a note in the vault says; nil when it is none of the model's.
  init?(_ bytes: [UInt8], path: String, known: [String: Int]) {
    let front = FrontMatter(bytes)
    guard front.error == nil, front.duplicateKeys.isEmpty, let root = front.root else { return nil }
    self.path = path
    for entry in root.entries where !["id", "tags"].contains(entry.name) {
      fields[entry.name] = entry.value.texts.joined(separator: ", ")
    }
    tags = Set(root["tags"]?.texts ?? [])
    let body = String(decoding: bytes[front.bodyStart...], as: UTF8.self)
    for text in body.split(separator: "\n\n") {
      let text = String(text).trimmingFeeds
      if text.isEmpty { continue }
      guard let number = known[text] else { return nil }
      paragraphs.append(Paragraph(number: number, text: text))
    }
  }

  init(path: String) { self.path = path }
}

extension String {
  fileprivate var trimmingFeeds: String {
    var text = self[...]
    while text.first == "\n" { text.removeFirst() }
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}

/// What is to be expected of a note that two sides have.
struct ModelMerge {
  enum Body: Equatable {
    /// Exactly this, and nothing for a person to do.
    case clean([ModelNote.Paragraph])
    /// Both changed the same paragraph: the other version must lie beside it.
    case overlap
    /// Changes that touch: put together or kept apart, but nothing lost.
    case either
  }

  /// Nil when the note is gone.
  var path: String?
  var fields: [String: String] = [:]
  /// Keys that both changed, each to something else: the first side's stays, a new value before none.
  var contested: Set<String> = []
  var tags: Set<String> = []
  var body = Body.clean([])
  /// One side deleted it, the other changed it.
  var isKept = false

  init(base: ModelNote?, _ first: ModelNote?, _ second: ModelNote?) {
    guard let first, let second else {
      guard let one = first ?? second else { return }
      if let base, one == base { return }
      // Under another name it is a new file, which nobody has deleted.
      isKept = base?.path == one.path
      (path, fields, tags, body) = (one.path, one.fields, one.tags, .clean(one.paragraphs))
      return
    }
    let base = base ?? ModelNote(path: first.path)
    path = first.path == base.path ? second.path : first.path
    for key in Set(first.fields.keys).union(second.fields.keys).union(base.fields.keys) {
      let (old, left, right) = (base.fields[key], first.fields[key], second.fields[key])
      // A new value is kept before none.
      fields[key] = left == old ? right : left ?? (right == old ? nil : right)
      if left != old, right != old, left != right { contested.insert(key) }
    }
    let (left, right) = (first.tags, second.tags)
    let gone = base.tags.subtracting(left).union(base.tags.subtracting(right))
    tags = base.tags.union(left).union(right).subtracting(gone)
    body = Self.body(base.paragraphs, first.paragraphs, second.paragraphs)
  }

  /// What one side did to the paragraphs of the common version, by their places.
  private struct Edits {
    var changed: [Int: String] = [:]
    var removed: Set<Int> = []
    var added: [Int: [ModelNote.Paragraph]] = [:]

    init(_ base: [ModelNote.Paragraph], _ side: [ModelNote.Paragraph]) {
      removed = Set(base.indices)
      var place = 0
      for paragraph in side {
        if let found = base.firstIndex(where: { $0.number == paragraph.number }) {
          removed.remove(found)
          if base[found].text != paragraph.text { changed[found] = paragraph.text }
          place = found + 1
        } else {
          added[place, default: []].append(paragraph)
        }
      }
    }

    var touched: Set<Int> { removed.union(changed.keys) }
  }

  private static func body(
    _ base: [ModelNote.Paragraph], _ first: [ModelNote.Paragraph],
    _ second: [ModelNote.Paragraph]
  ) -> Body {
    if first == second || base == second { return .clean(first) }
    if base == first { return .clean(second) }
    // Where the two wordings of a paragraph were put one after the other, it is two, and which of them a
    // side has edited cannot be told from here.
    func isTwice(_ paragraphs: [ModelNote.Paragraph]) -> Bool {
      Set(paragraphs.map(\.number)).count < paragraphs.count
    }
    if isTwice(base) || isTwice(first) || isTwice(second) { return .either }
    let left = Edits(base, first)
    let right = Edits(base, second)
    for place in left.touched.intersection(right.touched) {
      if left.changed[place] != right.changed[place] { return .overlap }
    }
    // Whoever looks at lines cannot tell a paragraph that was added from its neighbour that went.
    func near(_ one: Edits, _ other: Edits) -> Bool {
      one.added.keys.contains { gap in
        other.added[gap] != nil || other.touched.contains(gap) || other.touched.contains(gap - 1)
      }
        || one.removed.contains { place in
          (place - 1...place + 1).contains { other.touched.contains($0) }
            || other.added[place] != nil || other.added[place + 1] != nil
        }
        || one.touched.contains { other.touched.contains($0) }
    }
    if near(left, right) || near(right, left) { return .either }
    var merged: [ModelNote.Paragraph] = []
    for place in 0...base.count {
      merged += left.added[place] ?? right.added[place] ?? []
      guard place < base.count, !left.removed.contains(place), !right.removed.contains(place)
      else { continue }
      var paragraph = base[place]
      paragraph.text = left.changed[place] ?? right.changed[place] ?? paragraph.text
      merged.append(paragraph)
    }
    return .clean(merged)
  }
}
