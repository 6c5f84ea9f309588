#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// BM25F: field frequencies are weighted and summed, then saturated together.
///
/// Source: Robertson and Zaragoza (2009), section 3.5; k1 = 2, b = 0.75. The
/// inverse document frequency is raised to 1.25, which makes words that are everywhere count less
/// in questions written as sentences; chosen on two judged collections together.
struct BM25F: Sendable {
  static let k1: Float = 2
  static let b: Float = 0.75
  static let rarityPower: Float = 1.25
  /// What an occurrence of another form of a word counts for.
  static let otherForm: Float = 0.95
  /// What an occurrence of a word one or two edits away counts for.
  static let typos: [Float] = [1, 0.6, 0.4]

  let weights: SIMD8<Float>
  let lengthFields: UInt8
  /// By length byte: what an occurrence in a field that normalises length is multiplied with.
  let lengthFactors: [Float]

  init(_ schema: Schema, weights overriding: [String: Float], averageLength: Float) {
    var weights = SIMD8<Float>(repeating: 0)
    for (index, field) in schema.fields.enumerated() {
      let weight = overriding[field.name] ?? field.weight
      weights[index] = weight.isFinite ? min(max(0, weight), 1e6) : 0
    }
    self.weights = weights
    lengthFields = schema.lengthFields
    lengthFactors = DocumentLength.lengths.map {
      1 / (1 - Self.b + Self.b * Float($0) / averageLength)
    }
  }

  /// A term's weighted frequency in a document, in two parts.
  struct Weight {
    /// From fields that do not normalise length; below 0 when no field counts.
    var plain: Float
    /// From the others, to be multiplied with the length's factor.
    var normalised: Float

    @inline(__always)
    func frequency(_ lengthFactor: Float) -> Float { plain + normalised * lengthFactor }
  }

  /// The weight of frequencies, over the fields in `mask`.
  func weight(_ frequencies: SIMD8<UInt32>, _ mask: UInt8) -> Weight {
    var weight = Weight(plain: 0, normalised: 0)
    var isFound = false
    for field in 0..<8 where frequencies[field] > 0 && mask & 1 << UInt8(field) != 0 {
      isFound = true
      let value = weights[field] * Float(frequencies[field])
      if lengthFields & 1 << UInt8(field) != 0 {
        weight.normalised += value
      } else {
        weight.plain += value
      }
    }
    if !isFound { weight.plain = WeightTable.absent }
    return weight
  }

  /// The weight of the frequencies of a shape, over the fields in `mask`.
  func weight(_ shape: FieldShape, _ mask: UInt8) -> Weight {
    var weight = Weight(plain: 0, normalised: 0)
    var isFound = false
    var left = shape.bits
    while left != 0 {
      let field = left.trailingZeroBitCount &>> 3
      let frequency = left &>> UInt64(8 &* field) & 0xFF
      left &= ~(0xFF &<< UInt64(8 &* field))
      guard mask & 1 &<< UInt8(truncatingIfNeeded: field) != 0 else { continue }
      isFound = true
      let value = weights[field] * Float(frequency)
      if lengthFields & 1 &<< UInt8(truncatingIfNeeded: field) != 0 {
        weight.normalised += value
      } else {
        weight.plain += value
      }
    }
    if !isFound { weight.plain = WeightTable.absent }
    return weight
  }

  /// What a weighted frequency is worth, from 0 to `idf * (k1 + 1)`.
  @inline(__always)
  static func score(_ frequency: Float, idf: Float) -> Float {
    idf * (frequency * (k1 + 1)) / (frequency + k1)
  }

  /// Steps to 1 in which scores are counted: sums of whole numbers do not depend on their order.
  static let step: Float = 65536

  /// The score in steps.
  @inline(__always)
  static func fixedScore(_ frequency: Float, idf: Float) -> UInt32 {
    UInt32(min(score(frequency, idf: idf) * step, 4e9))
  }

  /// A frequency below which a score is surely less than this one.
  static func frequency(scoring fixed: UInt32, idf: Float) -> Float {
    let wanted = score(fixed)
    let most = idf * (k1 + 1)
    return wanted < most ? wanted * k1 / (most - wanted) * 0.999 - 0.001 : 0
  }

  @inline(__always)
  static func score(_ fixed: UInt32) -> Float { Float(fixed) / step }

  /// A bound made safe against the rounding of sums and of scores to steps.
  @inline(__always)
  static func slack(_ bound: Float) -> Float { bound * 1.0001 + 0.001 }

  /// The highest weighted frequency in a block whose skip record says `classes`; see
  /// PostingsFormat.swift.
  func bound(_ classes: UInt32, _ mask: UInt8) -> Float {
    var weight = Weight(plain: 0, normalised: 0)
    var left = classes & 0xFF_FFFF
    var field = 0
    while left != 0 {
      let frequency = PostingsFormat.frequencyClasses[Int(left & 7)]
      if frequency > 0, mask & 1 << UInt8(field) != 0 {
        let value = weights[field] * Float(frequency)
        if lengthFields & 1 << UInt8(field) != 0 {
          weight.normalised += value
        } else {
          weight.plain += value
        }
      }
      left >>= 3
      field += 1
    }
    return weight.frequency(lengthFactors[Int(classes >> 24)])
  }

  /// The inverse document frequency in nats, above 0, raised to `rarityPower`.
  static func idf(_ count: Int, of total: Int) -> Float {
    let ratio = (Double(max(0, total - count)) + 0.5) / (Double(count) + 0.5)
    return powf(Float(log(1 + ratio)), rarityPower)
  }
}
