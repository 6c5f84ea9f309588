/// A segment file open for reading, with the documents deleted from it since.
///
/// Opening checks the lengths, the header and the section table; sections are believed only as far
/// as they stay inside the file and the document numbers inside their range.
final class Segment: Sendable {
  let name: String
  let deletions: DeletionMap
  let documentCount: Int
  let termCount: Int
  let valueCount: Int
  let tokenCount: UInt64
  let commonestField: UInt8
  /// The sum of the lengths of the documents not deleted.
  let liveLength: UInt64
  let checksum: UInt32
  /// Attribute names by number.
  let names: [String]
  private let file: MappedFile
  /// Sections' offsets and lengths by their number.
  private let places: [(offset: Int, count: Int)]

  var byteCount: Int { file.bytes.count }
  var liveCount: Int { documentCount - deletions.count }

  /// Opens `path`; nil when it is missing or not a whole segment file of this version.
  init?(_ path: String, name: String, deletions: DeletionMap, liveLength: UInt64) {
    guard let file = MappedFile(path), let table = SectionTable(file.bytes) else { return nil }
    self.file = file
    self.name = name
    self.deletions = deletions
    self.liveLength = liveLength
    places = table.places
    checksum = table.checksum
    var header = ByteReader(file.bytes, from: 12, count: 52)
    documentCount = Int(header.fixed(UInt32.self))
    termCount = Int(header.fixed(UInt32.self))
    valueCount = Int(header.fixed(UInt32.self))
    tokenCount = header.fixed(UInt64.self)
    commonestField = header.byte() & 7
    func count(_ section: SegmentSection) -> Int { table.places[Int(section.rawValue)].count }
    guard documentCount < 1 << 29, count(.keyOffsets) == (documentCount + 1) * 4,
      count(.stamps) == documentCount * SegmentFormat.stampSize,
      count(.lengths) == documentCount * 4, count(.storedOffsets) == (documentCount + 1) * 4,
      deletions.isEmpty || deletions.capacity == documentCount
    else { return nil }
    let place = table.places[Int(SegmentSection.names.rawValue)]
    var reader = ByteReader(file.bytes, from: place.offset, count: place.count)
    var names: [String] = []
    for _ in 0..<reader.varint() where !reader.isDamaged { names.append(reader.string()) }
    self.names = names
  }

  func bytes(_ section: SegmentSection) -> UnsafeBufferPointer<UInt8> {
    let place = places[Int(section.rawValue)]
    return UnsafeBufferPointer(rebasing: file.bytes[place.offset..<place.offset + place.count])
  }

  /// The problems that a reading of every byte finds.
  func problems() -> [String] {
    guard let table = SectionTable(file.bytes) else { return ["\(name): no section table."] }
    return table.damaged(in: file.bytes).map { "\(name): section \($0) fails its checksum." }
  }

  // MARK: Documents

