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
  private var bits = BitWriter()
  private let coder = PlaceCoder()

  init(_ shapes: ShapeTable) { codes = ShapeCodes(shapes) }

  /// Appends a list of a few postings to a dictionary entry; false when it is too long for that.
  ///
  /// `spans` are the span bytes of the segment's documents.
  mutating func writeInline(
    _ stage: borrowing PostingsStage, spans: [UInt8], to payload: inout ByteBuffer
  ) -> Bool {
    guard stage.documents.count <= FrontCodedTable.mostInline,
      stage.places.count <= PostingsFormat.longestInline
    else { return false }
    UniformCode(below: UInt32(spans.count)).put(stage.documents[0], &bits)
    if stage.documents.count > 1 {
      let last = stage.documents[stage.documents.count - 1]
      let steps = stage.documents.count - 1
      let parameter = RiceCode.parameter(
        sum: UInt64(last - stage.documents[0]) - UInt64(steps), count: steps)
      bits.put(UInt32(parameter), 5)
      for index in 1...steps {
        RiceCode.put(
          stage.documents[index] - stage.documents[index - 1] - 1, parameter, &bits)
      }
    }
    for shape in stage.shapes {
      RiceCode.put(UInt32(codes.code(shape)), PostingsFormat.inlineParameter, &bits)
    }
    for index in stage.shapes.indices where codes.code(stage.shapes[index]) == codes.escape {
      Self.put(stage.frequencies(index), &bits)
    }
    bits.put(stage.places.isEmpty ? 0 : 1, 1)
    var from = 0
    for index in stage.documents.indices {
      let end = stage.ends[index]
      coder.put(stage.places, from..<end, spanByte: spans[Int(stage.documents[index])], &bits)
      from = end
    }
    return bits.finish {
      if $0.count > PostingsFormat.longestInline { return false }
      payload.append($0)
      return true
    }
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
          Self.put(stage.frequencies(from + index), &bits)
        }
      }
      bits.finish(&documents)
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
      most = max(most, weight.frequency(reference.lengthFactors[length]))
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
    let way = bestWay()
    documents.byte(UInt8(parameter) | UInt8(way) << 5)
    for gap in gaps { RiceCode.put(gap, parameter, &bits) }
    if way == PostingsFormat.TailCodes.zeros { return }
    for code in blockCodes {
      if way == PostingsFormat.TailCodes.plain {
        bits.put(code, 8)
      } else {
        RiceCode.put(code, way - 1, &bits)
      }
    }
  }

  /// The way that makes the codes of a tail shortest.
  private func bestWay() -> Int {
    var allBits: UInt32 = 0
    for code in blockCodes { allBits |= code }
    if allBits == 0 { return PostingsFormat.TailCodes.zeros }
    var best = (cost: 8 * blockCodes.count, way: PostingsFormat.TailCodes.plain)
    for parameter in PostingsFormat.TailCodes.parameters {
      var cost = 0
      for code in blockCodes { cost &+= RiceCode.length(code, parameter) }
      if cost < best.cost { best = (cost, parameter + 1) }
    }
    return best.way
  }

  private static func put(_ frequencies: SIMD8<UInt32>, _ bits: inout BitWriter) {
    var mask: UInt32 = 0
    for field in 0..<8 where frequencies[field] > 0 { mask |= 1 << UInt32(field) }
    bits.put(mask, 8)
    for field in 0..<8 where frequencies[field] > 0 {
      GrowingCode.put(min(frequencies[field], 1 << 27) - 1, &bits)
    }
  }

  private mutating func putPositions(
    _ stage: borrowing PostingsStage, _ range: Range<Int>, _ spans: [UInt8]
  ) {
    let coder = coder
    let isAlone = stage.documents.count <= PostingsFormat.positionsPiece
    var bits = BitWriter()
    swap(&bits, &self.bits)
    spans.withUnsafeBufferPointer { spans in
      var from = range.lowerBound
      while from < range.upperBound {
        let to = min(range.upperBound, from + PostingsFormat.positionsPiece)
        var at = from == 0 ? 0 : stage.ends[from - 1]
        for index in from..<to {
          let end = stage.ends[index]
          coder.put(
            stage.places, at..<end, spanByte: spans[Int(stage.documents[index])], &bits)
          at = end
        }
        bits.finish {
          if !isAlone { positions.varint($0.count) }
          positions.append($0)
          positions.byte(Seal.byte($0.baseAddress ?? ByteReader.nothing, $0.count))
        }
        from = to
      }
    }
    swap(&bits, &self.bits)
  }
}

/// Writes places; it has the tables of codes at hand.
private struct PlaceCoder {
  private let codes = PositionCodes.shared

  /// Writes a posting's places.
  @inline(__always)
  func put(
    _ places: Room<UInt32>, _ range: Range<Int>, spanByte: UInt8, _ bits: inout BitWriter
  ) {
    var at = range.lowerBound
    while at < range.upperBound {
      let place = places[at]
      var end = at &+ 1
      while end < range.upperBound, (places[end] ^ place) & 7 == 0 { end &+= 1 }
      if end == at &+ 1 {
        let position = place &>> 3
        let code = codes.lone[Int(spanByte)]
        code.put(min(position, code.last), &bits)
        if position >= code.last { bits.put(position, 32) }
      } else {
        let parameter = codes.parameter(spanByte: spanByte, occurrences: end &- at)
        var before: UInt32 = 0
        for index in at..<end {
          let position = places[index] &>> 3
          RiceCode.put(position &- before, parameter, &bits)
          before = position
        }
      }
      at = end
    }
  }
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
