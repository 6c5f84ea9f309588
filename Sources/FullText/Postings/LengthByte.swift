/// How long a document is, for ranking, in one byte: a class of its body's length in words (5 bits),
/// then one of its title's (3 bits).
///
/// Lengths only weigh frequencies, so that a step of a third between classes is fine enough.
enum LengthByte {
  /// The length that each class of bodies stands for, ascending.
  static let bodies: [UInt32] = [
    0, 4, 8, 12, 16, 21, 27, 35, 45, 58, 75, 98, 127, 165, 215, 279, 363, 472, 613, 797, 1036, 1347,
    1751, 2276, 2959, 3847, 5001, 6502, 8452, 10988, 16000, 32000,
  ]
  /// The length that each class of titles stands for, ascending.
  static let titles: [UInt32] = [1, 3, 5, 7, 10, 14, 20, 30]

  static func byte(body: UInt32, title: UInt32) -> UInt8 {
    nearest(body, bodies) << 3 | nearest(title, titles)
  }

  static func body(_ byte: UInt8) -> UInt32 { bodies[Int(byte >> 3)] }
  static func title(_ byte: UInt8) -> UInt32 { titles[Int(byte & 7)] }

  private static func nearest(_ length: UInt32, _ classes: [UInt32]) -> UInt8 {
    guard let above = classes.firstIndex(where: { $0 >= length }) else {
      return UInt8(classes.count - 1)
    }
    if above == 0 { return 0 }
    return UInt8(length - classes[above - 1] < classes[above] - length ? above - 1 : above)
  }
}

/// The lengths of documents summed, as `LengthByte` has them.
struct LengthSums: Equatable, Sendable {
  var body: UInt64 = 0
  var title: UInt64 = 0

  mutating func add(_ byte: UInt8) {
    body += UInt64(LengthByte.body(byte))
    title += UInt64(LengthByte.title(byte))
  }

  mutating func subtract(_ byte: UInt8) {
    body -= min(body, UInt64(LengthByte.body(byte)))
    title -= min(title, UInt64(LengthByte.title(byte)))
  }

  static func + (left: LengthSums, right: LengthSums) -> LengthSums {
    LengthSums(body: left.body &+ right.body, title: left.title &+ right.title)
  }

  /// The means of `count` documents, each at least 1.
  func means(of count: Int) -> MeanLengths {
    MeanLengths(
      body: max(1, Float(body) / Float(max(1, count))),
      title: max(1, Float(title) / Float(max(1, count))))
  }
}

/// Mean lengths of documents in words, each at least 1.
struct MeanLengths: Equatable, Sendable {
  var body: Float
  var title: Float
}
