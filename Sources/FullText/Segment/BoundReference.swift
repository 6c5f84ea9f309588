// The section `reference`: the weights of the eight fields (f32 each), then the mean lengths of body
// and title (f32 each), with which the bounds of blocks were worked out.

/// What the bounds of a segment's blocks were worked out with.
///
/// A search may weigh fields otherwise, and the mean lengths move when documents come and go. A
/// weighted frequency is a sum of terms that grow with their field's weight and, as the factor of a
/// length l is 1 / (1 - b + b l / mean), at most in proportion with the mean: so a bound holds again
/// when it is multiplied with the greatest of these ratios.
struct BoundReference: Sendable, Equatable {
  private let weights: SIMD8<Float>
  private let means: MeanLengths
  /// So great that nothing is left out, and still a number to reckon with.
  static let unknown: Float = 1e18

  init(_ reader: ByteReader) {
    var reader = reader
    func number() -> Float { Float(bitPattern: reader.fixed(UInt32.self)) }
    var weights = SIMD8<Float>(repeating: 0)
    for field in 0..<8 { weights[field] = number() }
    self.weights = weights
    means = MeanLengths(body: number(), title: number())
  }

  static func encoded(_ ranking: BM25F?) -> [UInt8] {
    var buffer = ByteBuffer()
    for field in 0..<8 { buffer.fixed((ranking?.weights[field] ?? 0).bitPattern) }
    buffer.fixed((ranking?.means.body ?? 1).bitPattern)
    buffer.fixed((ranking?.means.title ?? 1).bitPattern)
    return buffer.bytes
  }

  /// What a bound must be multiplied with to hold for `ranking`.
  func scale(_ ranking: BM25F) -> Float {
    var scale: Float = 0
    for field in 0..<8 where ranking.weights[field] > 0 {
      guard weights[field] > 0 else { return Self.unknown }
      scale = max(scale, ranking.weights[field] / weights[field])
    }
    let growth = max(1, ranking.means.body / means.body, ranking.means.title / means.title)
    let product = scale * growth
    return product >= 0 ? min(product * 1.0001, Self.unknown) : Self.unknown
  }
}
