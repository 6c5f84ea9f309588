/// A date as it stands in a note: a year, a month, a day, or a moment.
///
/// Accepted: `2026`, `2026-11`, `2026-11-22`, and a day followed by `T` or a space and `HH:MM`,
/// `HH:MM:SS` or `HH:MM:SS.fff`, with `Z`, `±HH:MM`, `±HHMM` or nothing (local time) behind.
public struct NoteDate: Sendable, Equatable {
  /// The date in a form whose byte order is the order of time: as written for years, months and
  /// days; in UTC, `2026-11-22T16:05:43Z`, for moments.
  public let iso: String

  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    var at = 0
    func number(_ digits: Int) -> Int? {
      guard at + digits <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[at..<at + digits] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      at += digits
      return value
    }
    func skip(_ character: Character) -> Bool {
      guard at < bytes.count, bytes[at] == character.asciiValue else { return false }
      at += 1
      return true
    }

    guard let year = number(4), year > 0 else { return nil }
    if at == bytes.count {
      iso = text
      return
    }
    guard skip("-"), let month = number(2), (1...12).contains(month) else { return nil }
    if at == bytes.count {
      iso = text
      return
    }
    guard skip("-"), let day = number(2), day >= 1,
      day <= LocalTime.days(inMonth: month, of: year)
    else { return nil }
    if at == bytes.count {
      iso = text
      return
    }
    guard skip("T") || skip("t") || skip(" "), let hour = number(2), hour < 24, skip(":"),
      let minute = number(2), minute < 60
    else { return nil }
    var second = 0
    if skip(":") {
      guard let value = number(2), value <= 60 else { return nil }
      second = value
      if skip(".") {
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
      }
    }
    _ = skip(" ")
    var seconds: Int64
    if at == bytes.count {
      seconds =
        LocalTime(
          year: year, month: month, day: day, hour: hour, minute: minute, second: second
        ).seconds
    } else {
      seconds =
        Int64(LocalTime.days(year: year, month: month, day: day)) * 86_400
        + Int64(hour * 3600 + minute * 60 + second)
      if !skip("Z"), !skip("z") {
        let sign = skip("+") ? -1 : skip("-") ? 1 : 0
        guard sign != 0, let hours = number(2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = at == bytes.count ? 0 : number(2), minutes < 60 else { return nil }
        seconds += Int64(sign * (hours * 3600 + minutes * 60))
      }
    }
    guard at == bytes.count else { return nil }
    iso = LocalTime.utc(seconds: seconds)
  }

  /// The day part: `2026-11-22` of a moment, the whole text of anything shorter.
  public var day: String { String(iso.prefix(10)) }
}
