// The postings of one term, in two streams of a segment. Blocks hold 128 postings; what is left
// behind the last whole block is the tail.
//   Postings stream:
//     skip records, only for 128 postings or more, 16 bytes a block and one for the tail:
//       last document (u32), offset of the block behind the records (u32), offset of its positions
//       in the term's part (u32), greatest weighted frequency of a document with the weights and
//       mean lengths of the section `reference` (f32)
//     a seal (u16) of the skip records, where there are any
//     a whole block: width of a gap, width of a code (with 128 added when the escape code is among
//       the codes), numbers of exceptions among gaps and among
//       codes (u8 each), the low bits of the gaps and of the codes, both packed in four lanes, then
//       for each exception its place (u8) and a varint with its high bits, gaps first, then the
//       frequencies of each posting with the escape code, then a seal (u16) of it all
//     the tail: parameter | width class of a code << 5 (u8), the gaps in the Rice code, the codes
//       packed, the frequencies as above, then a seal (u8). Widths by class: 0, 1,
//       2, 3, 4, 5, 6, 8
//     A gap counts from the document after the one before, in a term's first posting from 0.
//     A code is a number in the segment's table of shapes, the one behind its end the escape: its
//     frequencies are a byte with a bit for each field and a varint for each bit set.
//   Positions stream, nothing for a term without positions: a piece for each 16 postings: in a list
//     of more than 16, varint bytes of the Rice code; the code; its seal (u8). The
//     numbers: for each posting, for each of its fields in ascending order, its positions as gaps
//     from the position before in that field, the first from 0; the parameter follows from the
//     document's span and how often the term stands in it.
//   A term with one posting whose parts take up to 40 bytes is in the dictionary entry itself:
//     varint document, code (u8), frequencies as above, then the positions' gaps as varints.
// All fields of a document count positions together, so that a phrase may run through several.

/// Fixed numbers of the format of postings.
enum PostingsFormat {
  static let blockSize = 128
  static let skipRecordSize = 16
  /// Where the blocks begin behind so many skip records and their seal.
  @inline(__always)
  static func blocksOffset(_ records: Int) -> Int {
    records == 0 ? 0 : records * skipRecordSize + 2
  }
  /// Postings whose positions are one piece.
  static let positionsPiece = 16
  static let longestInline = 40
  static let codeWidths = [0, 1, 2, 3, 4, 5, 6, 8]

  /// The parameter of the Rice code for a term's positions in a document.
  @inline(__always)
  static func parameter(span: UInt32, occurrences: Int) -> Int {
    RiceCode.parameter(sum: UInt64(span), count: occurrences + 1)
  }

  /// The same for a span byte, from a table where the term stands there a few times only.
  @inline(__always)
  static func parameter(spanByte: UInt8, occurrences: Int) -> Int {
    if occurrences < 8 { return Int(parameters[Int(spanByte) &* 8 &+ occurrences]) }
    return parameter(span: DocumentLength.lengths[Int(spanByte)], occurrences: occurrences)
  }

  private nonisolated(unsafe) static let parameters: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256 * 8)
    for (byte, span) in DocumentLength.lengths.enumerated() {
      for count in 0..<8 {
        table[byte * 8 + count] = UInt8(parameter(span: span, occurrences: count))
      }
    }
    return UnsafePointer(table)
  }()

  /// Whether phrases can hold the term: words joined by `_ - . / : @ #` are indexed without
  /// positions, because a phrase looks for the single words.
  static func hasPositions(_ term: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in 0..<max(0, term.count - 1)
    where ASCIIClass.table[Int(term[index])] == ASCIIClass.joiner {
      return false
    }
    return true
  }
}
