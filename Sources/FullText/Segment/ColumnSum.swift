/// The checksum of the sections that opening and searches check whole; it may take no longer than reading
/// them.
///
/// Two sums for each of 16 lanes, of the words and of those sums, mixed at the end together with the
/// length. A change of one word always changes its lane's first sum; words that change places change
/// the second.
///
/// Source: Fletcher, An arithmetic checksum for serial transmissions (1982), with words for bytes.
enum ColumnSum {
  /// What the section table has for a section.
  static func checksum(_ section: SegmentSection, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    switch section {
    case .lengths, .spans, .days, .termKeys, .reference, .names, .shapes, .symbols: of(bytes)
    default: CRC32C.checksum(bytes)
    }
  }

  /// The checksum of `bytes`; 10 GB/s and more.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    typealias Words = SIMD4<UInt32>
    let zero = Words(repeating: 0)
    var (first0, first1, first2, first3) = (zero, zero, zero, zero)
    var (second0, second1, second2, second3) = (zero, zero, zero, zero)
    @inline(__always)
    func add(_ block: UnsafeRawPointer) {
      first0 = first0 &+ block.loadUnaligned(as: Words.self)
      first1 = first1 &+ block.loadUnaligned(fromByteOffset: 16, as: Words.self)
      first2 = first2 &+ block.loadUnaligned(fromByteOffset: 32, as: Words.self)
      first3 = first3 &+ block.loadUnaligned(fromByteOffset: 48, as: Words.self)
      second0 = second0 &+ first0
      second1 = second1 &+ first1
      second2 = second2 &+ first2
      second3 = second3 &+ first3
    }
    var at = 0
    if let base = bytes.baseAddress {
      while at &+ 64 <= bytes.count {
        add(base + at)
        at &+= 64
      }
      if at < bytes.count {
        var rest = SIMD64<UInt8>(repeating: 0)
        for index in at..<bytes.count { rest[index &- at] = bytes[index] }
        withUnsafeBytes(of: rest) { rest in
          if let block = rest.baseAddress { add(block) }
        }
      }
    }
    var hash = UInt64(bytes.count)
    for words in [first0, first1, first2, first3, second0, second1, second2, second3] {
      for lane in 0..<4 {
        hash = (hash ^ UInt64(UInt32(littleEndian: words[lane]))) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash &>> 29
      }
    }
    return UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
  }
}
