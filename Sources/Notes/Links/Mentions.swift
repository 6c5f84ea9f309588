internal import FullText
internal import Markup

/// A place where a note is named without a link.
public struct Mention: Sendable, Equatable {
  public var source: String
  public var line: Int
  public var column: Int
  /// The words as they stand there.
  public var text: String
}

extension NoteLinks {
  /// Places in other notes that name this one, by its title, its file's name or an alias, and do not
  /// link to it; by path and line.
  ///
  /// Names of fewer than four letters are no names but words, and left out. At most 500 notes are
  /// read, those that the index thinks the best.
  public func mentions(of note: Note) throws(VaultError) -> [Mention] {
    let spoken = String(note.path.stem.map { $0 == "-" || $0 == "_" ? " " : $0 })
    var names: [[UInt8]] = []
    var sources: Set<VaultPath> = []
    for name in [note.title, spoken] + note.aliases {
      let folded = Array(TextFolding.fold(name).utf8)
      guard name.count >= 4, !names.contains(folded) else { continue }
      names.append(folded)
      let words = name.replacing("\"", with: " ")
      let found = try NoteSearch(index).run("\"\(words)\"", filter: nil, limit: 500)
      if found.isRelaxed { continue }
      for hit in found.hits { sources.insert(VaultPath(known: hit.note.path)) }
    }
    sources.remove(note.path)
    var mentions: [Mention] = []
    for source in sources.sorted() {
      guard let other = reader.read(source)?.note else { continue }
      for span in other.markdown.spans where span.kind == .prose {
        let isLinked = other.markdown.links.contains {
          $0.range.lowerBound <= span.range.lowerBound
            && span.range.upperBound <= $0.range.upperBound
        }
        guard !isLinked else { continue }
        for place in Self.places(of: names, in: other.bytes, span.range) {
          let start = other.bytes[..<place.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
          mentions.append(
            Mention(
              source: source.description, line: span.line, column: place.lowerBound - start + 1,
              text: String(decoding: other.bytes[place], as: UTF8.self)))
        }
      }
    }
    return mentions
  }

  /// Where one of the names stands as whole words; case does not matter for ASCII letters.
  private static func places(
    of names: [[UInt8]], in bytes: [UInt8], _ range: Range<Int>
  ) -> [Range<Int>] {
    func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    func isWord(_ index: Int) -> Bool {
      guard range.contains(index) else { return false }
      let byte = lower(bytes[index])
      return byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
    var found: [Range<Int>] = []
    var at = range.lowerBound
    while at < range.upperBound {
      let match = names.first { name in
        at + name.count <= range.upperBound
          && name.indices.allSatisfy { lower(bytes[at + $0]) == name[$0] }
          && !isWord(at - 1) && !isWord(at + name.count)
      }
      if let match {
        found.append(at..<at + match.count)
        at += match.count
      } else {
        at += 1
      }
    }
    return found
  }
}
