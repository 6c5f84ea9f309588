#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The environment of the process, and the folders that it names.
public enum Environment {
  public static subscript(name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  public static subscript(name: String, default fallback: String) -> String {
    self[name] ?? fallback
  }

  public static var home: String { self["HOME", default: "/"] }

  private static func folder(_ name: String, _ fallback: String) -> String {
    // The XDG base directory rules: a path that is not absolute does not count.
    if let path = self[name], path.hasPrefix("/") { return path }
    return home + "/" + fallback
  }

  /// The user's own settings.
  public static var userSettings: String {
    folder("XDG_CONFIG_HOME", ".config") + "/folio/config.yaml"
  }

  /// Where indexes of vaults without a `.folio/` are kept.
  public static var sharedCache: String { folder("XDG_CACHE_HOME", ".cache") + "/folio" }

  /// The path of a program on `PATH`, or nil.
  public static func program(_ name: String) -> String? {
    for folder in self["PATH", default: "/usr/local/bin:/usr/bin:/bin"].split(separator: ":") {
      let path = folder + "/" + name
      if access(String(path), X_OK) == 0 { return String(path) }
    }
    return nil
  }
}
