#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

public import Notes

/// The environment of the process, and the folders that it names.
public enum Environment {
  public static subscript(name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Sets a variable for the programs that this one starts.
  static func set(_ name: String, _ value: String) { setenv(name, value, 1) }

  public static subscript(name: String, default fallback: String) -> String {
    self[name] ?? fallback
  }

  /// The moment at which the command runs: `$FOLIO_NOW` (`2026-11-22` or `2026-11-22T09:30`, local
  /// time) where it is set, so that output can be made again byte for byte; else the clock's.
  public static var now: LocalTime {
    guard let text = self["FOLIO_NOW"], let date = NoteDate(text), text.count >= 10 else {
      return .now()
    }
    // Moments are kept in UTC, days as they are written.
    let iso = date.iso
    func number(_ from: Int, _ length: Int) -> Int {
      Int(iso.dropFirst(from).prefix(length)) ?? 0
    }
    let written = LocalTime(
      year: number(0, 4), month: number(5, 2), day: number(8, 2), hour: number(11, 2),
      minute: number(14, 2), second: number(17, 2))
    return LocalTime(seconds: iso.hasSuffix("Z") ? written.utcSeconds : written.seconds)
  }

  /// A clock that only runs forwards, for how long something took.
  static var microseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
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
