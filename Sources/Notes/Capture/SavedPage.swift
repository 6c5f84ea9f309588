internal import FullText

/// A page of the web that somebody saved to a file: its title, and its text as Markdown.
///
/// What stands in `article` or `main` is the text when there is enough of it, else all of the body;
/// scripts, menus, forms and the rest of the frame are left out. Nothing is fetched.
public struct SavedPage: Sendable, Equatable {
  public var title: String?
  public var author: String?
  /// The address that the page gives for itself.
  public var url: String?
  public var text: String

  /// The heading that says the title again goes: the note has its own.
  private mutating func dropTitle() {
    guard text.hasPrefix("# ") else { return }
    let heading = text.dropFirst(2).prefix { !$0.isNewline }
    if title == nil { title = String(heading) }
    guard TextFolding.fold(title ?? "").contains(TextFolding.fold(String(heading))) else { return }
    text = String(text.dropFirst(2 + heading.count).drop(while: \.isNewline))
  }

  /// Nil when the bytes are no page.
  public init?(_ bytes: [UInt8]) {
    let head = String(decoding: bytes.prefix(2048), as: UTF8.self).lowercased()
    guard ["<!doctype html", "<html", "<head", "<body"].contains(where: { head.contains($0) })
    else { return nil }
    var reader = PageReader()
    // A page that is not UTF-8 is nearly always Latin-1.
    let isUTF8 = UTF8Check.firstInvalid(in: bytes) == nil
    let text =
      isUTF8 ? bytes : bytes.flatMap { Array(String(Character(Unicode.Scalar($0))).utf8) }
    for token in HTMLTokens(text) { reader.read(token) }
    title = reader.title.flatMap { $0.isEmpty ? nil : $0 }
    author = reader.author
    url = reader.url
    let main = reader.main.finished
    self.text = main.count > 200 ? main : reader.whole.finished
    dropTitle()
  }
}

/// Collects what a page says while its tags go by.
private struct PageReader {
  var title: String?
  var author: String?
  var url: String?
  var main = MarkdownBuilder()
  var whole = MarkdownBuilder()
  private var mainDepth = 0
  /// Elements inside which nothing is text, innermost last.
  private var skipped: [String] = []
  private var isTitle = false

  private static let frame: Set<String> = [
    "script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form", "button",
    "iframe", "select", "dialog", "object", "canvas", "video", "audio", "head",
  ]
  private static let empty: Set<String> = [
    "br", "hr", "img", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed",
  ]

  mutating func read(_ token: HTMLTokens.Token) {
    switch token {
    case .open(let name, let attributes): open(name, attributes)
    case .close(let name): close(name)
    case .text(let text):
      if isTitle {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if title == nil { title = words }
      } else if skipped.isEmpty {
        add { $0.text(text) }
      }
    }
  }

  private mutating func add(_ change: (inout MarkdownBuilder) -> Void) {
    change(&whole)
    if mainDepth > 0 { change(&main) }
  }

  private mutating func open(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "title": isTitle = skipped.last == "head" || skipped.isEmpty
    case "meta":
      let content = attributes["content"] ?? ""
      switch attributes["name"]?.lowercased() ?? attributes["property"]?.lowercased() {
      case "author", "article:author": author = author ?? content
      case "og:title": if !content.isEmpty { title = content }
      case "og:url": url = url ?? content
      default: break
      }
    case "link":
      if attributes["rel"]?.lowercased() == "canonical" { url = attributes["href"] ?? url }
    default: break
    }
    guard !Self.empty.contains(name) || skipped.isEmpty else { return }
    let isFrame = Self.frame.contains(name) || name == "header" && mainDepth == 0
    if isFrame || attributes["hidden"] != nil && !Self.empty.contains(name) {
      // A menu that is never closed must not swallow the page: the body ends the head.
      skipped.append(name)
      return
    }
    if name == "body" || name == "main" || name == "article" { skipped.removeAll { $0 == "head" } }
    guard skipped.isEmpty else { return }
    if name == "main" || name == "article" { mainDepth += 1 }
    add { $0.open(name, attributes) }
  }

  private mutating func close(_ name: String) {
    if name == "title" { isTitle = false }
    if let index = skipped.lastIndex(of: name) {
      skipped.removeSubrange(index...)
      return
    }
    guard skipped.isEmpty else { return }
    add { $0.close(name) }
    if name == "main" || name == "article" { mainDepth = max(0, mainDepth - 1) }
  }
}
