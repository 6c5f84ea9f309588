/// Adds to a finished PDF what Cairo 1.16 cannot write: the language of the text, the mark that says its
/// structure is to be relied on, one element around the whole of it, and what figures show, in words.
///
/// An incremental update as in ISO 32000-1, 7.5.6: the objects that change are written once more behind
/// the end, followed by a cross-reference section and a trailer that points back to the first ones.
struct CatalogUpdate {
  private let bytes: [UInt8]
  /// Where each object begins, by its number.
  private let offsets: [Int: Int]
  private var objects: [(number: Int, text: String)] = []

  /// The document with its update; the bytes as they are when their end is not the expected one.
  ///
  /// - Parameter alternatives: What each figure shows, in the order in which they were drawn; none are
  ///   written unless there are as many as the document has figures.
  static func apply(
    _ bytes: [UInt8], language: String, alternatives: [String] = []
  ) -> [UInt8] {
    let tail = String(decoding: bytes.suffix(1024), as: UTF8.self)
    guard let trailer = tail.range(of: "trailer", isLast: true),
      let root = number(after: "/Root ", in: tail[trailer.lowerBound...]),
      let size = number(after: "/Size ", in: tail[trailer.lowerBound...]),
      let start = number(after: "startxref\n", in: tail[trailer.lowerBound...]),
      let offsets = offsets(at: start, in: bytes)
    else { return bytes }
    var update = CatalogUpdate(bytes: bytes, offsets: offsets)
    let safeLanguage = language.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard let catalog = update.object(root) else { return bytes }
    update.add(
      root, catalog,
      "   /Lang (\(safeLanguage))\n   /MarkInfo << /Marked true >>\n"
        + "   /ViewerPreferences << /DisplayDocTitle true >>\n")
    // The element around the whole gets the first free number.
    let hasDocument = update.enclose(in: size, catalog)
    update.describe(alternatives)
    let info = number(after: "/Info ", in: tail[trailer.lowerBound...])
    return update.written(
      size: hasDocument ? size + 1 : size, root: root, info: info, previous: start)
  }

  private init(bytes: [UInt8], offsets: [Int: Int]) {
    self.bytes = bytes
    self.offsets = offsets
  }

  // MARK: - Changes

  /// Writes an object once more with lines before its end; a later change of the same one goes on from
  /// the earlier.
  private mutating func add(_ number: Int, _ text: String, _ lines: String) {
    guard let end = text.range(of: ">>", isLast: true) else { return }
    set(number, text[..<end.lowerBound] + lines + ">>\nendobj\n")
  }

  private mutating func set(_ number: Int, _ text: String) {
    if let index = objects.firstIndex(where: { $0.number == number }) {
      objects[index].text = text
    } else {
      objects.append((number, text))
    }
  }

  /// An object as it is now.
  private func current(_ number: Int) -> String? {
    objects.first { $0.number == number }?.text ?? object(number)
  }

  /// Puts everything under one element, as PDF/UA asks and readers expect; false when there is no
  /// structure.
  private mutating func enclose(in document: Int, _ catalog: String) -> Bool {
    guard let root = Self.number(after: "/StructTreeRoot ", in: catalog[...]),
      let tree = object(root), let open = tree.firstRange(of: "/K ["),
      let close = tree[open.upperBound...].firstIndex(of: "]")
    else { return false }
    let list = tree[open.upperBound..<close]
    let children = list.split(separator: "R").compactMap { part in
      part.split(separator: " ").first.flatMap { Int($0) }
    }
    guard !children.isEmpty else { return false }
    for child in children {
      guard let text = object(child), let parent = text.firstRange(of: "/P \(root) 0 R") else {
        return false
      }
      set(child, text.replacingCharacters(parent, with: "/P \(document) 0 R") + "endobj\n")
    }
    set(root, tree[..<open.lowerBound] + "/K [ \(document) 0 R " + tree[close...] + "endobj\n")
    set(
      document,
      "\(document) 0 obj\n<< /Type /StructElem\n   /S /Document\n   /P \(root) 0 R\n   /K [\(list)]\n"
        + ">>\nendobj\n")
    return true
  }

