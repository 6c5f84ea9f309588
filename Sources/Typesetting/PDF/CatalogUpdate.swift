/// Adds to a finished PDF what Cairo 1.16 cannot write: the language of the text, the mark that says its
/// structure is to be relied on, and what figures show, in words.
///
/// An incremental update as in ISO 32000-1, 7.5.6: the catalogue and the structure elements of figures
/// are written once more behind the end, followed by a cross-reference section and a trailer that points
/// back to the first ones.
enum CatalogUpdate {
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
      let catalog = object(root, in: bytes), let end = catalog.range(of: ">>", isLast: true)
    else { return bytes }
    let info = number(after: "/Info ", in: tail[trailer.lowerBound...])
    let safeLanguage = language.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    var objects: [(number: Int, text: String)] = [
      (
        root,
        catalog[..<end.lowerBound] + "   /Lang (\(safeLanguage))\n   /MarkInfo << /Marked true >>\n"
          + "   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n"
      )
    ]
    if !alternatives.isEmpty {
      let figures = figures(in: bytes)
      if figures.count == alternatives.count {
        for (figure, words) in zip(figures, alternatives) {
          guard let end = figure.text.range(of: ">>", isLast: true) else { continue }
          objects.append(
            (
              figure.number,
              figure.text[..<end.lowerBound] + "   /Alt \(text(words))\n>>\nendobj\n"
            ))
        }
      }
    }
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
    out += Array("   /Prev \(start)\n>>\nstartxref\n\(table)\n%%EOF\n".utf8)
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

  /// The text of an object from its number to before `endobj`; it is looked for from the end.
  private static func object(_ number: Int, in bytes: [UInt8]) -> String? {
    let head = Array("\n\(number) 0 obj\n".utf8)
    guard bytes.count > head.count else { return nil }
    var at = bytes.count - head.count
    while at > 0, bytes[at] != 0x0A || !bytes[at...].starts(with: head) { at -= 1 }
    return at > 0 ? object(at: at + 1, in: bytes) : nil
  }

  private static func object(at start: Int, in bytes: [UInt8]) -> String? {
    let rest = String(decoding: bytes[start...].prefix(4096), as: UTF8.self)
    guard let end = rest.firstRange(of: "endobj") else { return nil }
    return String(rest[..<end.lowerBound])
  }

  /// The structure elements of figures in the order of their numbers, which is that of the document.
  private static func figures(in bytes: [UInt8]) -> [(number: Int, text: String)] {
    let key = Array("/S /Figure".utf8)
    var found: [(number: Int, text: String)] = []
    var at = 0
    while at + key.count <= bytes.count {
      guard bytes[at] == key[0], bytes[at..<at + key.count].elementsEqual(key) else {
        at += 1
        continue
      }
      // Back to the line `12 0 obj` that opens the object.
      var start = at
      let head = Array(" 0 obj\n".utf8)
      while start > 0, bytes[start] != 0x20 || !bytes[start...].starts(with: head) { start -= 1 }
      var first = start
      while first > 0, bytes[first - 1] >= 0x30, bytes[first - 1] <= 0x39 { first -= 1 }
      if let number = Int(String(decoding: bytes[first..<start], as: UTF8.self)),
        let text = object(at: first, in: bytes)
      {
        found.append((number, text))
      }
      at += key.count
    }
    return found.sorted { $0.number < $1.number }
  }
}

extension String {
  fileprivate func range(of part: String, isLast: Bool) -> Range<Index>? { ranges(of: part).last }
}
