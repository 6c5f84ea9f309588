internal import FullText
public import Markup

/// A link between notes, as `folio links` shows it.
public struct NoteLink: Sendable, Equatable {
  public enum Direction: String, Sendable { case out, `in` }

  public enum Status: String, Sendable { case ok, broken, ambiguous, external, file, site }

  /// The note that holds the link.
  public var source: String
  public var line: Int
  public var column: Int
  /// The link's destination as written.
  public var target: String
  public var kind: MarkdownScan.Link.Kind
  public var status: Status
  public var direction: Direction
  /// The note it leads to, when it leads to one.
  public var path: String?
  /// The notes it could mean, when there are several.
  public var candidates: [String] = []
}

/// The links of a note: those it holds and those that lead to it.
public struct NoteLinks: Sendable {
  let index: NoteIndex
  private let resolver: LinkResolver
  let reader: NoteReader

  public init(_ index: NoteIndex) { self.init(index, table: nil) }

  init(_ index: NoteIndex, table: NameTable?) {
    self.index = index
    resolver = LinkResolver(index, table: table)
    reader = NoteReader(vault: index.vault)
  }

  /// Links that a note holds, in the order in which they stand.
  public func outgoing(of note: Note) -> [NoteLink] {
    var headings = HeadingCache(reader: reader)
    return outgoing(of: note, &headings)
  }

  func outgoing(of note: Note, _ headings: inout HeadingCache) -> [NoteLink] {
    note.links.filter { $0.kind != .definition }.map {
      describe($0, in: note, headings: &headings)
    }
  }

  /// Links in other notes that lead to this one, by path and then by line.
  ///
  /// The index names the notes that hold a link with one of this note's names; only those are read.
  public func incoming(to note: Note) -> [NoteLink] {
    var sources: Set<VaultPath> = []
    for name in [note.path.stem, note.title] + note.aliases where !name.isEmpty {
      for id in index.index.documents(where: .equals(NoteAttribute.link, name)) {
        sources.insert(VaultPath(known: index.index.key(of: id)))
      }
    }
    sources.remove(note.path)
    var headings = HeadingCache(reader: reader)
    return sources.sorted().flatMap { source -> [NoteLink] in
      guard let other = reader.read(source)?.note else { return [] }
      return other.links.filter { $0.kind != .definition }.compactMap { link in
        guard link.isInternal, resolver.resolve(link, from: source) == .note(note.path) else {
          return nil
        }
        var described = describe(link, in: other, headings: &headings)
        described.direction = .in
        return described
      }
    }
  }

  /// Every link of the vault, by path and then by line. Notes are read on two threads.
  public func all() -> [NoteLink] {
    let links = withTable
    return readAll { note, headings in links.outgoing(of: note, &headings) }.flatMap { $0 }
  }

  /// The links of the vault that lead nowhere or could mean several notes, in the same order.
  public func broken() -> [NoteLink] {
    let links = withTable
    return readAll { note, headings in
      links.outgoing(of: note, &headings).filter { $0.status == .broken || $0.status == .ambiguous }
    }.flatMap { $0 }
  }

  /// The same with every name of the vault at hand.
  private var withTable: NoteLinks { NoteLinks(index, table: NameTable(index.index)) }

  /// Notes that no other note links to, in the order of their paths.
  public func orphans() -> [VaultPath] {
    var linked: Set<String> = []
    let links = withTable
    let found = readAll { note, headings in
      Set(
        links.outgoing(of: note, &headings).compactMap { link in
          link.path == link.source ? nil : link.path
        })
    }
    for paths in found { linked.formUnion(paths) }
    return paths.filter { !linked.contains($0.description) }
  }

  private var paths: [VaultPath] {
    index.index.documents(where: .all).map { VaultPath(known: index.index.key(of: $0)) }
  }

  private func readAll<Value: Sendable>(
    _ body: @escaping @Sendable (Note, inout HeadingCache) -> Value
  ) -> [Value] {
    let all = paths
    let workers = all.count < 32 ? 1 : 2
    let results = Results<[Value]>(count: workers)
    let reader = reader
    concurrently(workers) { worker in
      var headings = HeadingCache(reader: reader)
      let range = (all.count * worker / workers)..<(all.count * (worker + 1) / workers)
      results[worker] = all[range].compactMap { path in
        reader.read(path).map { body($0.note, &headings) }
      }
    }
    return results.all.flatMap { $0 }
  }

