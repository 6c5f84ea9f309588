/// Where Obsidian keeps the daily notes of a vault: `.obsidian/daily-notes.json`, with `folder` and
/// `format`, the latter in Moment's letters (`YYYY-MM-DD`, `YYYY/MM/YYYY-MM-DD dddd`, `[Day] D`).
struct ObsidianDaily {
  private let folder: String
  private let format: String

  /// Nil when the vault has no such settings.
  init?(_ vault: Vault) throws(VaultError) {
    let path = vault.root + "/.obsidian/daily-notes.json"
    guard let bytes = try? FileSystem.read(path, limit: 1 << 20) else { return nil }
    let root: YAMLNode?
    // What Obsidian writes is JSON, which YAML contains.
    do throws(YAMLError) { root = try YAMLParser.parse(bytes) } catch {
      throw .badSettings(path: path, position: error.position, reason: error.reason)
    }
    func text(_ key: String) -> String { root?[key]?.text ?? "" }
    folder = text("folder").split(separator: "/").joined(separator: "/")
    format = text("format").isEmpty ? "YYYY-MM-DD" : text("format")
  }

  func path(of day: LocalTime) throws(VaultError) -> VaultPath {
    let name = Self.name(of: day, format) + ".md"
    return try VaultPath(folder.isEmpty ? name : folder + "/" + name)
  }

  private static let tokens = [
    "YYYY", "YY", "MMMM", "MMM", "MM", "M", "DD", "D", "dddd", "ddd", "HH", "mm",
  ]

  static func name(of day: LocalTime, _ format: String) -> String {
    var name = ""
    var rest = format[...]
    while let first = rest.first {
      if first == "[", let end = rest.firstIndex(of: "]") {
        name += rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
      } else if let token = tokens.first(where: { rest.hasPrefix($0) }) {
        name += value(of: token, day)
        rest = rest.dropFirst(token.count)
      } else {
        name.append(first)
        rest = rest.dropFirst()
      }
    }
    return name
  }

  private static func value(of token: String, _ day: LocalTime) -> String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let weekdays = [
      "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    let month = months[max(0, min(11, day.month - 1))]
    // A day that was given as a date may not know its weekday.
    let weekday = weekdays[LocalTime(seconds: day.seconds).weekday]
    return switch token {
    case "YYYY": LocalTime.pad(day.year, 4)
    case "YY": LocalTime.pad(day.year % 100, 2)
    case "MMMM": month
    case "MMM": String(month.prefix(3))
    case "MM": LocalTime.pad(day.month, 2)
    case "M": String(day.month)
    case "DD": LocalTime.pad(day.day, 2)
    case "D": String(day.day)
    case "dddd": weekday
    case "ddd": String(weekday.prefix(3))
    case "HH": LocalTime.pad(day.hour, 2)
    default: LocalTime.pad(day.minute, 2)
    }
  }
}
