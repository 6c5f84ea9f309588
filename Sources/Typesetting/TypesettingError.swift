/// Why a document could not be set.
public enum TypesettingError: Error, Equatable, Sendable {
  case noFont
  /// A template that cannot be used, with the place of what is wrong, from 1.
  case badTemplate(path: String, line: Int, column: Int, reason: String)
  case failed(String)

  /// What happened, and where.
  public var message: String {
    switch self {
    case .noFont: "no font is installed, so nothing can be set as PDF"
    case .badTemplate(let path, let line, let column, let reason):
      "\(path):\(line):\(column): \(reason)"
    case .failed(let reason): "the PDF cannot be made: \(reason)"
    }
  }

  /// What to type or change next.
  public var remedy: String {
    switch self {
    case .noFont:
      "Install one, for example with 'apt install fonts-inter', or choose '--to html'."
    case .badTemplate:
      "Mend that line, or delete the file to use the built-in template; docs/templates.md has the names."
    case .failed: "Try '--to html' and print from a browser."
    }
  }
}
