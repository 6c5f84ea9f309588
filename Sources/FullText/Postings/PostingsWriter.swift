/// Writes terms' postings into the two streams; see PostingsFormat.swift.
struct PostingsWriter {
  var documents = ByteBuffer()
  var positions = ByteBuffer()
  private let codes: ShapeCodes
  /// The gaps and codes of the block at hand.
  private var gaps = Room<UInt32>(capacity: PostingsFormat.blockSize)
  private var blockCodes = Room<UInt32>(capacity: PostingsFormat.blockSize)
  private var reference: BM25F?
  /// What each shape weighs in it, by code.
  private var weights: [BM25F.Weight] = []

  init(_ shapes: ShapeTable) { codes = ShapeCodes(shapes) }

  /// Appends a list of one posting to a dictionary entry; false when it is too long for that.
  func writeInline(_ stage: borrowing PostingsStage, to payload: inout ByteBuffer) -> Bool {
    guard stage.documents.count == 1, stage.places.count <= PostingsFormat.longestInline else {
      return false
    }
    let start = payload.count
    payload.varint(stage.documents[0])
    let code = codes.code(stage.shapes[0])
    payload.byte(code)
    if code == codes.escape { Self.put(stage.frequencies(0), to: &payload) }
    var field = UInt32.max
    var before: UInt32 = 0
    for place in stage.places {
      if place & 7 != field {
        field = place & 7
        before = 0
      }
      payload.varint(place >> 3 - before)
      before = place >> 3
    }
    if payload.count - start <= PostingsFormat.longestInline { return true }
    payload.bytes.removeLast(payload.count - start)
    return false
  }

  /// Writes an ordered stage; returns how long its two parts are.
  ///
  /// `lengths` and `spans` are the length and span bytes of the segment's documents.
  mutating func write(
    _ stage: borrowing PostingsStage, lengths: [UInt8], spans: [UInt8]
  ) -> (documents: Int, positions: Int) {
    let documentsStart = documents.count
    let positionsStart = positions.count
    let count = stage.documents.count
    let size = PostingsFormat.blockSize
    let records = count < size ? 0 : (count + size - 1) / size
    let recordsSize = records * PostingsFormat.skipRecordSize
    documents.bytes.append(
      contentsOf: repeatElement(0, count: PostingsFormat.blocksOffset(records)))
    let blocksStart = documents.count
    var from = 0
    var expected: UInt32 = 0
    while from < count {
      let to = min(count, from + size)
      if records > 0 {
        let at = documentsStart + from / size * PostingsFormat.skipRecordSize
        documents.set(at, stage.documents[to - 1])
        documents.set(at + 4, UInt32(documents.count - blocksStart))
        documents.set(at + 8, UInt32(positions.count - positionsStart))
      }
      gaps.clear()
      blockCodes.clear()
      let escape = UInt32(codes.escape)
      var hasEscapes = false
      for index in from..<to {
        gaps.append(stage.documents[index] &- expected)
        expected = stage.documents[index] &+ 1
        let code = UInt32(codes.code(stage.shapes[index]))
        if code == escape { hasEscapes = true }
        blockCodes.append(code)
      }
      if records > 0 {
        let at = documentsStart + from / size * PostingsFormat.skipRecordSize
        documents.set(at + 12, bound(stage, from..<to, lengths).bitPattern)
      }
      let start = documents.count
      if to - from == size { putBlock(hasEscapes) } else { putTail() }
      if hasEscapes {
        for index in 0..<to - from where blockCodes[index] == escape {
          Self.put(stage.frequencies(from + index), to: &documents)
        }
      }
      if to - from == size {
        documents.fixed(documents.seal(from: start))
      } else {
        documents.byte(documents.shortSeal(from: start))
      }
      if !stage.places.isEmpty { putPositions(stage, from..<to, spans) }
      from = to
    }
    if records > 0 {
      let seal = documents.bytes.withUnsafeBufferPointer {
        Seal.of($0.baseAddress! + documentsStart, recordsSize)
      }
      documents.set(documentsStart + recordsSize, seal)
    }
    return (documents.count - documentsStart, positions.count - positionsStart)
  }

  /// Works out what each shape weighs, for the bounds of blocks.
  mutating func prepareBounds(_ ranking: BM25F) {
    reference = ranking
    weights = codes.shapes.map { ranking.weight($0, 0xFF) }
  }

  /// The greatest weighted frequency in a part of a list.
  private func bound(
    _ stage: borrowing PostingsStage, _ range: Range<Int>, _ lengths: [UInt8]
  ) -> Float {
    guard let reference else { return .greatestFiniteMagnitude }
    var most: Float = 0
    for index in range {
      let code = Int(blockCodes[index - range.lowerBound])
      let weight =
        code < weights.count ? weights[code] : reference.weight(stage.frequencies(index), 0xFF)
      let length = lengths[Int(stage.documents[index])]
      most = max(most, weight.frequency(reference.lengthFactors[Int(length)]))
    }
    return most
  }

