internal import Mustache
internal import Templates

/// The Mustache templates of a document: those of the vault over those that come with the program.
///
/// Every file is a partial for the others, by its name: `{{> blocks.html}}`, `{{> resume.css}}`.
public struct TemplateSet: Sendable {
  public enum Family: String, Sendable { case resume, portfolio }

  private let library: MustacheLibrary

  /// - Parameter override: The text of the vault's own `templates/FAMILY/NAME`, or nil.
  public init(
    _ family: Family, override: (_ path: String) -> String?
  ) throws(TypesettingError) {
    var templates: [String: MustacheTemplate] = [:]
    for (folder, name, bytes) in EmbeddedTemplates.documents {
      let path = "templates/\(folder)/\(name)"
      var text = String(decoding: bytes, as: UTF8.self)
      if let own = override(path) {
        try Self.check(own, path)
        text = own
      }
      do { templates[name] = try MustacheTemplate(string: text) } catch {
        throw Self.failure(error, path)
      }
    }
    library = MustacheLibrary(templates: templates)
  }

  /// The scripts that come with the program: the search of a site.
  private static let scripts = [
    "<script src=\"search.js\"></script>", "<script src=\"search-index.js\"></script>",
  ]

  func render(_ name: String, _ values: [String: Any]) -> String {
    library.render(values, withTemplate: name) ?? ""
  }

  /// Refuses what would turn escaping off: text of notes must never become markup.
  private static func check(_ text: String, _ path: String) throws(TypesettingError) {
    let forbidden: [(sign: Character, what: String)] = [
      ("{", "{{{ writes text without escaping"), ("&", "{{& writes text without escaping"),
      ("%", "{{% changes how text is escaped"), ("=", "{{= changes the marks of tags"),
    ]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      var rest = line[...]
      while let open = rest.firstRange(of: "{{") {
        rest = rest[open.upperBound...]
        let sign = rest.first { $0 != " " && $0 != "\t" }
        if let reason = forbidden.first(where: { $0.sign == sign })?.what {
          throw .badTemplate(path: path, line: index + 1, reason: reason + "; write {{name}}")
        }
      }
      let bare = Self.scripts.reduce(String(line)) { $0.replacing($1, with: "") }
      if bare.lowercased().contains("<script") {
        throw .badTemplate(path: path, line: index + 1, reason: "a document has no scripts")
      }
    }
    // A tag mark at the end of a line takes its sign from the next one.
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.trimmingSuffixSpaces.hasSuffix("{{") {
      throw .badTemplate(path: path, line: index + 1, reason: "a tag is broken over two lines")
    }
  }

  private static func failure(_ error: any Error, _ path: String) -> TypesettingError {
    guard let error = error as? MustacheTemplate.ParserError else {
      return .badTemplate(path: path, line: 1, reason: "the template cannot be read: \(error)")
    }
    // The parser's names for errors are sentences in camel case.
    let words = "\(error.error)".reduce(into: "") { out, character in
      out += character.isUppercase ? " " + character.lowercased() : String(character)
    }
    let what = "the template cannot be read: \(words)"
    return .badTemplate(path: path, line: error.context.lineNumber, reason: what)
  }
}

extension Substring {
  fileprivate var trimmingSuffixSpaces: Substring {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
