#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// BM25F: field frequencies are weighted and summed, then saturated together.
///
/// Source: Robertson and Zaragoza (2009), section 3.5; k1 = 3, b = 0.75 for bodies and for titles,
/// each with its own length. The inverse document frequency is raised to 1.4, which makes words that
/// are everywhere count less in questions written as sentences; chosen on two judged collections and
/// held against sets of notes to be found again by a title or a sentence.
struct BM25F: Sendable {
  static let k1: Float = 3
  static let b: Float = 0.75
  static let rarityPower: Float = 1.4
  /// What an occurrence of another form of a word counts for.
  static let otherForm: Float = 0.8
  /// What an occurrence of a word one or two edits away counts for.
  static let typos: [Float] = [1, 0.6, 0.4]

  /// By field.
  let weights: SIMD8<Float>
  let means: MeanLengths
  let lengthFields: UInt8
  let titleFields: UInt8
  let lengthFactors: LengthFactors

  /// - Parameter factors: Those of `means`, when they are known already.
  init(
    _ schema: Schema, weights overriding: [String: Float], means: MeanLengths,
    factors: LengthFactors? = nil
  ) {
    var weights = SIMD8<Float>(repeating: 0)
    for (index, field) in schema.fields.enumerated() {
      let weight = overriding[field.name] ?? field.weight
      weights[index] = weight.isFinite ? min(max(0, weight), 1e6) : 0
    }
    self.weights = weights
    self.means = means
    lengthFields = schema.lengthFields
    titleFields = schema.titleFields
    lengthFactors = factors ?? LengthFactors(means)
  }

  /// A term's weighted frequency in a document, in three parts.
  struct Weight {
    /// From fields that do not normalise length; below 0 when no field counts.
    var plain: Float = 0
    /// From fields that do, to be multiplied with the factor of the document's length.
    var normalised: Float = 0
    /// From titles, to be multiplied with the factor of the title's length.
    var titled: Float = 0

    @inline(__always)
    func frequency(_ factors: SIMD2<Float>) -> Float {
      plain + normalised * factors.x + titled * factors.y
    }
  }

  /// The weight of frequencies, over the fields in `mask`.
  func weight(_ frequencies: SIMD8<UInt32>, _ mask: UInt8) -> Weight {
    var weight = Weight()
    var isFound = false
    for field in 0..<8 where frequencies[field] > 0 && mask & 1 << UInt8(field) != 0 {
      isFound = true
      add(weights[field] * Float(frequencies[field]), field, &weight)
    }
    if !isFound { weight.plain = WeightTable.absent }
    return weight
  }

  /// The weight of the frequencies of a shape, over the fields in `mask`.
  func weight(_ shape: FieldShape, _ mask: UInt8) -> Weight {
    var weight = Weight()
    var isFound = false
    var left = shape.bits
    while left != 0 {
      let field = left.trailingZeroBitCount &>> 3
      let frequency = left &>> UInt64(8 &* field) & 0xFF
      left &= ~(0xFF &<< UInt64(8 &* field))
      guard mask & 1 &<< UInt8(truncatingIfNeeded: field) != 0 else { continue }
      isFound = true
      add(weights[field] * Float(frequency), field, &weight)
    }
    if !isFound { weight.plain = WeightTable.absent }
    return weight
  }

  /// The most that one occurrence in the fields of a shape weighs: the greatest in each part.
  func single(_ shape: FieldShape, _ mask: UInt8) -> Weight {
    var most = Weight()
    for field in 0..<8 where shape.bits &>> UInt64(8 * field) & 0xFF != 0 {
      let bit: UInt8 = 1 &<< UInt8(field)
      guard mask & bit != 0 else { continue }
      if lengthFields & bit != 0 {
        most.normalised = max(most.normalised, weights[field])
      } else if titleFields & bit != 0 {
        most.titled = max(most.titled, weights[field])
      } else {
        most.plain = max(most.plain, weights[field])
      }
    }
    return most
  }

  /// What one occurrence weighs in each of the fields in `mask`.
  func single(_ factors: SIMD2<Float>, _ mask: UInt8) -> SIMD8<Float> {
    var single = weights
    for field in 0..<8 {
      let bit: UInt8 = 1 &<< UInt8(field)
      if mask & bit == 0 {
        single[field] = 0
      } else if lengthFields & bit != 0 {
        single[field] *= factors.x
      } else if titleFields & bit != 0 {
        single[field] *= factors.y
      }
    }
    return single
  }

  @inline(__always)
  private func add(_ value: Float, _ field: Int, _ weight: inout Weight) {
    let bit: UInt8 = 1 &<< UInt8(truncatingIfNeeded: field)
    if lengthFields & bit != 0 {
      weight.normalised += value
    } else if titleFields & bit != 0 {
      weight.titled += value
    } else {
      weight.plain += value
    }
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

  /// The same for a bound: the least frequency whose bound, made safe, can reach `threshold` together
  /// with scores of `others`; infinite when none can.
  static func leastFrequency(reaching threshold: Float, with others: Float, idf: Float) -> Float {
    let wanted = (threshold - 0.001) / 1.0001 - others
    if wanted <= 0 { return 0 }
    let most = idf * (k1 + 1)
    return wanted < most ? wanted * k1 / (most - wanted) * 0.9999 - 0.0001 : .infinity
  }

  @inline(__always)
  static func score(_ fixed: UInt32) -> Float { Float(fixed) / step }

  /// A bound made safe against the rounding of sums and of scores to steps.
  @inline(__always)
  static func slack(_ bound: Float) -> Float { bound * 1.0001 + 0.001 }

  /// Sums of scores below this surely do not reach `threshold` together with `rest`.
  static func leastSum(reaching threshold: Float, with rest: Float) -> UInt32 {
    let wanted = ((threshold - 0.001) / 1.0001 - rest) * step - 16
    return wanted > 0 ? UInt32(min(wanted, 4e9)) : 0
  }

  /// The inverse document frequency in nats, above 0, raised to `rarityPower`.
  static func idf(_ count: Int, of total: Int) -> Float {
    let ratio = (Double(max(0, total - count)) + 0.5) / (Double(count) + 0.5)
    return powf(Float(log(1 + ratio)), rarityPower)
  }
}

/// What an occurrence is multiplied with, by length byte: in a field that normalises length (x), and
/// in a title (y).
final class LengthFactors: @unchecked Sendable {
  let factors: UnsafePointer<SIMD2<Float>>

  init(_ means: MeanLengths) {
    let factors = UnsafeMutablePointer<SIMD2<Float>>.allocate(capacity: 256)
    func factor(_ length: UInt32, _ mean: Float) -> Float {
      1 / (1 - BM25F.b + BM25F.b * (Float(length) / mean))
    }
    for byte in 0..<256 {
      factors[byte] = SIMD2(
        factor(LengthByte.body(UInt8(byte)), means.body),
        factor(LengthByte.title(UInt8(byte)), means.title))
    }
    self.factors = UnsafePointer(factors)
  }

  deinit { factors.deallocate() }

  @inline(__always)
  subscript(byte: UInt8) -> SIMD2<Float> { factors[Int(byte)] }
}
