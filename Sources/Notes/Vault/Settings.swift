public import FullText

/// The settings of a vault, `.folio/config.yaml`.
///
///     language: en          # stemming of English words in search: en or none
///     exclude: [archive/]   # patterns of paths that are no notes, as in .gitignore
///     learning: {half-life: 12}   # see 'folio help skills' and 'folio help habits'
///     check:                # rules of `folio check`: error, warning or off
///       code-language: off
///     queries:              # searches by name, for 'folio list @reading'
///       reading: kind:resource status:reading
///
/// The file travels with the vault, so somebody else may have written it: it can name no program and
/// no path outside the vault.
public struct Settings: Sendable, Equatable {
  public var language: Language = .english
  public var exclude: [String] = []
  /// How levels of skills and habits are counted; the verbs about learning read it.
  public var learning: YAMLNode?
  /// How bad a finding of a rule is; nil for rules that are turned off.
  public var severities: [String: Finding.Severity?] = [:]
  /// Searches by name.
  public var queries: [String: String] = [:]
  /// Keys that mean nothing here, with their places; `folio check` reports them.
  public var unknownKeys: [UnknownKey] = []

  public struct UnknownKey: Sendable, Equatable {
    public var name: String
    public var position: TextPosition
  }

  static let knownKeys = ["language", "exclude", "queries", "check", "learning"]

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
      case "check":
        for rule in value.entries {
          let text = rule.value.text ?? ""
          let severity = Finding.Severity(rawValue: text)
          guard severity != nil || text == "off" || text == "false" else {
            throw .badSettings(
              path: path, position: rule.value.position, reason: "a rule is error, warning or off")
          }
          severities.updateValue(severity, forKey: rule.name)
        }
      case "queries":
        queries = try Self.queries(value, path: path)
      case "learning":
        learning = value
      default:
        unknownKeys.append(UnknownKey(name: entry.name, position: entry.key.position))
      }
    }
  }
}

extension Settings {
  /// The `queries:` of a settings file: names and what each searches for.
  private static func queries(
    _ node: YAMLNode, path: String
  ) throws(VaultError) -> [String: String] {
    if node.isNull { return [:] }
    guard node.isMapping else {
      throw .badSettings(
        path: path, position: node.position, reason: "queries are names, each with a search")
    }
    var queries: [String: String] = [:]
    for entry in node.entries {
      guard let text = entry.value.text, !text.isEmpty else {
        throw .badSettings(
          path: path, position: entry.key.position,
          reason: "the query \(entry.name) has no search, such as 'kind:fix tag:airflow'")
      }
      queries[entry.name] = text
    }
    return queries
  }

  /// The queries of the user's own settings; they win over those of the vault.
  public static func userQueries(_ path: String) throws(VaultError) -> [String: String] {
    guard let bytes = try? FileSystem.read(path, limit: 1 << 20) else { return [:] }
    let root: YAMLNode?
    do throws(YAMLError) { root = try YAMLParser.parse(bytes) } catch {
      throw .badSettings(path: path, position: error.position, reason: error.reason)
    }
    guard let node = root?["queries"] else { return [:] }
    return try queries(node, path: path)
  }
}

extension YAMLNode {
  fileprivate var isEmptyList: Bool {
    if case .sequence(let items, _) = value { items.isEmpty } else { false }
  }
}
