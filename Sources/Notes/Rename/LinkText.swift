internal import Markup

/// The destination of a link, written anew in the form that it has.
struct LinkText {
  let link: MarkdownScan.Link
  /// The destination as it stands in the note, without its fragment.
  let written: String
  /// Whether the destination stands between `<` and `>`.
  private let isBracketed: Bool

  init(_ link: MarkdownScan.Link, in bytes: [UInt8]) {
    self.link = link
    let whole = bytes[link.targetRange]
    let end = whole.firstIndex(of: UInt8(ascii: "#")) ?? whole.endIndex
    var target = whole[..<end]
    while target.last == 0x20 { target = target.dropLast() }
    written = String(decoding: target, as: UTF8.self)
    let before = link.targetRange.lowerBound - 1
    isBracketed = before >= 0 && bytes[before] == UInt8(ascii: "<")
  }

  /// The bytes that `written` takes.
  var range: Range<Int> {
    link.targetRange.lowerBound..<(link.targetRange.lowerBound + written.utf8.count)
  }

  /// Whether the destination is seen from the folder of the note.
  var isRelative: Bool {
    isWikilink
      ? written.hasPrefix("./") || written.hasPrefix("../") : !written.hasPrefix("/")
  }

  private var isWikilink: Bool { link.kind == .wikilink || link.kind == .embed }

  /// Spellings of a link to `target` from a note in `folder`, the one nearest to what is written
  /// first. The first that leads to the right place is taken.
  ///
  /// - Parameter old: Where the link leads before.
  func candidates(to target: VaultPath, for old: VaultPath, from folder: String) -> [String] {
    isWikilink
      ? wikilinks(to: target, for: old, from: folder) : [markdown(to: target, from: folder)]
  }

  private func named(_ path: String) -> String {
    guard VaultPath.isNote(path.split(separator: "/").last.map(String.init) ?? path) else {
      return path
    }
    let hasExtension = VaultPath.withoutExtension(written) != written
    return hasExtension ? path : VaultPath.withoutExtension(path)
  }

  private func wikilinks(
    to target: VaultPath, for old: VaultPath, from folder: String
  ) -> [String] {
    let whole = named(target.description)
    if written.hasPrefix("./") || written.hasPrefix("../") {
      let path = Self.relative(whole, from: folder)
      return [path.hasPrefix("../") ? path : "./" + path]
    }
    let slash = written.hasPrefix("/") ? "/" : ""
    let parts = whole.split(separator: "/")
    let count = written.split(separator: "/").count
    let oldCount = old.description.split(separator: "/").count
    // A path from the top of the vault stays one; what leaves folders out goes on to leave them out,
    // as long as it is clear.
    if count > 1, count == oldCount { return [slash + whole] }
    return (min(count, parts.count)...parts.count).map {
      slash + parts.suffix($0).joined(separator: "/")
    }
  }

  private func markdown(to target: VaultPath, from folder: String) -> String {
    let path = named(target.description)
    if written.hasPrefix("/") { return "/" + encoded(path) }
    let dots = written.hasPrefix("./") ? "./" : ""
    return dots + encoded(Self.relative(path, from: folder))
  }

  /// `path` as seen from `folder`, both from the top of the vault.
  static func relative(_ path: String, from folder: String) -> String {
    let target = path.split(separator: "/")
    let base = folder.split(separator: "/")
    var shared = 0
    while shared < base.count, shared < target.count - 1, base[shared] == target[shared] {
      shared += 1
    }
    let ups = base.count - shared
    let parts = Array(repeating: "..", count: ups) + target[shared...].map(String.init)
    return parts.joined(separator: "/")
  }

  /// The path as a Markdown destination: with escapes where one is needed, in the way of the link.
  private func encoded(_ path: String) -> String {
    let encodesLetters = [
      "%8", "%9", "%A", "%B", "%C", "%D", "%E", "%F", "%a", "%b", "%c", "%d", "%e", "%f",
    ]
    .contains { written.contains($0) }
    let keepsParentheses = Self.isBalanced(path) && !written.contains("%28")
    var out: [UInt8] = []
    for byte in path.utf8 {
      let mustEscape: Bool
      switch byte {
      case 0x00...0x1F, 0x7F, UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "?"):
        mustEscape = true
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        mustEscape = !isBracketed && !keepsParentheses
      case 0x20, UInt8(ascii: "&"): mustEscape = !isBracketed
      case 0x80...: mustEscape = encodesLetters && !isBracketed
      default: mustEscape = false
      }
      if mustEscape {
        let digits = String(byte, radix: 16, uppercase: true)
        out += Array(("%" + (digits.count < 2 ? "0" : "") + digits).utf8)
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Whether parentheses are closed in order, as Markdown wants them in a destination.
  private static func isBalanced(_ path: String) -> Bool {
    var open = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "(") { open += 1 }
      if byte == UInt8(ascii: ")") { open -= 1 }
      if open < 0 || open > 8 { return false }
    }
    return open == 0
  }
}
