internal import Notes

/// Searches that have a name, in the settings of the vault or of the person: `@reading` stands for one.
enum NamedQueries {
  /// The words with each `@name` that is one put in brackets in its place.
  ///
  /// A word with an `@` in front that names no query is an error where `queries` are all that can be
  /// meant: a mail address has its sign elsewhere.
  static func expand(_ words: [String], in vault: Vault) throws -> [String] {
    guard words.contains(where: isName) else { return words }
    let queries = try queries(in: vault)
    return try words.map { word in
      guard isName(word) else { return word }
      let name = String(word.dropFirst())
      if let query = queries[name] { return words.count == 1 ? query : "(\(query))" }
      let near = Similar.closest(to: name, among: Array(queries.keys))
      let known = queries.keys.sorted().map { "@" + $0 }.joined(separator: ", ")
      throw Failure(
        .badInput, "there is no query \(word)",
        near.map { "Did you mean @\($0)?" }
          ?? (known.isEmpty
            ? "Name one under 'queries:' in .folio/config.yaml, such as 'reading: kind:resource status:reading'."
            : "There are \(known)."))
    }
  }

  /// The same where anything may be searched for: a name that is none stays the text it is.
  static func expandKnown(_ words: [String], in vault: Vault) throws -> [String] {
    guard words.contains(where: isName) else { return words }
    let queries = try queries(in: vault)
    return words.map { word in
      guard word.hasPrefix("@"), let query = queries[String(word.dropFirst())] else { return word }
      return words.count == 1 ? query : "(\(query))"
    }
  }

  private static func isName(_ word: String) -> Bool {
    word.utf8.first == UInt8(ascii: "@") && word.utf8.count > 1
  }

  private static func queries(in vault: Vault) throws -> [String: String] {
    vault.settings.queries.merging(try Settings.userQueries(Environment.userSettings)) { $1 }
  }
}
