/// Walks the postings of one term in ascending order of documents, by blocks or one by one.
///
/// Every block is checked against its seal when it is decoded; damage ends the walk. A block's
/// documents are decoded at once, its codes when they are asked for.
struct PostingsCursor {
  let shapes: UnsafePointer<FieldShape>
  private let totals: UnsafePointer<UInt32>
  /// The code behind which the frequencies stand apart.
  let escape: UInt32
  private let documentLimit: UInt64
  /// The postings of the current block.
  let documents: UnsafeMutablePointer<UInt32>
  let codes: UnsafeMutablePointer<UInt32>
  /// Where the frequencies of those with the escape code stand, and their shapes; no bits where a
  /// frequency does not fit in a byte.
  private let escapedPlaces: UnsafeMutablePointer<UInt32>
  private let escapedShapes: UnsafeMutablePointer<UInt64>
  /// Holds these, unless they are lent.
  private let buffer: PostingsBuffer?

  private(set) var list: PostingsList
  private var recordCount = 0
  /// The block that comes next, and the number of blocks.
  private var next = 0
  private var blockCount = 0
  /// Where the current block's positions start.
  var positionsAt = 0
  /// The postings of the current block, and the current one among them.
  private(set) var length = 0
  private(set) var index = 0
  /// What stands behind the gaps of the current block, and what is needed to read it.
  private var rest = ByteReader(UnsafeBufferPointer(start: nil, count: 0))
  private var codeWidth = 0
  private var codeExceptions = 0
  private var hasEscapes = false
  private var hasCodes = true
  private var escaped = BitReader(UnsafeBufferPointer(start: nil, count: 0))
  /// The piece of positions that was read last, the posting of the block that `steps` stands before and
  /// where the piece ends; see PostingsCursor+Positions.swift.
  var piece = -1
  var pieceIndex = 0
  var pieceEnd = 0
  var hasInlinePlaces = false
  let spans: UnsafePointer<UInt8>
  let positionCodes = PositionCodes.shared
  var steps = PlaceReader(UnsafeBufferPointer(start: nil, count: 0))

  /// Whether the stream broke off; the documents up to there were good.
  var isDamaged = false

  /// Reads a list of `segment`, which must outlive the cursor, as must `memory`.
  init(_ segment: Segment, _ list: PostingsList, memory: SearchMemory? = nil) {
    self.init(
      segment.shapeLookUp, documents: segment.documentCount, spans: segment.bytes(.spans), list,
      memory: memory)
  }

  /// Reads a list of a segment with these shapes, so many documents and their spans.
  init(
    _ shapeLookUp: ShapeLookUp, documents documentCount: Int, spans: UnsafeBufferPointer<UInt8>,
    _ list: PostingsList, memory: SearchMemory? = nil
  ) {
    shapes = shapeLookUp.shapes
    totals = shapeLookUp.totals
    escape = shapeLookUp.escape
    if let memory {
      buffer = nil
      documents = memory.take(UInt32.self, PostingsBuffer.size)
    } else {
      let own = PostingsBuffer()
      buffer = own
      documents = own.numbers
    }
    codes = documents + PostingsFormat.blockSize
    escapedPlaces = codes + PostingsFormat.blockSize
    escapedShapes = UnsafeMutableRawPointer(escapedPlaces + PostingsFormat.blockSize)
      .bindMemory(to: UInt64.self, capacity: PostingsFormat.blockSize)
    documentLimit = UInt64(documentCount)
    self.spans = spans.baseAddress ?? ByteReader.nothing
    self.list = list
    open(list)
  }

  /// Starts again with another term of the same segment.
  mutating func open(_ list: PostingsList) {
    self.list = list
    let size = PostingsFormat.blockSize
    blockCount = (list.count + size - 1) / size
    recordCount = list.isInline || list.count < size ? 0 : blockCount
    next = 0
    length = 0
    index = 0
    piece = -1
    hasCodes = true
    isDamaged = !hasGoodRecords
    if isDamaged {
      blockCount = 0
      recordCount = 0
    }
  }

  /// Allows the next `seek` to go back as far as `target`; a decoded block of use is kept.
  mutating func restart(at target: UInt32) {
    guard !isDamaged else { return }
    index = 0
    if length > 0 {
      let isFirst = next == 1 || (recordCount > 0 && record(next - 2, 0) < target)
      if isFirst || documents[0] <= target { return }
    }
    next = 0
    length = 0
    piece = -1
    hasCodes = true
  }

