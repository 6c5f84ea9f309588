public import FullText

/// The settings of a vault, `.folio/config.yaml`.
///
///     language: en          # stemming of English words in search: en or none
///     exclude: [archive/]   # patterns of paths that are no notes, as in .gitignore
///
/// The file travels with the vault, so somebody else may have written it: it can name no program and
/// no path outside the vault.
public struct Settings: Sendable, Equatable {
  public var language: Language = .english
  public var exclude: [String] = []
  /// Keys that mean nothing here, with their places; `folio check` reports them.
  public var unknownKeys: [String] = []

  static let knownKeys = ["language", "exclude"]

  public init() {}

  /// Reads the settings at `path`; a missing file is the same as an empty one.
  public init(path: String) throws(VaultError) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(path, limit: 1 << 20) } catch {
      if error.isMissing { return }
      throw .file(error)
    }
    let root: YAMLNode?
    do throws(YAMLError) { root = try YAMLParser.parse(bytes) } catch {
      throw .badSettings(path: path, position: error.position, reason: error.reason)
    }
    for entry in root?.entries ?? [] {
      switch entry.name {
      case "language":
        switch entry.value.text {
        case "en", "english": language = .english
        case "none", nil: language = .none
        default:
          throw .badSettings(
            path: path, position: entry.value.position, reason: "language is en or none")
        }
      case "exclude":
        exclude = entry.value.texts
      default:
        unknownKeys.append(entry.name)
      }
    }
  }
}