  private mutating func putBlock(_ hasEscapes: Bool) {
    let gapWidth = Self.bestWidth(gaps)
    let codeWidth = Self.bestWidth(blockCodes)
    documents.byte(UInt8(gapWidth))
    documents.byte(UInt8(codeWidth) | (hasEscapes ? 0x80 : 0))
    for (values, width) in [(gaps, gapWidth), (blockCodes, codeWidth)] {
      var exceptions: UInt8 = 0
      for value in values where value >> UInt32(width) != 0 { exceptions += 1 }
      documents.byte(exceptions)
    }
    LanePacking.pack(UnsafePointer(gaps.base), width: gapWidth, to: &documents)
    LanePacking.pack(UnsafePointer(blockCodes.base), width: codeWidth, to: &documents)
    putExceptions(gaps, gapWidth)
    putExceptions(blockCodes, codeWidth)
  }

  private mutating func putExceptions(_ values: Room<UInt32>, _ width: Int) {
    for index in 0..<values.count where values[index] >> UInt32(width) != 0 {
      documents.byte(UInt8(index))
      documents.varint(values[index] >> UInt32(width))
    }
  }

  /// The width that makes a block shortest, its exceptions apart.
  private static func bestWidth(_ values: Room<UInt32>) -> Int {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 33) { needs in
      // How many values need each width.
      needs.initialize(repeating: 0)
      var most = 0
      for value in values {
        let width = BitPacking.width(value)
        needs[width] &+= 1
        most = max(most, width)
      }
      var best = (cost: values.count * most, width: most)
      var width = most - 1
      // From the greatest down: of equals the least width is taken.
      while width >= 0 {
        var cost = values.count &* width
        for need in width &+ 1...most {
          cost &+= needs[need] &* (16 &+ (need &- width &- 1) / 7 &* 8)
        }
        if cost <= best.cost { best = (cost, width) }
        width &-= 1
      }
      return best.width
    }
  }

  private mutating func putTail() {
    var sum: UInt64 = 0
    for gap in gaps { sum &+= UInt64(gap) }
    let parameter = RiceCode.parameter(sum: sum, count: gaps.count)
    var allBits: UInt32 = 0
    for code in blockCodes { allBits |= code }
    let needed = BitPacking.width(allBits)
    let widthClass = PostingsFormat.codeWidths.firstIndex { $0 >= needed } ?? 7
    documents.byte(UInt8(parameter) | UInt8(widthClass) << 5)
    var bits = BitWriter()
    for gap in gaps { RiceCode.put(gap, parameter, &bits, to: &documents) }
    bits.finish(&documents)
    let width = PostingsFormat.codeWidths[widthClass]
    for code in blockCodes { bits.put(code, width, to: &documents) }
    bits.finish(&documents)
  }

  private static func put(_ frequencies: SIMD8<UInt32>, to buffer: inout ByteBuffer) {
    var mask: UInt8 = 0
    for field in 0..<8 where frequencies[field] > 0 { mask |= 1 << UInt8(field) }
    buffer.byte(mask)
    for field in 0..<8 where frequencies[field] > 0 { buffer.varint(frequencies[field]) }
  }

  private mutating func putPositions(
    _ stage: borrowing PostingsStage, _ range: Range<Int>, _ spans: [UInt8]
  ) {
    var from = range.lowerBound
    while from < range.upperBound {
      let to = min(range.upperBound, from + PostingsFormat.positionsPiece)
      let isAlone = stage.documents.count <= PostingsFormat.positionsPiece
      var piece = ByteBuffer()
      swap(&piece, &scratch)
      piece.bytes.removeAll(keepingCapacity: true)
      var bits = BitWriter()
      var at = from == 0 ? 0 : stage.ends[from - 1]
      for index in from..<to {
        let span = DocumentLength.lengths[Int(spans[Int(stage.documents[index])])]
        let parameter = PostingsFormat.parameter(span: span, occurrences: stage.ends[index] - at)
        var field = UInt32.max
        var before: UInt32 = 0
        while at < stage.ends[index] {
          let place = stage.places[at]
          if place & 7 != field {
            field = place & 7
            before = 0
          }
          RiceCode.put(place >> 3 - before, parameter, &bits, to: &piece)
          before = place >> 3
          at += 1
        }
      }
      bits.finish(&piece)
      if !isAlone { positions.varint(piece.count) }
      let start = positions.count
      piece.bytes.withUnsafeBufferPointer { positions.append($0) }
      positions.byte(positions.shortSeal(from: start))
      swap(&piece, &scratch)
      from = to
    }
  }

  private var scratch = ByteBuffer()
}

extension ByteBuffer {
  mutating func set(_ at: Int, _ value: UInt16) {
    bytes[at] = UInt8(truncatingIfNeeded: value)
    bytes[at + 1] = UInt8(truncatingIfNeeded: value >> 8)
  }

  /// Writes a number over bytes that are there already.
  mutating func set(_ at: Int, _ value: UInt32) {
    for index in 0..<4 {
      bytes[at + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index)))
    }
  }

  /// The seal in one byte of all bytes from `start`.
  func shortSeal(from start: Int) -> UInt8 {
    bytes.withUnsafeBufferPointer { Seal.byte($0.baseAddress! + start, $0.count - start) }
  }

  /// The seal of all bytes from `start`.
  func seal(from start: Int) -> UInt16 {
    bytes.withUnsafeBufferPointer { Seal.of($0.baseAddress! + start, $0.count - start) }
  }
}
