// The section `bounds`: how good the documents of a range can be at best for a word in any of its
// forms, for words whose forms have 1,792 postings or more together.
//   number of entries (u32), then for each, ascending: the lowest number of a form's term (u32), the
//   offset of its part in the section (u32)
//   a part:
//     the number of the term again (u32)
//     the greatest worth of a document (f32): of a weighted frequency f, f / (f + k1)
//     a byte: a range is 64 documents shifted left by it
//     half a byte for each range, the low half first: 0 when no document of it has the word; else so
//     many fifteenths of the greatest worth are reached by none or by the best at most
//     a seal (u16)
// Weights and mean lengths are those of the section `reference`.

/// Finds what ranges of documents can be worth at best for a word.
struct RangeBounds {
  /// Words with fewer postings have no part: all of their documents are soon found.
  static let leastPostings = 1792
  static let levels = 15
  static let smallestRange: UInt32 = 6
  static let headSize = 9

  private let bytes: UnsafeBufferPointer<UInt8>
  private let documentCount: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, documentCount: Int) {
    self.bytes = bytes
    self.documentCount = documentCount
  }

  /// The bounds of one word.
  struct Part {
    /// Half a byte a range.
    let levels: UnsafePointer<UInt8>
    let count: Int
    /// Documents of a range are 1 shifted left by it.
    let shift: UInt32
    let greatest: Float

    /// The highest weighted frequency that a level stands for.
    func frequency(_ level: Int) -> Float {
      let worth = greatest * Float(level) / Float(RangeBounds.levels)
      // So near to 1 that the frequency is not to be told any more.
      if worth > 0.999 { return 1e12 }
      return BM25F.k1 * worth / (1 - worth) * 1.0001
    }

    @inline(__always)
    func level(_ range: Int) -> Int {
      Int(levels[range &>> 1] &>> UInt8(truncatingIfNeeded: (range & 1) &* 4) & 15)
    }
  }

  /// The smallest ranges of a segment, of `1 << shift` documents: at most 4,096 of them.
  static func leastShift(_ documents: Int) -> UInt32 {
    var shift = smallestRange
    while ranges(documents, shift: shift) > 4096 { shift += 1 }
    return shift
  }

  /// The ranges of `1 << shift` documents.
  static func ranges(_ documents: Int, shift: UInt32) -> Int {
    (documents + (1 << Int(shift)) - 1) >> Int(shift)
  }

  /// The part of the word whose lowest term has this number; nil when there is none or it is damaged.
  func part(_ ordinal: Int, isDamaged: inout Bool) -> Part? {
    guard bytes.count >= 4, let base = bytes.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    func number(_ at: Int) -> Int {
      Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
    }
    let count = number(0)
    guard count <= (bytes.count - 4) / 8 else {
      isDamaged = true
      return nil
    }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if number(4 + middle * 8) < ordinal { low = middle + 1 } else { high = middle }
    }
    guard low < count, number(4 + low * 8) == ordinal else { return nil }
    let at = number(8 + low * 8)
    isDamaged = true
    guard at + Self.headSize <= bytes.count, number(at) == ordinal else { return nil }
    let greatest = Float(bitPattern: UInt32(number(at + 4)))
    let shift = Self.smallestRange + UInt32(bytes[at + 8])
    guard shift < 32, shift >= Self.leastShift(documentCount) else { return nil }
    let ranges = Self.ranges(documentCount, shift: shift)
    let size = Self.headSize + (ranges + 1) / 2
    guard at + size + 2 <= bytes.count, greatest >= 0, greatest <= 1,
      UInt16(bytes[at + size]) | UInt16(bytes[at + size + 1]) << 8 == Seal.of(base + at, size)
    else { return nil }
    isDamaged = false
    return Part(
      levels: base + at + Self.headSize, count: ranges, shift: shift, greatest: greatest)
  }
}

/// Works out the bounds of words, one after another, and puts the section together.
struct RangeBoundsWriter {
  private var entries: [(ordinal: Int, part: ByteBuffer)] = []
  private let documentCount: Int
  /// By document: the weighted frequency of other forms, and what the word typed adds at most.
  private let sums: UnsafeMutableBufferPointer<SIMD2<Float>>
  /// Which documents have the word; only there `sums` is of use.
  private let found: UnsafeMutableBufferPointer<UInt64>

