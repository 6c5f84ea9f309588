internal import ArgumentParser
internal import FullText
internal import Notes

/// A condition on front matter, as `--where` takes it.
enum Condition {
  /// `key`, `!key`, `key=value`, `key!=value`, `key=beginning*`, `key>=value` and so on.
  static func filter(_ text: String, now: LocalTime) throws -> Filter {
    for (sign, comparison) in [
      (">=", Comparison.greaterOrEqual), ("<=", .lessOrEqual), (">", .greater), ("<", .less),
    ] {
      guard let range = text.firstRange(of: sign) else { continue }
      let key = String(text[..<range.lowerBound])
      guard !key.isEmpty, !key.contains("=") else { continue }
      let value = text[range.upperBound...].trimmed
      guard !value.isEmpty else { throw ValidationError("--where \(text) has no value") }
      return .compare(key.lowercased(), comparison, bound(value, comparison, now))
    }
    guard let equals = text.firstIndex(of: "=") else {
      let isNegated = text.hasPrefix("!")
      let key = (isNegated ? text.dropFirst() : text[...]).trimmed
      guard !key.isEmpty else { throw ValidationError("--where needs a key") }
      return isNegated ? .not(.exists(key.lowercased())) : .exists(key.lowercased())
    }
    var key = text[..<equals]
    let isNegated = key.last == "!"
    if isNegated { key.removeLast() }
    guard !key.isEmpty else { throw ValidationError("--where needs a key before the =") }
    let value = String(text[text.index(after: equals)...])
    let isBeginning = value.hasSuffix("*") && value.count > 1
    let filter =
      isBeginning
      ? Filter.prefix(key.lowercased(), String(value.dropLast()))
      : Filter.equals(key.lowercased(), value)
    return isNegated ? .not(filter) : filter
  }

  /// What is compared with: date words become days. Values are compared as text, so that all of a day
  /// begins with it: `>` and `<=` mean the end of the day.
  private static func bound(_ value: String, _ comparison: Comparison, _ now: LocalTime) -> String {
    if Double(value) != nil, value.count != 4 { return value }
    guard let day = try? DateWords.parse(value, now: now) else { return value }
    switch comparison {
    case .greater, .lessOrEqual: return day + "~"
    default: return day
    }
  }
}
