// Changes on disk, for the journal and the undo log: netstrings (`5:hello,`) one after another.
//
//   folio-changes-1, the title, the moment, the number of steps,
//   then each step: its name and its fields (edit: path, mark before, mark after, the number of
//   splices, and of each the offset, the bytes removed and the bytes inserted),
//   at the end the mark of everything before.

extension ChangeSet {
  private static let header = "folio-changes-1"

  var encoded: [UInt8] {
    var out = Netstrings()
    out.add(Self.header)
    out.add(title)
    out.add(String(moment))
    out.add(String(steps.count))
    for step in steps {
      switch step {
      case .edit(let path, let before, let after, let splices):
        for text in ["edit", path.description, before.text, after.text, String(splices.count)] {
          out.add(text)
        }
        for splice in splices {
          out.add(String(splice.offset))
          out.add(splice.removed)
          out.add(splice.inserted)
        }
      case .move(let from, let to):
        for text in ["move", from.description, to.description] { out.add(text) }
      case .create(let path, let bytes):
        out.add("create")
        out.add(path.description)
        out.add(bytes)
      case .remove(let path, let bytes):
        out.add("remove")
        out.add(path.description)
        out.add(bytes)
      case .makeFolder(let path): for text in ["folder", path.description] { out.add(text) }
      case .removeFolder(let path): for text in ["no-folder", path.description] { out.add(text) }
      case .other(let kind, let payload): for text in ["other", kind, payload] { out.add(text) }
      }
    }
    out.add(ContentMark(out.bytes).text)
    return out.bytes
  }

  /// Reads what `encoded` wrote; nil for anything else, a truncated file among it.
  init?(encoded bytes: [UInt8]) {
    var reader = Netstrings.Reader(bytes: bytes)
    guard reader.text() == Self.header, let title = reader.text(),
      let moment = reader.text().flatMap({ Int64($0) }), let count = reader.number(),
      count <= bytes.count
    else { return nil }
    self.init(title: title, moment: moment)
    for _ in 0..<count {
      guard let step = Self.step(&reader) else { return nil }
      steps.append(step)
    }
    let end = reader.at
    guard let mark = reader.text().flatMap({ ContentMark($0) }), reader.at == bytes.count,
      mark == ContentMark(Array(bytes[..<end]))
    else { return nil }
  }

  private static func step(_ reader: inout Netstrings.Reader) -> Step? {
    switch reader.text() {
    case "edit":
      guard let path = reader.path(), let before = reader.text().flatMap({ ContentMark($0) }),
        let after = reader.text().flatMap({ ContentMark($0) }), let count = reader.number()
      else { return nil }
      var splices: [Splice] = []
      for _ in 0..<count {
        guard let offset = reader.number(), let removed = reader.next(),
          let inserted = reader.next()
        else { return nil }
        splices.append(Splice(offset: offset, removed: removed, inserted: inserted))
      }
      return .edit(path, before: before, after: after, splices)
    case "move":
      guard let from = reader.path(), let to = reader.path() else { return nil }
      return .move(from: from, to: to)
    case "create":
      guard let path = reader.path(), let bytes = reader.next() else { return nil }
      return .create(path, bytes)
    case "remove":
      guard let path = reader.path(), let bytes = reader.next() else { return nil }
      return .remove(path, bytes)
    case "folder": return reader.path().map { .makeFolder($0) }
    case "no-folder": return reader.path().map { .removeFolder($0) }
    case "other":
      guard let kind = reader.text(), let payload = reader.text() else { return nil }
      return .other(kind: kind, payload: payload)
    default: return nil
    }
  }
}

/// Texts of known length, one after another.
struct Netstrings {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add(_ item: [UInt8]) {
    bytes += Array(String(item.count).utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes += item
    bytes.append(UInt8(ascii: ","))
  }

  struct Reader {
    let bytes: [UInt8]
    private(set) var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> [UInt8]? {
      var count = 0
      var digits = 0
      while at < bytes.count, (0x30...0x39).contains(bytes[at]), digits < 12 {
        count = count * 10 + Int(bytes[at] - 0x30)
        digits += 1
        at += 1
      }
      guard digits > 0, at < bytes.count, bytes[at] == UInt8(ascii: ":"),
        count < bytes.count - at - 1, bytes[at + 1 + count] == UInt8(ascii: ",")
      else { return nil }
      defer { at += count + 2 }
      return Array(bytes[(at + 1)..<(at + 1 + count)])
    }

    mutating func text() -> String? { next().map { String(decoding: $0, as: UTF8.self) } }

    mutating func number() -> Int? { text().flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// A path that stays inside the vault, whoever wrote the file.
    mutating func path() -> VaultPath? { text().flatMap { try? VaultPath($0) } }
  }
}
