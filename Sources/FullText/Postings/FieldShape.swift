/// How often a term stands in each field of a document, one byte a field; the least significant
/// byte is field 0.
///
/// Most postings of an index have one of a few shapes, so that a small number stands for the shape
/// and one table look-up scores it.
struct FieldShape: Hashable {
  var bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  /// Nil when a frequency does not fit in a byte.
  init?(_ frequencies: SIMD8<UInt32>) {
    var bits: UInt64 = 0
    for field in 0..<8 {
      guard frequencies[field] < 256 else { return nil }
      bits |= UInt64(frequencies[field]) << UInt64(8 * field)
    }
    self.bits = bits
  }

  var frequencies: SIMD8<UInt32> {
    var frequencies = SIMD8<UInt32>(repeating: 0)
    for field in 0..<8 {
      frequencies[field] = UInt32(truncatingIfNeeded: bits >> UInt64(8 * field) & 0xFF)
    }
    return frequencies
  }

  /// The occurrences in all fields.
  var total: Int {
    var sum = 0
    for field in 0..<8 { sum += Int(bits >> UInt64(8 * field) & 0xFF) }
    return sum
  }
}

/// The shapes of a segment that have a code, the commonest first.
struct ShapeTable {
  static let most = 255
  /// Bytes of a shape in the section `shapes`: the shape and how many postings have it (u32).
  static let recordSize = 12

  private(set) var shapes: [FieldShape] = []
  private(set) var counts: [UInt32] = []

  /// The code that says that the frequencies stand behind the block.
  var escape: UInt8 { UInt8(shapes.count) }

  init() {}

  /// The commonest of counted shapes.
  init(_ counted: some Sequence<(shape: FieldShape, count: UInt32)>) {
    let sorted = counted.sorted { ($1.count, $0.shape.bits) < ($0.count, $1.shape.bits) }
    for entry in sorted.prefix(Self.most) where entry.count > 0 {
      shapes.append(entry.shape)
      counts.append(entry.count)
    }
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var reader = ByteReader(bytes)
    for _ in 0..<min(Self.most, bytes.count / Self.recordSize) {
      shapes.append(FieldShape(bits: reader.fixed(UInt64.self)))
      counts.append(reader.fixed(UInt32.self))
    }
  }

  func encoded() -> [UInt8] {
    var buffer = ByteBuffer()
    for (shape, count) in zip(shapes, counts) {
      buffer.fixed(shape.bits)
      buffer.fixed(count)
    }
    return buffer.bytes
  }
}

/// The shapes of a segment by code where cursors look them up: whatever byte a code is, something
/// stands there.
final class ShapeLookUp: @unchecked Sendable {
  let shapes: UnsafePointer<FieldShape>
  /// How often a term of each shape occurs.
  let totals: UnsafePointer<UInt32>
  let escape: UInt32

  init(_ table: ShapeTable) {
    let shapes = UnsafeMutablePointer<FieldShape>.allocate(capacity: 256)
    let totals = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
    shapes.initialize(repeating: FieldShape(bits: 0), count: 256)
    totals.initialize(repeating: 0, count: 256)
    for (code, shape) in table.shapes.enumerated() {
      shapes[code] = shape
      totals[code] = UInt32(shape.total)
    }
    self.shapes = UnsafePointer(shapes)
    self.totals = UnsafePointer(totals)
    escape = UInt32(table.escape)
  }

  deinit {
    shapes.deallocate()
    totals.deallocate()
  }
}

/// Counts shapes: a small table by hashing; shapes that find no room are not counted.
struct ShapeCounter {
  private var keys = Room<UInt64>(repeating: 0, count: 1 << 12)
  private var counts = Room<UInt32>(repeating: 0, count: 1 << 12)

  /// Counts a shape, which is not empty.
  @inline(__always)
  mutating func add(_ bits: UInt64) {
    var at = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) &>> 52)
    for _ in 0..<8 {
      if keys.base[at] == bits {
        counts.base[at] &+= 1
        return
      }
      if keys.base[at] == 0 {
        keys.base[at] = bits
        counts.base[at] = 1
        return
      }
      at = (at &+ 1) & 0xFFF
    }
  }

  var counted: [(shape: FieldShape, count: UInt32)] {
    zip(keys, counts).compactMap { $0.0 == 0 ? nil : (FieldShape(bits: $0.0), $0.1) }
  }
}

/// Finds the code of a shape.
struct ShapeCodes {
  private var keys = [UInt64](repeating: 0, count: 1 << 10)
  private var codes = [UInt8](repeating: 0, count: 1 << 10)
  let escape: UInt8
  /// The shapes by code.
  let shapes: [FieldShape]

  init(_ table: ShapeTable) {
    escape = table.escape
    shapes = table.shapes
    for (code, shape) in table.shapes.enumerated() {
      var at = Self.place(shape.bits)
      while keys[at] != 0 { at = (at + 1) & 0x3FF }
      keys[at] = shape.bits
      codes[at] = UInt8(code)
    }
  }

  @inline(__always)
  private static func place(_ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) &>> 54)
  }

  /// The code of a shape's bits; the escape for 0.
  @inline(__always)
  func code(_ bits: UInt64) -> UInt8 {
    var at = Self.place(bits)
    while keys[at] != 0 {
      if keys[at] == bits { return codes[at] }
      at = (at &+ 1) & 0x3FF
    }
    return escape
  }
}
