/// Walks the postings of one term in ascending order of documents.
struct PostingsCursor {
  private let documents: UnsafeBufferPointer<UInt8>
  private let positions: UnsafeBufferPointer<UInt8>
  private var postings: ByteReader
  private var places: ByteReader
  private let total: Int
  private var left: Int
  private var expected: UInt32 = 0
  private let documentLimit: UInt32
  private let commonestField: UInt8
  private let blocks: Int
  /// Positions before the current posting's that have not been passed over yet.
  private var unread = 0
  /// The number of positions of the current posting.
  private var own = 0

  /// The current document.
  private(set) var document: UInt32 = 0
  /// The frequency of the term in each field of the current document.
  private(set) var frequencies = SIMD8<UInt32>(repeating: 0)
  /// A bit for each field that has the term.
  private(set) var fields: UInt8 = 0
  /// Whether the stream broke off; the documents up to there were good.
  private(set) var isDamaged = false

  init(
    documents: UnsafeBufferPointer<UInt8>, positions: UnsafeBufferPointer<UInt8>, count: Int,
    documentLimit: Int, commonestField: UInt8
  ) {
    self.documents = documents
    self.positions = positions
    self.documentLimit = UInt32(documentLimit)
    self.commonestField = commonestField & 7
    total = min(count, documentLimit)
    left = total
    let blocks =
      total < PostingsWriter.blockSize
      ? 0 : (total + PostingsWriter.blockSize - 1) / PostingsWriter.blockSize
    let skips = blocks * PostingsWriter.skipRecordSize
    self.blocks = skips <= documents.count ? blocks : 0
    postings = ByteReader(documents, from: skips, count: documents.count - skips)
    places = ByteReader(positions)
  }

  /// Goes to the next document; false after the last.
  @inline(__always)
  mutating func next() -> Bool {
    guard left > 0 else { return false }
    left -= 1
    unread += own
    own = 0
    let head = postings.varint()
    let gap = head >> 2
    document = expected &+ gap
    if head & 3 == 0 {
      frequencies = SIMD8(repeating: 0)
      frequencies[Int(commonestField)] = 1
      fields = 1 &<< commonestField
      own = 1
    } else {
      longPosting(head & 3)
    }
    guard !postings.isDamaged, document < documentLimit, document >= expected, own > 0 else {
      left = 0
      isDamaged = true
      return false
    }
    expected = document + 1
    return true
  }

  private mutating func longPosting(_ code: UInt32) {
    frequencies = SIMD8(repeating: 0)
    if code == 1 {
      let byte = postings.byte()
      let frequency = byte >> 3 == 0 ? postings.varint() : UInt32(byte >> 3)
      frequencies[Int(byte & 7)] = frequency
      fields = 1 << (byte & 7)
      own = Int(frequency)
    } else {
      fields = postings.byte()
      for field in 0..<8 where fields & 1 << UInt8(field) != 0 {
        let frequency = postings.varint()
        frequencies[field] = frequency
        own += Int(frequency)
      }
    }
  }

  /// Goes to the first document at or after `target`, which is after the current one.
  mutating func seek(_ target: UInt32) -> Bool {
    if blocks > 1 { skip(to: target) }
    while next() {
      if document >= target { return true }
    }
    return false
  }

  /// Jumps to the block that holds `target` when it is a later one.
  private mutating func skip(to target: UInt32) {
    let current = (total - left) / PostingsWriter.blockSize
    var low = current + 1
    var high = blocks
    while low < high {
      let middle = (low + high) / 2
      if record(middle, 0) <= target { low = middle + 1 } else { high = middle }
    }
    let block = low - 1
    guard block > current else { return }
    let skips = blocks * PostingsWriter.skipRecordSize
    let at = skips + Int(record(block, 1))
    postings = ByteReader(documents, from: at, count: documents.count - at)
    let place = Int(record(block, 2))
    places = ByteReader(positions, from: place, count: positions.count - place)
    left = total - block * PostingsWriter.blockSize
    expected = record(block, 0)
    unread = 0
    own = 0
  }

  private func record(_ block: Int, _ part: Int) -> UInt32 {
    let at = block * PostingsWriter.skipRecordSize + part * 4
    guard let base = documents.baseAddress, at + 4 <= documents.count else { return UInt32.max }
    return UInt32(
      littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: at, as: UInt32.self))
  }

  /// Appends the current posting's places, `position << 3 | field`, of the fields in `mask`.
  ///
  /// They come by field, then position. May be called once for each posting.
  mutating func readPlaces(of mask: UInt8, into result: inout [UInt32]) {
    places.skipVarints(unread)
    unread = 0
    own = 0
    for field in 0..<8 where fields & 1 << UInt8(field) != 0 {
      let isWanted = mask & 1 << UInt8(field) != 0
      var position: UInt32 = 0
      for _ in 0..<frequencies[field] {
        position &+= places.varint()
        if places.isDamaged { return }
        if isWanted { result.append(position << 3 | UInt32(field)) }
      }
    }
  }
}
