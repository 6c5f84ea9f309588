internal import Templates

/// The templates of a document: those of the vault over those that come with the program.
///
/// Every file is a partial for the others, by its name: `{{> blocks.html}}`, `{{> resume.css}}`.
public struct TemplateSet: Sendable {
  public enum Family: String, Sendable { case resume, portfolio }

  private let templates: [String: Template]

  /// - Parameter override: The text of the vault's own `templates/FAMILY/NAME`, or nil.
  public init(
    _ family: Family, override: (_ path: String) -> String?
  ) throws(TypesettingError) {
    var templates: [String: Template] = [:]
    var own: [String: String] = [:]
    let names = Set(EmbeddedTemplates.documents.map(\.name))
    for (folder, name, bytes) in EmbeddedTemplates.documents {
      let path = "templates/\(folder)/\(name)"
      var text = String(decoding: bytes, as: UTF8.self)
      if let written = override(path) {
        try Self.refuseScripts(written, path)
        text = written
        own[name] = path
      }
      do throws(Template.Mistake) { templates[name] = try Template(text, names: names) } catch {
        throw .badTemplate(
          path: path, line: error.line, column: error.column, reason: error.reason)
      }
    }
    self.templates = templates
    // What comes with the program ends.
    for path in own.values.sorted() {
      let page = TemplateSpecimen.page
      for name in ["resume.html", "portfolio.html", "site.html"] {
        var rendering = TemplateRendering(templates, page, limit: 200_000)
        rendering.write(name)
        guard rendering.isEndless else { continue }
        throw .badTemplate(
          path: path, line: 1, column: 1, reason: "the templates include each other without end")
      }
    }
  }

  /// The scripts that come with the program: the search of a site.
  private static let scripts = [
    "<script src=\"search.js\"></script>", "<script src=\"search-index.js\"></script>",
  ]

  func render(_ name: String, _ page: TemplateObject) -> [UInt8] {
    var rendering = TemplateRendering(templates, page)
    rendering.write(name)
    return rendering.bytes
  }

  private static func refuseScripts(_ text: String, _ path: String) throws(TypesettingError) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let bare = Self.scripts.reduce(String(line)) { $0.replacing($1, with: "") }
      if let script = bare.lowercased().firstRange(of: "<script") {
        throw .badTemplate(
          path: path, line: index + 1,
          column: bare.lowercased().distance(
            from: bare.lowercased().startIndex, to: script.lowerBound) + 1,
          reason: "a document has no scripts")
      }
    }
  }
}
