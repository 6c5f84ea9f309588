public import FullText

/// The values that somebody may have meant who asked for one that no note has.
enum NearValues {
  /// For each wanted value without a note the nearest one, both written as in a query.
  static func of(_ filters: [Filter], in index: Index) -> [NoteSearch.Result.NearValue] {
    var found: [NoteSearch.Result.NearValue] = []
    for (name, value) in filters.flatMap(wanted) {
      let folded = TextFolding.fold(value)
      let values = index.values(ofAttribute: name).map(\.value)
      // A tag stands for those below it too.
      let names = Set(values.flatMap(withParents))
      guard !names.contains(where: { TextFolding.fold($0) == folded }),
        let near = Similar.closest(to: value, among: names.sorted())
      else { continue }
      let entry = NoteSearch.Result.NearValue(
        typed: written(name, value), meant: written(name, near))
      if !found.contains(entry) { found.append(entry) }
    }
    return found
  }

  /// The values of which a note must have one, with the names of their attributes.
  private static func wanted(_ filter: Filter) -> [(String, String)] {
    switch filter {
    case .equals(let name, let value), .within(let name, let value): [(name, value)]
    case .and(let filters), .or(let filters): filters.flatMap(wanted)
    default: []
    }
  }

  private static func withParents(_ value: String) -> [String] {
    let parts = value.split(separator: "/")
    return parts.indices.map { parts[...$0].joined(separator: "/") }
  }

  private static func written(_ name: String, _ value: String) -> String {
    value.contains(" ") ? "\(name):\"\(value)\"" : "\(name):\(value)"
  }
}
