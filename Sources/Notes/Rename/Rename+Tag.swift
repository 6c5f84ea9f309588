internal import FullText
internal import Markup

extension Rename {
  /// Plans to rename a tag and those below it in every note, in front matter and text.
  public func plan(
    tag old: TagName, to new: TagName, moment: Int64
  ) throws(VaultError) -> Plan {
    let title = "tag rename \(old.description) \(new.description)"
    var plan = Plan(ChangeSet(title: title, moment: moment)) { Self.splices(in: $0, old, new) }
    for id in index.index.documents(where: .within(NoteAttribute.tag, old.description)) {
      let path = VaultPath(known: index.index.key(of: id))
      guard let note = reader.read(path)?.note else { continue }
      if note.frontMatter.format != .yaml,
        note.frontMatter.format != .none || note.frontMatter.error != nil,
        note.frontMatterTags.contains(where: { Self.renamed($0, old, new) != nil })
      {
        plan.left.append((path, "its front matter is TOML or JSON, which is only read"))
      }
      let splices = Self.splices(in: note, old, new)
      guard !splices.isEmpty else { continue }
      guard let edited = Self.edited(note, splices) else {
        plan.left.append((path, "its tags are written in a way that is not safe to edit"))
        continue
      }
      plan.changes.edit(path, note.bytes, splices, edited)
      plan.links += Self.linkChanges(note, splices, at: path)
    }
    return plan
  }

  /// What a tag is called afterwards; nil when it keeps its name.
  private static func renamed(_ tag: String, _ old: TagName, _ new: TagName) -> String? {
    let name = TextFolding.fold(tag)
    let wanted = TextFolding.fold(old.description)
    if name == wanted { return new.description }
    guard name.hasPrefix(wanted + "/") else { return nil }
    let levels = old.description.split(separator: "/").count
    return ([Substring(new.description)] + tag.split(separator: "/").dropFirst(levels))
      .joined(separator: "/")
  }

  private static func splices(in note: Note, _ old: TagName, _ new: TagName) -> [Splice] {
    var splices: [Splice] = []
    for tag in note.markdown.tags {
      guard let name = renamed(tag.name, old, new) else { continue }
      splices.append(
        Splice(
          offset: tag.range.lowerBound, removed: Array(note.bytes[tag.range]),
          inserted: Array("#\(name)".utf8)))
    }
    guard note.frontMatter.format == .yaml, note.frontMatter.error == nil else { return splices }
    let base = note.frontMatter.content.lowerBound
    for key in ["tags", "tag", "keywords", "categories"] {
      guard let node = note.frontMatter.root?[key] else { continue }
      let scalars = if case .sequence(let items, _) = node.value { items } else { [node] }
      let isList = if case .sequence = node.value { true } else { false }
      for scalar in scalars where !scalar.range.isEmpty {
        let range = (base + scalar.range.lowerBound)..<(base + scalar.range.upperBound)
        splices += words(in: range, of: note, isList: isList).compactMap { word in
          let text = String(decoding: note.bytes[word], as: UTF8.self)
          let mark = text.hasPrefix("#") ? "#" : ""
          guard let name = renamed(String(text.dropFirst(mark.count)), old, new) else { return nil }
          return Splice(
            offset: word.lowerBound, removed: Array(note.bytes[word]),
            inserted: Array((mark + name).utf8))
        }
      }
    }
    return splices.sorted { $0.offset < $1.offset }
  }

  /// The tags inside a scalar: all of it in a list, else divided at commas or blanks.
  private static func words(in range: Range<Int>, of note: Note, isList: Bool) -> [Range<Int>] {
    var inner = range
    if let first = note.bytes[range].first,
      first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
      range.count >= 2
    {
      inner = (range.lowerBound + 1)..<(range.upperBound - 1)
    }
    if isList { return [inner] }
    let comma = note.bytes[inner].contains(UInt8(ascii: ","))
    return note.bytes[inner].split { $0 == UInt8(ascii: comma ? "," : " ") }.map { part in
      var part = part
      while part.first == 0x20 { part = part.dropFirst() }
      while part.last == 0x20 { part = part.dropLast() }
      return part.startIndex..<part.endIndex
    }.filter { !$0.isEmpty }
  }
}
