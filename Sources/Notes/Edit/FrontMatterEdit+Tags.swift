internal import Markup

extension FrontMatterEdit {
  /// The key that holds the note's tags: the first of the usual ones that is there, else `tags`.
  public var tagKey: String {
    ["tags", "tag", "keywords", "categories"].first { frontMatter.root?[$0] != nil } ?? "tags"
  }

  /// The note without these tags in its front matter.
  ///
  /// Throws when a tag is not there, or stands in the text, where only its author can take it out.
  public func removingTags(_ names: [String]) throws(VaultError) -> [UInt8] {
    let note = Note(path: VaultPath(known: path), bytes: original)
    let listed = Set(note.frontMatterTags.map { $0.lowercased() })
    for name in names where !listed.contains(name.lowercased()) {
      if let tag = note.markdown.tags.first(where: { $0.name.lowercased() == name.lowercased() }) {
        throw .unsafeEdit(
          path: path, reason: "#\(name) stands in the text, on line \(tag.line)")
      }
      throw .noSuchTag(name, path: path, present: note.tags)
    }
    var bytes = original
    for key in ["tags", "tag", "keywords", "categories"] {
      let edit = try FrontMatterEdit(Note(path: VaultPath(known: path), bytes: bytes))
      bytes = try edit.removing(names, from: key)
    }
    return bytes
  }
}
