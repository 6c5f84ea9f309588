/// A date as a number of days since 1970-01-01, from 1 to 65,535; 0 when it is not known.
enum Day {
  /// The day that a text such as `2026-11-22` or `2026-11-22T10:00:00Z` begins with.
  static func number(_ text: String) -> UInt16 {
    let bytes = Array(text.utf8.prefix(10))
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return 0
    }
    func digits(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte) - 48
      }
      return value
    }
    guard let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10),
      (1...12).contains(month), (1...31).contains(day)
    else { return 0 }
    // Years that begin in March, so that the leap day is the last.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    return days > 0 && days <= 65_535 ? UInt16(days) : 0
  }
}