  func describe(
    _ link: MarkdownScan.Link, in note: Note, headings: inout HeadingCache
  ) -> NoteLink {
    var target = link.target
    if let fragment = link.fragment { target += "#" + fragment }
    var described = NoteLink(
      source: note.path.description, line: link.line, column: link.column, target: target,
      kind: link.kind, status: .external, direction: .out)
    guard link.isInternal else { return described }
    switch resolver.resolve(link, from: note.path) {
    case .note(let path):
      described.path = path.description
      let found =
        link.fragment.map { headings.contains($0, in: path, note) } ?? true
      described.status = found ? .ok : .broken
    case .file(let path):
      described.path = path
      described.status = .file
    case .ambiguous(let paths):
      described.candidates = paths.map(\.description)
      described.status = .ambiguous
    case .site: described.status = .site
    case .missing: described.status = .broken
    }
    return described
  }
}

/// The headings and block ids of notes, read once each, to tell whether a link's `#part` is there.
struct HeadingCache {
  private let reader: NoteReader
  private var anchors: [VaultPath: Set<String>] = [:]

  init(reader: NoteReader) { self.reader = reader }

  mutating func contains(_ fragment: String, in path: VaultPath, _ holder: Note) -> Bool {
    if fragment.isEmpty { return true }
    if anchors[path] == nil {
      let note = path == holder.path ? holder : reader.read(path)?.note
      anchors[path] = note.map(Self.anchors) ?? []
    }
    let known = anchors[path] ?? []
    // `#Section#Part`: the last one has to be there. A heading may have the sign in it, too: `C# by hand`.
    let last = fragment.split(separator: "#").last.map(String.init) ?? fragment
    return [last, Anchor.decoded(last), fragment, Anchor.decoded(fragment)].contains {
      known.contains(Anchor.key($0))
    }
  }

  private static func anchors(of note: Note) -> Set<String> {
    var anchors: Set<String> = []
    var counts: [String: Int] = [:]
    func add(_ text: some StringProtocol) {
      let key = Anchor.key(text)
      let repeats = counts[key, default: 0]
      counts[key] = repeats + 1
      // Later headings of the same words are numbered, from 1 or from 2: `#examples-1`.
      anchors.insert(key)
      if repeats > 0 {
        anchors.insert(key + String(repeats))
        anchors.insert(key + String(repeats + 1))
      }
    }
    for heading in note.markdown.headings {
      // `## Words {#id}`: the id, and the words without it.
      if heading.text.hasSuffix("}"), let brace = heading.text.firstRange(of: "{#") {
        add(heading.text[..<brace.lowerBound])
        anchors.insert(Anchor.key(heading.text[brace.upperBound...].dropLast()))
      } else {
        add(heading.text)
      }
    }
    for block in note.markdown.blockIDs { anchors.insert(Anchor.key("^" + block.id)) }
    for span in note.markdown.spans where span.kind == .html {
      for id in ids(inTag: note.bytes[span.range]) { anchors.insert(Anchor.key(id)) }
    }
    return anchors
  }

  /// The values of `id` and `name` in an HTML tag.
  private static func ids(inTag bytes: ArraySlice<UInt8>) -> [Substring] {
    let text = String(decoding: bytes, as: UTF8.self)
    return ["id=\"", "id='", "name=\"", "name='"].compactMap { mark in
      let quote = mark.last ?? "\""
      return text.firstRange(of: mark).map { range in
        text[range.upperBound...].prefix { $0 != quote }
      }
    }
  }
}

/// The name of a heading in a link.
public enum Anchor {
  /// What the spellings of one heading have in common: its letters and digits in lower case.
  ///
  /// Tools put `-`, `_` or `%20` for spaces and treat punctuation each in its own way.
  static func key(_ text: some StringProtocol) -> String {
    var key = ""
    for scalar in text.lowercased().unicodeScalars
    where scalar == "^" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      key.unicodeScalars.append(scalar)
    }
    return key
  }

  /// `%20` and the like as the bytes they stand for.
  static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, rest.first != UInt8(ascii: "+"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