  /// Gives each figure its words.
  private mutating func describe(_ alternatives: [String]) {
    guard !alternatives.isEmpty else { return }
    let figures = offsets.keys.sorted().filter { number in
      object(number)?.contains("/S /Figure\n") == true
    }
    guard figures.count == alternatives.count else { return }
    for (figure, words) in zip(figures, alternatives) {
      guard let text = current(figure) else { continue }
      add(figure, text, "   /Alt \(Self.text(words))\n")
    }
  }

  private func written(size: Int, root: Int, info: Int?, previous: Int) -> [UInt8] {
    var out = bytes
    if out.last != 0x0A { out.append(0x0A) }
    var sections = ""
    for object in objects.sorted(by: { $0.number < $1.number }) {
      let digits = String(out.count)
      let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
      sections += "\(object.number) 1\n\(padded) 00000 n \n"
      out += Array(object.text.utf8)
    }
    let table = out.count
    out += Array("xref\n\(sections)".utf8)
    out += Array("trailer\n<< /Size \(size)\n   /Root \(root) 0 R\n".utf8)
    if let info { out += Array("   /Info \(info) 0 R\n".utf8) }
    out += Array("   /Prev \(previous)\n>>\nstartxref\n\(table)\n%%EOF\n".utf8)
    return out
  }

  /// A text string in UTF-16 with its mark, as hexadecimal digits: no sign in it can end it.
  static func text(_ words: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var out = "<FEFF"
    for unit in words.utf16 {
      for shift in [12, 8, 4, 0] { out.append(digits[Int(unit >> UInt16(shift)) & 15]) }
    }
    return out + ">"
  }

  private static func number(after key: String, in text: Substring) -> Int? {
    guard let place = text.firstRange(of: key) else { return nil }
    return Int(text[place.upperBound...].prefix { $0.isNumber })
  }

  /// Reads a table of one section whose entries have 20 bytes: `0000000015 00000 n `.
  private static func offsets(at start: Int, in bytes: [UInt8]) -> [Int: Int]? {
    guard start >= 0, start < bytes.count else { return nil }
    let head = String(decoding: bytes[start...].prefix(40), as: UTF8.self)
    let lines = head.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count > 2, lines[0] == "xref" else { return nil }
    let numbers = lines[1].split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 2, numbers[1] >= 0 else { return nil }
    let first = start + lines[0].utf8.count + lines[1].utf8.count + 2
    guard numbers[1] <= (bytes.count - first) / 20 else { return nil }
    var offsets: [Int: Int] = [:]
    for index in 0..<numbers[1] {
      let entry = bytes[(first + index * 20)..<(first + index * 20 + 20)]
      guard entry[entry.startIndex + 17] == UInt8(ascii: "n"),
        let offset = Int(String(decoding: entry.prefix(10), as: UTF8.self)), offset < bytes.count
      else { continue }
      offsets[numbers[0] + index] = offset
    }
    return offsets
  }

  /// The text of an object from its number to before `endobj`; nil for one with a stream or longer than
  /// any that is changed here.
  private func object(_ number: Int) -> String? {
    guard let start = offsets[number] else { return nil }
    let rest = bytes[start...].prefix(1 << 16)
    let end = Array("endobj".utf8)
    var at = rest.startIndex
    while at + end.count <= rest.endIndex {
      if rest[at] == end[0], rest[at..<at + end.count].elementsEqual(end) {
        return String(decoding: rest[..<at], as: UTF8.self)
      }
      // The bytes of a stream are no text.
      if rest[at] == UInt8(ascii: "s"), rest[at...].starts(with: "stream\n".utf8) { return nil }
      at += 1
    }
    return nil
  }
}

extension String {
  /// The text with a part replaced.
  fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}

extension String {
  fileprivate func range(of part: String, isLast: Bool) -> Range<Index>? { ranges(of: part).last }
}
