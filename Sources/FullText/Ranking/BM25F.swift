#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// BM25F: field frequencies are weighted and summed, then saturated together.
///
/// Source: Robertson and Zaragoza (2009), section 3.5; k1 = 1.5, b = 0.75.
struct BM25F: Sendable {
  static let k1: Float = 1.5
  static let b: Float = 0.75
  /// What an occurrence of another form of a word counts for.
  static let otherForm: Float = 0.95
  /// What an occurrence of a word one or two edits away counts for.
  static let typos: [Float] = [1, 0.6, 0.4]

  let weights: SIMD8<Float>
  let lengthFields: UInt8
  let averageLength: Float

  init(_ schema: Schema, weights overriding: [String: Float], averageLength: Float) {
    var weights = SIMD8<Float>(repeating: 0)
    for (index, field) in schema.fields.enumerated() {
      weights[index] = overriding[field.name] ?? field.weight
    }
    self.weights = weights
    lengthFields = schema.lengthFields
    self.averageLength = averageLength
  }

  /// The weighted frequency of a term in a document of `length` words, over the fields in `mask`.
  @inline(__always)
  func frequency(
    _ frequencies: SIMD8<UInt32>, _ fields: UInt8, _ mask: UInt8, length: UInt32
  ) -> Float {
    var plain: Float = 0
    var normalised: Float = 0
    var left = fields & mask
    while left != 0 {
      let field = left.trailingZeroBitCount
      let value = weights[field] * Float(frequencies[field])
      if lengthFields & 1 << UInt8(field) != 0 { normalised += value } else { plain += value }
      left &= left - 1
    }
    if normalised > 0 {
      normalised /= 1 - Self.b + Self.b * Float(length) / averageLength
    }
    return plain + normalised
  }

  /// What a weighted frequency is worth, from 0 to `idf * (k1 + 1)`.
  @inline(__always)
  static func score(_ frequency: Float, idf: Float) -> Float {
    idf * (frequency * (k1 + 1)) / (frequency + k1)
  }

  /// The inverse document frequency in nats, above 0.
  static func idf(_ count: Int, of total: Int) -> Float {
    let ratio = (Double(max(0, total - count)) + 0.5) / (Double(count) + 0.5)
    return Float(log(1 + ratio))
  }
}
