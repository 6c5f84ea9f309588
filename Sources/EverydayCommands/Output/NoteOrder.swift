internal import FullText
internal import Notes

/// The order in which notes are listed.
struct NoteOrder {
  private enum Key {
    case path, title, modified, created, kind
    case attribute(String)
  }

  private let key: Key
  private let isReversed: Bool
  private let notes: NoteIndex

  init(_ name: String, isReversed: Bool, _ notes: NoteIndex) throws {
    self.isReversed = isReversed
    self.notes = notes
    switch name.lowercased() {
    case "path": key = .path
    case "title": key = .title
    case "modified": key = .modified
    case "created": key = .created
    case "kind": key = .kind
    case let name:
      guard notes.index.hasAttribute(named: name), !name.hasPrefix(".") else {
        let known = ["path", "title", "modified", "created", "kind"] + notes.index.attributeNames
        let near = Similar.closest(to: name, among: known.filter { !$0.hasPrefix(".") })
        throw Failure(
          .usage, "no note has the key \(name) to sort by",
          near.map { "Did you mean \($0)?" }
            ?? "Sort by path, title, modified, created, kind or a key of the front matter.")
      }
      key = .attribute(name)
    }
  }

  /// The notes in order; equal ones in the order of their paths, those without a value last.
  ///
  /// The order comes from the index; of the notes only those that are wanted are looked up.
  ///
  /// - Parameters:
  ///   - ids: In the order of their paths.
  ///   - limit: How many are wanted; nil for all.
  func sorted(_ ids: [Index.DocumentID], limit: Int?) -> [NoteSummary] {
    let limit = min(limit ?? ids.count, ids.count)
    let ordered: [Index.DocumentID]
    switch key {
    case .path: ordered = Array((isReversed ? ids.reversed() : ids).prefix(limit))
    case .title: ordered = byAttribute(NoteOrder.title, ids, limit, isDescending: isReversed)
    // Newest first is how dates are wanted; reversed they begin with the oldest.
    case .modified: ordered = byAttribute("modified", ids, limit, isDescending: !isReversed)
    case .created: ordered = byAttribute("created", ids, limit, isDescending: !isReversed)
    case .kind: ordered = byAttribute("kind", ids, limit, isDescending: isReversed)
    case .attribute(let name): ordered = byAttribute(name, ids, limit, isDescending: isReversed)
    }
    return ordered.map { notes.summary(of: $0) }
  }

  private static let title = ".title"

  /// Numbers by size, before texts; a note with several values by the first in the order.
  private func byAttribute(
    _ name: String, _ ids: [Index.DocumentID], _ limit: Int, isDescending: Bool
  ) -> [Index.DocumentID] {
    var values = notes.index.documents(byAttribute: name)
    if case .attribute = key {
      let numbers = values.map { Double($0.foldedValue) }
      let order = values.indices.sorted {
        switch (numbers[$0], numbers[$1]) {
        case (let a?, let b?): a == b ? $0 < $1 : a < b
        case (nil, nil): $0 < $1
        case (let a, _): a != nil
        }
      }
      values = order.map { values[$0] }
    }
    var wanted = Set(ids)
    var ordered: [Index.DocumentID] = []
    ordered.reserveCapacity(limit)
    var at = 0
    while at < values.count, ordered.count < limit {
      let value = values[isDescending ? values.count - 1 - at : at]
      for id in value.documents where wanted.remove(id) != nil { ordered.append(id) }
      at += 1
    }
    if ordered.count < limit { ordered += ids.filter { wanted.contains($0) } }
    return Array(ordered.prefix(limit))
  }
}

/// The values of a note for a line format: what the index keeps, and the rest from its file.
struct FrontMatterValues {
  private let summary: NoteSummary
  private let vault: Vault
  private var frontMatter: [(key: String, value: String)]?

  init(_ summary: NoteSummary, _ vault: Vault) {
    self.summary = summary
    self.vault = vault
  }

  subscript(name: String) -> String {
    mutating get {
      if List.names.contains(name) { return summary.value(of: name) }
      if frontMatter == nil {
        let path = vault.root + "/" + summary.path
        let bytes = (try? FileSystem.read(path, limit: NoteReader.maximumSearched)) ?? []
        frontMatter = FrontMatter(bytes).flattened.map { ($0.key, $0.value) }
      }
      let values = (frontMatter ?? []).filter { $0.key.lowercased() == name }.map(\.value)
      return values.joined(separator: ", ")
    }
  }
}
