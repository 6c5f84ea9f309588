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
  /// - Parameter limit: How many are wanted, where that saves work.
  func sorted(_ ids: [Index.DocumentID], limit: Int?) throws -> [NoteSummary] {
    switch key {
    case .path:
      let ordered = isReversed ? ids.reversed() : ids
      return ordered.prefix(limit ?? ids.count).map { notes.summary(of: $0) }
    case .attribute(let name): return byAttribute(name, ids)
    default: break
    }
    var summaries = ids.map { notes.summary(of: $0) }
    func order(_ value: (NoteSummary) -> String, newestFirst: Bool) {
      // Newest first is how dates are wanted; reversed they begin with the oldest.
      let isDescending = newestFirst != isReversed
      summaries.sort {
        let (a, b) = (value($0), value($1))
        if a.isEmpty != b.isEmpty { return b.isEmpty }
        return a != b ? (isDescending ? a > b : a < b) : $0.path < $1.path
      }
    }
    switch key {
    case .title: order({ TextFolding.fold($0.title) }, newestFirst: false)
    case .modified: order({ $0.modified }, newestFirst: true)
    case .created: order({ $0.created ?? "" }, newestFirst: true)
    default: order({ $0.kind }, newestFirst: false)
    }
    return summaries
  }

  /// Numbers by size, before texts; a note with several values by the first in the order.
  private func byAttribute(_ name: String, _ ids: [Index.DocumentID]) -> [NoteSummary] {
    let values = notes.index.values(ofAttribute: name).map(\.value).sorted {
      switch (Double($0), Double($1)) {
      case (let a?, let b?): a < b
      case (nil, nil): TextFolding.fold($0) < TextFolding.fold($1)
      case (let a, _): a != nil
      }
    }
    var wanted = Set(ids)
    var ordered: [Index.DocumentID] = []
    for value in isReversed ? values.reversed() : values {
      for id in notes.index.documents(where: .equals(name, value)) where wanted.remove(id) != nil {
        ordered.append(id)
      }
    }
    ordered += ids.filter { wanted.contains($0) }
    return ordered.map { notes.summary(of: $0) }
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