  /// Whether the skip records are as they were written.
  private var hasGoodRecords: Bool {
    if recordCount == 0 { return true }
    let size = recordCount * PostingsFormat.skipRecordSize
    guard size + 2 <= list.documents.count, let base = list.documents.baseAddress else {
      return false
    }
    return UInt16(base[size]) | UInt16(base[size + 1]) << 8 == Seal.of(base, size)
  }

  // MARK: Blocks

  @inline(__always)
  private func record(_ block: Int, _ part: Int) -> UInt32 {
    let at = block * PostingsFormat.skipRecordSize + part * 4
    return UInt32(
      littleEndian: UnsafeRawPointer(list.documents.baseAddress!)
        .loadUnaligned(fromByteOffset: at, as: UInt32.self))
  }

  /// Blocks that have a skip record; none in a short list.
  var recordedBlocks: Int { recordCount }
  /// The greatest weighted frequency of a block with a record, by the segment's reference.
  @inline(__always)
  func bound(ofBlock block: Int) -> Float { Float(bitPattern: record(block, 3)) }
  /// The last document of a block with a record.
  @inline(__always)
  func lastDocument(ofBlock block: Int) -> UInt32 { record(block, 0) }
  /// The number of the block that is decoded; -1 before the first.
  var currentBlock: Int { length == 0 ? -1 : next - 1 }
  var blocks: Int { blockCount }