  init(documentCount: Int) {
    self.documentCount = documentCount
    sums = .allocate(capacity: documentCount)
    found = .allocate(capacity: (documentCount + 63) / 64)
    found.initialize(repeating: 0)
  }

  func release() {
    sums.deallocate()
    found.deallocate()
  }

  /// Ranges of so few documents that the part is about as large as a quarter of the word's postings.
  private func shift(_ postings: Int) -> UInt32 {
    var shift = RangeBounds.leastShift(documentCount)
    while RangeBounds.ranges(documentCount, shift: shift) > postings / 2 { shift += 1 }
    return shift
  }

  /// Adds the word whose lowest term is `ordinal`; `cursor` gives the postings of each of its forms, and
  /// `all` and `prose` are what shapes weigh over all fields and over those of prose.
  mutating func add(
    _ ordinal: Int, postings: Int, _ ranking: BM25F, proseFields: UInt8,
    lengths: UnsafeBufferPointer<UInt8>,
    all: UnsafePointer<BM25F.Weight>, prose: UnsafePointer<BM25F.Weight>,
    forms: Int, cursor: (Int) -> PostingsCursor
  ) {
    let factors = ranking.lengthFactors
    for form in 0..<forms {
      var cursor = cursor(form)
      while cursor.nextBlock(), cursor.loadCodes() {
        for index in 0..<cursor.length {
          let document = Int(cursor.documents[index])
          let code = Int(cursor.codes[index])
          var own = all[code]
          var other = prose[code]
          if own.plain == WeightTable.unknown {
            own = cursor.weight(at: index, ranking, 0xFF)
            other = cursor.weight(at: index, ranking, proseFields)
          }
          let factor = factors[lengths[document]]
          let typed = max(0, own.plain < 0 ? 0 : own.frequency(factor))
          let otherwise = other.plain < 0 ? 0 : BM25F.otherForm * other.frequency(factor)
          let bit: UInt64 = 1 &<< UInt64(document & 63)
          var sum = SIMD2<Float>(0, 0)
          if found[document &>> 6] & bit != 0 { sum = sums[document] }
          found[document &>> 6] |= bit
          sum.x += otherwise
          sum.y = max(sum.y, typed - otherwise)
          sums[document] = sum
        }
      }
    }
    let shift = shift(postings)
    let count = RangeBounds.ranges(documentCount, shift: shift)
    var most = [Float](repeating: -1, count: count)
    for word in found.indices where found[word] != 0 {
      var left = found[word]
      found[word] = 0
      while left != 0 {
        let document = word &* 64 &+ left.trailingZeroBitCount
        left &= left &- 1
        let range = document &>> Int(shift)
        most[range] = max(most[range], sums[document].x + sums[document].y)
      }
    }
    entries.append((ordinal, Self.encoded(ordinal, most, shift)))
  }

  private static func encoded(_ ordinal: Int, _ most: [Float], _ shift: UInt32) -> ByteBuffer {
    func worth(_ frequency: Float) -> Float { frequency / (frequency + BM25F.k1) }
    let greatest = worth(max(0, most.max() ?? 0))
    var part = ByteBuffer()
    part.fixed(UInt32(ordinal))
    part.fixed(greatest.bitPattern)
    part.byte(UInt8(shift - RangeBounds.smallestRange))
    var half: UInt8 = 0
    for (range, frequency) in most.enumerated() {
      var level: UInt8 = 0
      // A document whose fields weigh nothing has the word all the same.
      if frequency >= 0 {
        let share = greatest > 0 ? worth(frequency) / greatest * Float(RangeBounds.levels) : 0
        level = UInt8(min(Float(RangeBounds.levels), max(1, share.rounded(.up))))
      }
      if range & 1 == 0 { half = level } else { part.byte(half | level << 4) }
    }
    if most.count & 1 == 1 { part.byte(half) }
    part.fixed(part.seal(from: 0))
    return part
  }

