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

/// Room for one decoded block: its documents, its codes, and for each posting with the escape code
/// where its frequencies stand and its shape.
final class PostingsBuffer {
  static let size = 5 * PostingsFormat.blockSize

  let numbers: UnsafeMutablePointer<UInt32>

  init() { numbers = .allocate(capacity: Self.size) }

  deinit { numbers.deallocate() }
}
