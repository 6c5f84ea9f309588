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
  public var unknownKeys: [UnknownKey] = []

  public struct UnknownKey: Sendable, Equatable {
    public var name: String
    public var position: TextPosition
  }

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
    guard let root, !root.isNull else { return }
    guard root.isMapping else {
      throw .badSettings(path: path, position: root.position, reason: "not keys and values")
    }
    for entry in root.entries {
      let value = entry.value
      switch entry.name {
      case "language":
        switch value.text {
        case "en", "english": language = .english
        case "none": language = .none
        case nil where value.isNull: language = .none
        default:
          throw .badSettings(
            path: path, position: value.position, reason: "language is en or none")
        }
      case "exclude":
        guard value.isNull || !value.texts.isEmpty || value.isEmptyList else {
          throw .badSettings(
            path: path, position: value.position, reason: "exclude is a list of patterns")
        }
        exclude = value.texts
      default:
        unknownKeys.append(UnknownKey(name: entry.name, position: entry.key.position))
      }
    }
  }
}

extension YAMLNode {
  fileprivate var isEmptyList: Bool {
    if case .sequence(let items, _) = value { items.isEmpty } else { false }
  }
}