  /// The section.
  func encoded() -> [UInt8] {
    var section = ByteBuffer()
    section.fixed(UInt32(entries.count))
    let ordered = entries.sorted { $0.ordinal < $1.ordinal }
    var offset = 4 + 8 * ordered.count
    for (ordinal, part) in ordered {
      section.fixed(UInt32(ordinal))
      section.fixed(UInt32(offset))
      offset += part.count
    }
    for (_, part) in ordered { section.bytes += part.bytes }
    return section.bytes
  }
}

/// Remembers where the postings of a segment's terms stand until all are known.
struct RangeBoundsCollector {
  enum Postings {
    /// The payload of the term's entry.
    case inline(ByteBuffer)
    /// The term's part of the postings stream, from one offset to before another.
    case listed(Int, Int)
  }

  private struct Place: BitwiseCopyable {
    var ordinal: UInt32
    var isInline: Bool
    var count: UInt32
    var from: Int
    var upTo: Int
  }

  private let shapes: ShapeTable
  private var places = Room<Place>()
  private var inlined = ByteBuffer()
  /// Words without other forms.
  private var alone: [(ordinals: [Int], postings: Int)] = []

  init(_ shapes: ShapeTable) { self.shapes = shapes }

  /// Adds a term, whose number is above those before.
  mutating func add(_ ordinal: Int, postings: Int, hasStem: Bool, _ found: Postings) {
    if !hasStem {
      guard postings >= RangeBounds.leastPostings else { return }
      alone.append(([ordinal], postings))
    }
    var place = Place(
      ordinal: UInt32(truncatingIfNeeded: ordinal), isInline: false,
      count: UInt32(truncatingIfNeeded: postings), from: 0, upTo: 0)
    switch found {
    case .listed(let from, let upTo): (place.from, place.upTo) = (from, upTo)
    case .inline(let payload):
      place.isInline = true
      place.from = inlined.count
      inlined.bytes += payload.bytes
      place.upTo = inlined.count
    }
    places.append(place)
  }

  private func place(_ ordinal: Int) -> Place {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(places[middle].ordinal) < ordinal { low = middle + 1 } else { high = middle }
    }
    return places[low]
  }

  /// The section, with the bounds of each of `groups` of terms and of those without stems.
  ///
  /// - Parameters:
  ///   - postings: The postings stream.
  ///   - ranking: What the bounds are worked out with; nil when there are no terms.
  ///   - lengths, spans: Of each document, a byte.
  func section(
    _ groups: [(ordinals: [Int], postings: Int)], _ postings: [UInt8], _ ranking: BM25F?,
    proseFields: UInt8, lengths: [UInt8], spans: [UInt8]
  ) -> [UInt8] {
    var writer = RangeBoundsWriter(documentCount: lengths.count)
    defer { writer.release() }
    guard let ranking else { return writer.encoded() }
    let lookUp = ShapeLookUp(shapes)
    let memory = SearchMemory()
    let all = WeightTable(shapes, ranking, 0xFF)
    let prose = WeightTable(shapes, ranking, proseFields)
    postings.withUnsafeBufferPointer { postings in
      inlined.bytes.withUnsafeBufferPointer { inlined in
        lengths.withUnsafeBufferPointer { lengths in
          spans.withUnsafeBufferPointer { spans in
            var cursor: PostingsCursor?
            for (ordinals, count) in groups + alone {
              writer.add(
                ordinals[0], postings: count, ranking, proseFields: proseFields, lengths: lengths,
                all: all.weights, prose: prose.weights, forms: ordinals.count
              ) { form in
                let place = place(ordinals[form])
                let part = (place.isInline ? inlined : postings)[place.from..<place.upTo]
                let list = PostingsList(
                  documents: UnsafeBufferPointer(rebasing: part),
                  positions: UnsafeBufferPointer(start: nil, count: 0), count: Int(place.count),
                  isInline: place.isInline)
                var own =
                  cursor
                  ?? PostingsCursor(
                    lookUp, documents: lengths.count, spans: spans, list, memory: memory)
                own.open(list)
                cursor = own
                return own
              }
            }
          }
        }
      }
    }
    withExtendedLifetime((lookUp, memory, all, prose)) {}
    return writer.encoded()
  }
}
