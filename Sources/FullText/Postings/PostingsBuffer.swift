/// Where the postings of one term stand.
struct PostingsList {
  /// The term's part of the postings stream, or the inline posting.
  let documents: UnsafeBufferPointer<UInt8>
  /// The term's part of the positions stream.
  let positions: UnsafeBufferPointer<UInt8>
  /// How many documents have the term.
  let count: Int
  let isInline: Bool
}

/// Room for one decoded block.
final class PostingsBuffer {
  let documents: UnsafeMutablePointer<UInt32>
  let codes: UnsafeMutablePointer<UInt32>
  /// The frequencies of postings with the escape code, by their place in the block.
  var escaped: [(index: Int, frequencies: SIMD8<UInt32>)] = []

  init() {
    documents = .allocate(capacity: 2 * PostingsFormat.blockSize)
    codes = documents + PostingsFormat.blockSize
  }

  deinit { documents.deallocate() }

  func escapedFrequencies(at index: Int) -> SIMD8<UInt32> {
    for entry in escaped where entry.index == index { return entry.frequencies }
    return SIMD8(repeating: 0)
  }
}