  @inline(__always)
  private func number(_ section: SegmentSection, _ index: Int) -> UInt32 {
    let place = places[Int(section.rawValue)]
    let base = UnsafeRawPointer(file.bytes.baseAddress!) + place.offset
    return UInt32(littleEndian: base.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
  }

  /// A part of `blob` by its neighbours in `offsets`; empty when they are damaged.
  private func part(
    _ offsets: SegmentSection, _ blob: SegmentSection, _ index: Int
  ) -> UnsafeBufferPointer<UInt8> {
    let from = Int(number(offsets, index))
    let to = Int(number(offsets, index + 1))
    let all = bytes(blob)
    guard from <= to, to <= all.count else { return UnsafeBufferPointer(rebasing: all[0..<0]) }
    return UnsafeBufferPointer(rebasing: all[from..<to])
  }

  /// The key of a document, valid as long as the segment.
  func key(_ document: UInt32) -> UnsafeBufferPointer<UInt8> {
    part(.keyOffsets, .keys, Int(document))
  }

  func stamp(_ document: UInt32) -> Stamp {
    var reader = ByteReader(
      bytes(.stamps), from: Int(document) * SegmentFormat.stampSize,
      count: SegmentFormat.stampSize)
    return Stamp(
      modified: reader.fixed(Int64.self), changed: reader.fixed(Int64.self),
      size: reader.fixed(UInt64.self), inode: reader.fixed(UInt64.self))
  }

  @inline(__always)
  func length(_ document: UInt32) -> UInt32 { number(.lengths, Int(document)) }

  func attributes(_ document: UInt32) -> [(name: String, value: String)] {
    var reader = ByteReader(part(.storedOffsets, .stored, Int(document)))
    var attributes: [(name: String, value: String)] = []
    for _ in 0..<reader.varint() {
      let name = Int(reader.varint())
      let value = reader.string()
      guard !reader.isDamaged, name < names.count else { break }
      attributes.append((names[name], value))
    }
    return attributes
  }

  /// The first document whose key is at or after `key`, or the document count.
  func lowerBound(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var low = 0
    var high = documentCount
    while low < high {
      let middle = (low + high) / 2
      if compare(self.key(UInt32(middle)), key) < 0 { low = middle + 1 } else { high = middle }
    }
    return UInt32(low)
  }

  /// The document with `key`, unless it is deleted.
  func find(_ key: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let document = lowerBound(key)
    guard document < UInt32(documentCount), compare(self.key(document), key) == 0,
      !deletions.contains(document)
    else { return nil }
    return document
  }

  // MARK: Terms and values

  var terms: FrontCodedTable {
    FrontCodedTable(sparse: bytes(.termKeys), data: bytes(.termData), streams: 2)
  }

  var stems: FrontCodedTable {
    FrontCodedTable(sparse: bytes(.stemKeys), data: bytes(.stemData), streams: 0)
  }

  var values: FrontCodedTable {
    FrontCodedTable(sparse: bytes(.valueKeys), data: bytes(.valueData), streams: 1)
  }

  /// The postings of the term that `cursor` stands on.
  func postings(_ cursor: TableCursor) -> PostingsCursor {
    PostingsCursor(
      documents: part(of: .postings, cursor.offsets.0, cursor.lengths.0),
      positions: part(of: .positions, cursor.offsets.1, cursor.lengths.1),
      count: Int(cursor.count), documentLimit: documentCount, commonestField: commonestField)
  }

  /// Calls `body` with each document that has the value `cursor` stands on, deleted ones too.
  func forEachDocument(_ cursor: TableCursor, _ body: (UInt32) -> Void) {
    var reader = ByteReader(part(of: .valuePostings, cursor.offsets.0, cursor.lengths.0))
    var expected: UInt32 = 0
    for _ in 0..<cursor.count {
      let document = expected &+ reader.varint()
      guard !reader.isDamaged, document >= expected, document < documentCount else { return }
      body(document)
      expected = document + 1
    }
  }

  private func part(
    of section: SegmentSection, _ from: Int, _ count: Int
  ) -> UnsafeBufferPointer<UInt8> {
    let all = bytes(section)
    guard from <= all.count, count <= all.count - from else {
      return UnsafeBufferPointer(rebasing: all[0..<0])
    }
    return UnsafeBufferPointer(rebasing: all[from..<from + count])
  }
}

/// The checked section table at the end of a segment file.
struct SectionTable {
  let places: [(offset: Int, count: Int)]
  let checksum: UInt32
  private let checksums: [UInt32]

  /// Nil when the file is too short, of another version, or its table fails a check.
  init?(_ file: UnsafeBufferPointer<UInt8>) {
    let sections = SegmentSection.allCases.count
    let tableSize = sections * SegmentFormat.tableRecordSize
    let least = SegmentFormat.headerSize + tableSize + SegmentFormat.trailerSize
    guard file.count >= least, file.starts(with: SegmentFormat.magic) else { return nil }
    var header = ByteReader(file, from: 8, count: 4)
    guard header.fixed(UInt32.self) == SegmentFormat.version else { return nil }
    let start = file.count - SegmentFormat.trailerSize - tableSize
    var trailer = ByteReader(file, from: start + tableSize, count: SegmentFormat.trailerSize)
    guard trailer.fixed(UInt32.self) == UInt32(sections) else { return nil }
    checksum = trailer.fixed(UInt32.self)
    guard trailer.bytes(8).elementsEqual(SegmentFormat.magic) else { return nil }
    let checked =
      Array(file[0..<SegmentFormat.headerSize]) + Array(file[start..<start + tableSize])
    guard CRC32C.checksum(checked) == checksum else { return nil }
    var reader = ByteReader(file, from: start, count: tableSize)
    var places = [(offset: Int, count: Int)](repeating: (0, 0), count: sections + 1)
    var checksums = [UInt32](repeating: 0, count: sections + 1)
    for section in SegmentSection.allCases {
      guard reader.fixed(UInt32.self) == section.rawValue else { return nil }
      checksums[Int(section.rawValue)] = reader.fixed(UInt32.self)
      let offset = reader.fixed(UInt64.self)
      let count = reader.fixed(UInt64.self)
      guard offset <= UInt64(start), count <= UInt64(start) - offset else { return nil }
      places[Int(section.rawValue)] = (Int(offset), Int(count))
    }
    self.places = places
    self.checksums = checksums
  }

  /// The names of the sections whose bytes fail their checksum.
  func damaged(in file: UnsafeBufferPointer<UInt8>) -> [String] {
    SegmentSection.allCases.compactMap { section in
      let place = places[Int(section.rawValue)]
      let bytes = UnsafeRawBufferPointer(
        UnsafeBufferPointer(rebasing: file[place.offset..<place.offset + place.count]))
      return CRC32C.checksum(bytes) == checksums[Int(section.rawValue)] ? nil : "\(section)"
    }
  }
}
