/// A condition on attributes and keys: a document has it or not, and it does not score.
///
/// Names and values are compared folded; `keyPrefix` compares bytes.
public indirect enum Filter: Sendable, Equatable {
  /// An attribute has this value.
  case equals(String, String)
  /// An attribute has this value or one below it: `a` holds `a/b`.
  case within(String, String)
  /// An attribute has a value that starts so.
  case prefix(String, String)
  /// An attribute has a value in this order to the given one: by number when both are decimal
  /// numbers, otherwise by bytes.
  case compare(String, Comparison, String)
  /// There is an attribute of this name.
  case exists(String)
  /// The document's key starts so.
  case keyPrefix(String)
  case and([Filter])
  case or([Filter])
  case not(Filter)
  case all
}

/// An order between two values.
public enum Comparison: String, Sendable, CaseIterable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  func holds(_ order: Int) -> Bool {
    switch self {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}

/// The order of attribute values.
enum ValueOrder {
  /// Negative, 0 or positive; numbers by size when both are numbers.
  static func compare(
    _ left: [UInt8], _ leftNumber: Double?, _ right: [UInt8], _ rightNumber: Double?
  ) -> Int {
    if let leftNumber, let rightNumber {
      return leftNumber < rightNumber ? -1 : leftNumber > rightNumber ? 1 : 0
    }
    if left == right { return 0 }
    return isBelow(left, right) ? -1 : 1
  }

  /// The value of digits with at most a sign and a point; nil for anything else.
  static func number(_ text: some Collection<UInt8>) -> Double? {
    guard !text.isEmpty, text.count <= 32 else { return nil }
    var digits = 0
    var points = 0
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "."): points += 1
      case UInt8(ascii: "-"), UInt8(ascii: "+"): if index > 0 { return nil }
      default: return nil
      }
    }
    guard digits > 0, points <= 1 else { return nil }
    return Double(String(decoding: text, as: UTF8.self))
  }
}