  /// The first block with a record whose last document is at or after `document`, from `low` on.
  @inline(__always)
  func block(holding document: UInt32, from low: Int = 0) -> Int {
    var low = low
    var high = recordCount
    while low < high {
      let middle = (low &+ high) / 2
      if record(middle, 0) < document { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// Decodes a block, unless it is the current one; false when there is none or it is damaged.
  mutating func goTo(block: Int) -> Bool {
    if length > 0, next == block + 1 { return true }
    guard block < blockCount, !isDamaged else { return false }
    next = block
    return nextBlock()
  }

  /// Decodes the next block; false behind the last.
  mutating func nextBlock() -> Bool {
    guard next < blockCount else {
      length = 0
      index = 0
      return false
    }
    let isGood = list.isInline ? decodeInline() : decode(next)
    next += 1
    index = 0
    piece = -1
    guard isGood else {
      damaged()
      return false
    }
    return true
  }

  private mutating func damaged() {
    isDamaged = true
    length = 0
    next = blockCount
  }

  private mutating func decodeInline() -> Bool {
    var reader = BitReader(list.documents)
    length = min(list.count, FrontCodedTable.mostInline)
    var document = UInt64(
      reader.next(UniformCode(below: UInt32(truncatingIfNeeded: max(1, documentLimit)))))
    documents[0] = UInt32(truncatingIfNeeded: document)
    if length > 1 {
      let parameter = Int(reader.bits(5))
      guard parameter <= RiceCode.highestParameter else { return false }
      for index in 1..<length {
        document &+= UInt64(reader.next(parameter)) &+ 1
        documents[index] = UInt32(truncatingIfNeeded: document)
      }
    }
    for index in 0..<length {
      codes[index] = min(reader.next(PostingsFormat.inlineParameter), 256)
    }
    guard document < documentLimit, !reader.isDamaged else { return false }
    hasCodes = true
    guard findEscaped(&reader) else { return false }
    hasInlinePlaces = reader.bits(1) == 1
    steps = PlaceReader(list.documents, from: reader.position)
    return !reader.isDamaged
  }

  private mutating func decode(_ block: Int) -> Bool {
    let size = PostingsFormat.blockSize
    let records = PostingsFormat.blocksOffset(recordCount)
    var start = records
    var end = list.documents.count
    var expected: UInt32 = 0
    positionsAt = 0
    if recordCount > 0 {
      start += Int(record(block, 1))
      positionsAt = Int(record(block, 2))
      if block > 0 { expected = record(block - 1, 0) &+ 1 }
      if block + 1 < recordCount { end = records + Int(record(block + 1, 1)) }
    }
    length = min(size, list.count - block * size)
    guard start >= records, start + 2 < end, end <= list.documents.count else { return false }
    let base = list.documents.baseAddress! + start
    return length == size
      ? decodeWhole(base, end - start, block, expected)
      : decodeTail(base, end - start, expected)
  }

  private mutating func decodeWhole(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ block: Int, _ expected: UInt32
  ) -> Bool {
    guard count >= 6 else { return false }
    let room = count - 2
    guard UInt16(base[room]) | UInt16(base[room + 1]) << 8 == Seal.of(base, room) else {
      return false
    }
    let gapWidth = Int(base[0])
    codeWidth = Int(base[1] & 0x7F)
    hasEscapes = base[1] & 0x80 != 0
    codeExceptions = Int(base[3])
    let codesAt = 4 + LanePacking.byteCount(width: gapWidth)
    let used = codesAt + LanePacking.byteCount(width: codeWidth)
    guard gapWidth <= 32, codeWidth <= 8, used <= room else { return false }
    LanePacking.unpack(base + 4, width: gapWidth, into: documents)
    rest = ByteReader(UnsafeBufferPointer(start: base + used, count: room - used))
    patch(Int(base[2]), documents, gapWidth, &rest)
    if rest.isDamaged { return false }
    guard LanePacking.sum(documents, from: expected) else { return false }
    codesBase = base + codesAt
    hasCodes = false
    let last = documents[PostingsFormat.blockSize - 1]
    return UInt64(last) < documentLimit && last == record(block, 0)
  }

  private var codesBase: UnsafePointer<UInt8> = ByteReader.nothing

  /// Decodes the codes of the current block; false when they are damaged, which ends the walk.
  @inline(__always)
  mutating func loadCodes() -> Bool { hasCodes || decodeCodes() }

  private mutating func decodeCodes() -> Bool {
    hasCodes = true
    LanePacking.unpack(codesBase, width: codeWidth, into: codes)
    var reader = rest
    patch(codeExceptions, codes, codeWidth, &reader)
    // Whatever the exceptions say, a code is a byte.
    if codeExceptions > 0 {
      for index in 0..<PostingsFormat.blockSize { codes[index] &= 0xFF }
    }
    var frequencies = BitReader(reader.bytes(reader.remaining))
    guard !reader.isDamaged, !hasEscapes || findEscaped(&frequencies) else {
      damaged()
      return false
    }
    return true
  }

  private mutating func decodeTail(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ expected: UInt32
  ) -> Bool {
    let room = count - 1
    guard base[room] == Seal.byte(base, room) else { return false }
    let parameter = Int(base[0] & 31)
    let way = Int(base[0] >> 5)
    guard parameter <= RiceCode.highestParameter else { return false }
    var reader = BitReader(UnsafeBufferPointer(start: base + 1, count: room - 1))
    var document = UInt64(expected)
    for index in 0..<length {
      document &+= UInt64(reader.next(parameter))
      documents[index] = UInt32(truncatingIfNeeded: document)
      document &+= 1
    }
    guard !reader.isDamaged, document <= documentLimit else { return false }
    hasCodes = true
    switch way {
    case PostingsFormat.TailCodes.zeros: codes.update(repeating: 0, count: length)
    case PostingsFormat.TailCodes.plain: for index in 0..<length { codes[index] = reader.bits(8) }
    default: for index in 0..<length { codes[index] = min(reader.next(way &- 1), 256) }
    }
    return findEscaped(&reader)
  }

  /// Puts the high bits of a block's exceptions in their places.
  @inline(__always)
  private func patch(
    _ count: Int, _ values: UnsafeMutablePointer<UInt32>, _ width: Int, _ reader: inout ByteReader
  ) {
    for _ in 0..<count {
      let place = Int(reader.byte()) & (PostingsFormat.blockSize - 1)
      values[place] |= reader.varint() &<< UInt32(width)
    }
  }

  /// Finds and checks the frequencies of the block's postings with the escape code, which `source`
  /// stands before.
  private mutating func findEscaped(_ source: inout BitReader) -> Bool {
    escaped = source
    let (codes, escape) = (codes, escape)
    // A copy stays in registers.
    var reader = source
    // Two codes in a word, none above 256: the top bit of its half shows one from the escape on.
    let tops: UInt64 = 0x8000_0000_8000_0000
    let toTop = tops &- UInt64(escape) &* 0x1_0000_0001
    var from = 0
    while from < length {
      let end = min(from &+ 8, length)
      if end == from &+ 8 {
        let raw = UnsafeRawPointer(codes + from)
        var found: UInt64 = 0
        for word in 0..<4 {
          found |= raw.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) &+ toTop
        }
        if found & tops == 0 {
          from = end
          continue
        }
      }
      for index in from..<end where codes[index] >= escape {
        guard codes[index] == escape else { return false }
        escapedPlaces[index] = UInt32(truncatingIfNeeded: reader.position)
        var left = reader.bits(8)
        var shape: UInt64 = 0
        var isLarge = false
        while left != 0 {
          let more = reader.growing()
          if more > 254 { isLarge = true }
          shape |= UInt64(more &+ 1) &<< UInt64(8 &* left.trailingZeroBitCount)
          left &= left &- 1
        }
        escapedShapes[index] = isLarge ? 0 : shape
      }
      from = end
    }
    source = reader
    return !reader.isDamaged
  }

  /// The shape of a posting; no bits where a frequency does not fit in a byte.
  @inline(__always)
  func shape(at index: Int) -> FieldShape {
    let code = codes[index]
    return code < escape ? shapes[Int(code)] : FieldShape(bits: escapedShapes[index])
  }

  private mutating func escapedFrequencies(at index: Int) -> SIMD8<UInt32> {
    let shape = escapedShapes[index]
    if shape != 0 { return FieldShape(bits: shape).frequencies }
    var reader = escaped
    reader.go(to: Int(escapedPlaces[index]))
    var frequencies = SIMD8<UInt32>(repeating: 0)
    let mask = reader.bits(8)
    for field in 0..<8 where mask & 1 << UInt32(field) != 0 {
      frequencies[field] = min(reader.growing() &+ 1, 1 << 28)
    }
    return frequencies
  }

  // MARK: Postings

  /// The current document.
  @inline(__always)
  var document: UInt32 { documents[index] }

  // What follows is said to change the cursor, for otherwise a call would copy all of it first.

  /// How often the term stands in each field of posting `index` of the block, whose codes are there.
  @inline(__always)
  mutating func frequencies(at index: Int) -> SIMD8<UInt32> {
    let code = codes[index]
    return code < escape ? shapes[Int(code)].frequencies : escapedFrequencies(at: index)
  }

  /// What posting `index` of the block weighs over the fields in `mask`.
  @inline(__always)
  mutating func weight(at index: Int, _ ranking: BM25F, _ mask: UInt8) -> BM25F.Weight {
    let shape = shape(at: index)
    return shape.bits != 0
      ? ranking.weight(shape, mask) : ranking.weight(frequencies(at: index), mask)
  }

  /// How often the term stands in the current document, whose block's codes are there.
  var occurrences: Int {
    mutating get {
      let code = codes[index]
      return code < escape
        ? Int(totals[Int(code)]) : Int(escapedFrequencies(at: index).wrappedSum())
    }
  }

  /// How often the term stands in each field of the current document; all 0 in damaged data.
  var frequencies: SIMD8<UInt32> {
    mutating get { loadCodes() ? frequencies(at: index) : SIMD8(repeating: 0) }
  }

  /// Goes to the next document; the first call goes to the first. False after the last.
  @inline(__always)
  mutating func advance() -> Bool {
    index += 1
    if index < length { return true }
    return nextBlock()
  }

  /// Makes posting `place` of the decoded block, which has it, the current one.
  @inline(__always)
  mutating func stand(at place: Int) { index = place }

  /// Goes to the first document at or after `target`; stays when the current one is.
  @inline(__always)
  mutating func seek(_ target: UInt32) -> Bool {
    if length > 0, documents[length - 1] >= target {
      index = Self.place(of: target, in: documents, index, length)
      return true
    }
    return seekBlock(target)
  }

  /// The first place from `low` on whose document is at or after `target`; there is one.
  @inline(__always)
  static func place(
    of target: UInt32, in documents: UnsafeMutablePointer<UInt32>, _ low: Int, _ length: Int
  ) -> Int {
    var low = low
    if documents[low] >= target { return low }
    var count = length &- low
    while count > 1 {
      let half = count / 2
      low = documents[low &+ half &- 1] < target ? low &+ half : low
      count &-= half
    }
    return low
  }

  private mutating func seekBlock(_ target: UInt32) -> Bool {
    if recordCount > 0 { next = max(next, block(holding: target, from: next)) }
    while nextBlock() {
      if documents[length - 1] >= target {
        index = Self.place(of: target, in: documents, 0, length)
        return true
      }
    }
    return false
  }
}
