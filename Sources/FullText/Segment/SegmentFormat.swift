// A segment file: an immutable part of the index. Little-endian; sections start at multiples of 64.
//   offset  size  field
//   0       8     magic "FOLIOSG1"
//   8       4     format version
//   12      4     documents
//   16      4     terms
//   20      4     attribute values
//   24      8     tokens
//   32      2     the newest day of a document
//   34      30    zero
//   64            sections, in any order: positions come first, as they are written first
//   then, at the very end:
//     24 bytes a section: number (u32), checksum (u32), offset (u64), length (u64); the checksum is
//     a CRC32C, but of lengths, spans, days and termKeys that of ColumnSum.swift
//     number of sections (u32), CRC32C of the first 64 bytes and the section table (u32), magic
// Sections, in the order of `SegmentSection`, which is that of the table:
//   keyOffsets, keys  see KeyColumn.swift
//   stamps            u64 a document: the mark of its stamp
//   lengths           a byte a document: its lengths for ranking, as in LengthByte.swift
//   spans             a byte a document: its positions, free ones too, as a length byte, rounded up
//   days              u16 a document: the day of its attribute `modified`, as in Day.swift
//   reference         what the bounds of blocks were worked out with; see BoundReference.swift
//   storedOffsets, stored   see StoredColumn.swift
//   names             varint count, then the attribute names, numbered from 0
//   shapes            see FieldShape.swift
//   symbols           see SymbolTable.swift
//   termKeys/termData a front-coded table of terms; streams `postings` and `positions`; the count
//                     is the number of documents; a term of one to three may be inline
//   postings, positions   see PostingsFormat.swift
//   stemKeys/stemData a front-coded table of stems, all inline; behind the count (of terms) the
//                     terms' numbers as varint gaps. Stems whose only form is the stem itself are
//                     left out
//   valueKeys/valueData   a front-coded table; key: folded attribute name, 0, folded value, or, of
//                     a value that is only asked for whole, six bytes of its hash; stream
//                     `valuePostings`; count: documents; a value of one document is inline: varint
//                     document. Behind that the value as first spelt (Spelling.swift), empty when
//                     the folded one is the same or the first document stores it
//   valuePostings     varint gaps between documents, counted from the one after, then the low half
//                     of a seal (u8)
//   bounds            see RangeBounds.swift

/// The sections of a segment file; the raw value is the number in the section table.
enum SegmentSection: UInt32, CaseIterable {
  case keyOffsets = 1
  case keys
  case stamps
  case lengths
  case spans
  case days
  case reference
  case storedOffsets
  case stored
  case names
  case shapes
  case symbols
  case termKeys
  case termData
  case postings
  case positions
  case stemKeys
  case stemData
  case valueKeys
  case valueData
  case valuePostings
  case bounds
}

/// The fixed numbers of the format.
enum SegmentFormat {
  static let magic: [UInt8] = Array("FOLIOSG1".utf8)
  static let version: UInt32 = 6
  static let headerSize = 64
  static let alignment = 64
  static let tableRecordSize = 24
  static let trailerSize = 16
  static let stampSize = 8
}
