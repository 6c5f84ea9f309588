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
//       for each exception its place (u8) and a varint with its high bits, gaps first, then as bits
//       the frequencies of each posting with the escape code, then a seal (u16) of it all
//     the tail: parameter | way of the codes << 5 (u8), then as bits the gaps in the Rice code, the
//       codes, the frequencies; then a seal (u8). Ways: 0 each code is 0 and takes nothing, 1 to 6
//       Rice code of parameter 0 to 5, 7 eight bits each
//     A gap counts from the document after the one before, in a term's first posting from 0.
//     A code is a number in the segment's table of shapes, the one behind its end the escape: its
//     frequencies are eight bits, one for each field, and for each bit set the frequency less one
//     in the growing code.
//   Positions stream, nothing for a term without positions: a piece for each 16 postings: in a list
//     of more than 16, varint bytes of the codes; the codes; their seal (u8). For each posting, for
//     each of its fields in ascending order, its positions there: a single one as one of all that
//     the document's span allows, which are as likely (the number of the span itself announces the
//     position in 32 bits); several as gaps from the position before, the first from 0, in the Rice
//     code with the parameter that follows from the span and their number.
//   A term with up to three postings whose parts take up to 40 bytes is in the dictionary entry
//     itself, as bits: the first document, one of the segment's, which are as likely; if there are
//     more, five bits of a parameter and their gaps in its Rice code; the codes in the Rice code of
//     parameter 2; frequencies as above; a bit that says whether positions follow; the positions.
// All fields of a document count positions together, so that a phrase may run through several.
// The codes are in BitPacking.swift.

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
  /// The parameter of the Rice code for codes of inline postings.
  static let inlineParameter = 2

  /// How the codes of a tail are written.
  enum TailCodes {
    static let zeros = 0
    static let plain = 7
    static let parameters = 0...5
  }

  /// Whether phrases can hold the term: words joined by `_ - . / : @ #` are indexed without
  /// positions, because a phrase looks for the single words.
  static func hasPositions(_ term: UnsafeBufferPointer<UInt8>) -> Bool {
    let flags = ASCIIClass.flags
    for index in 0..<max(0, term.count - 1) where flags[Int(term[index])] == ASCIIClass.isJoiner {
      return false
    }
    return true
  }
}

/// The codes of a term's positions in a field of a document, which follow from the document's span
/// and how many they are. A reader holds the tables itself: looking at a global takes a call.
struct PositionCodes {
  /// By span: the code of a position that is the only one in its field; its last number announces a
  /// position in 32 bits.
  let lone: UnsafePointer<UniformCode>
  /// By span and number, up to 7: the parameter of the Rice code.
  private let few: UnsafePointer<UInt8>

  nonisolated(unsafe) static let shared = PositionCodes()

  private init() {
    let lone = UnsafeMutablePointer<UniformCode>.allocate(capacity: 256)
    let few = UnsafeMutablePointer<UInt8>.allocate(capacity: 256 * 8)
    for (byte, span) in DocumentLength.lengths.enumerated() {
      (lone + byte).initialize(to: UniformCode(below: min(span, 1 << 30) + 1))
      for count in 0..<8 {
        few[byte * 8 + count] = UInt8(Self.parameter(span: span, occurrences: count))
      }
    }
    self.lone = UnsafePointer(lone)
    self.few = UnsafePointer(few)
  }

  /// The parameter of the Rice code for several positions in a field.
  @inline(__always)
  func parameter(spanByte: UInt8, occurrences: Int) -> Int {
    if occurrences < 8 { return Int(few[Int(spanByte) &* 8 &+ occurrences]) }
    return Self.parameter(span: DocumentLength.lengths[Int(spanByte)], occurrences: occurrences)
  }

  private static func parameter(span: UInt32, occurrences: Int) -> Int {
    RiceCode.parameter(sum: UInt64(span), count: occurrences + 1)
  }
}
