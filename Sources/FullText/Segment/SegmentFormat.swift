// A segment file: an immutable part of the index. Little-endian; sections start at multiples of 64.
//   offset  size  field
//   0       8     magic "FOLIOSG1"
//   8       4     format version
//   12      4     documents
//   16      4     terms
//   20      4     attribute values
//   24      8     tokens
//   32      1     the field with most tokens
//   33      31    zero
//   64            sections
//   then, at the very end:
//     24 bytes a section: number (u32), CRC32C (u32), offset (u64), length (u64)
//     number of sections (u32), CRC32C of the first 64 bytes and the section table (u32), magic
// Sections, in the order of `SegmentSection`:
//   keyOffsets        u32 for each document and one more: where its key starts in `keys`
//   keys              the keys, ascending by bytes
//   stamps            32 bytes a document: modified, changed, size, inode
//   lengths           u32 a document: words in the fields that make up the length
//   storedOffsets     u32 for each document and one more, into `stored`
//   stored            a document's attributes: varint count, then name number and value each
//   names             varint count, then the attribute names, numbered from 0
//   termKeys/termData a front-coded table of terms; streams `postings` and `positions`; the count
//                     is the number of documents
//   postings, positions   see PostingsFormat.swift
//   stemKeys/stemData a front-coded table of stems; behind the count (of terms) the terms' numbers
//                     as varint gaps. Stems whose only form is the stem itself are left out
//   valueKeys/valueData   a front-coded table; key: folded attribute name, 0, folded value; stream
//                     `valuePostings`; count: documents; behind it the value as first spelt, empty
//                     when the folded one is the same
//   valuePostings     varint gaps between documents, as in a term's postings

/// The sections of a segment file; the raw value is the number in the section table.
enum SegmentSection: UInt32, CaseIterable {
  case keyOffsets = 1
  case keys
  case stamps
  case lengths
  case storedOffsets
  case stored
  case names
  case termKeys
  case termData
  case postings
  case positions
  case stemKeys
  case stemData
  case valueKeys
  case valueData
  case valuePostings
}

/// The fixed numbers of the format.
enum SegmentFormat {
  static let magic: [UInt8] = Array("FOLIOSG1".utf8)
  static let version: UInt32 = 1
  static let headerSize = 64
  static let alignment = 64
  static let tableRecordSize = 24
  static let trailerSize = 16
  static let stampSize = 32
}
