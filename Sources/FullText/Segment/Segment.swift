/// A segment file open for reading, with the documents deleted from it since.
///
/// Opening checks the lengths, the header, the section table and the small sections that
/// everything else is read by; the other sections are believed only as far as they stay inside the
/// file and the document numbers inside their range.
final class Segment: Sendable {
  let name: String
  let deletions: DeletionMap
  let documentCount: Int
  let termCount: Int
  let valueCount: Int
  let tokenCount: UInt64
  /// The newest day of a document, deleted ones too.
  private let newestDay: UInt16
  /// The shapes of postings that have a code.
  let shapes: ShapeTable
  let shapeLookUp: ShapeLookUp
  let weightTables = WeightTables()
  /// The strings that keys and values are written with.
  let symbols: SymbolTable
  /// The sums of the lengths of the documents not deleted.
  let liveLengths: LengthSums
  /// What the bounds of blocks were worked out with.
  let reference: BoundReference
  let checksum: UInt32
  /// Attribute names by number.
  let names: [String]
  let file: MappedFile
  /// What was found out about the bytes while they were read.
  let health = Guarded(Health())
  /// Sections' offsets and lengths by their number.
  private let places: [(offset: Int, count: Int)]

  var byteCount: Int { file.bytes.count }
  var liveCount: Int { documentCount - deletions.count }

  /// Opens `path`; nil when it is missing or not a whole segment file of this version.
  init?(_ path: String, name: String, deletions: DeletionMap, liveLengths: LengthSums) {
    guard let file = MappedFile(path), let table = SectionTable(file.bytes) else { return nil }
    self.file = file
    self.name = name
    self.deletions = deletions
    self.liveLengths = liveLengths
    places = table.places
    checksum = table.checksum
    var header = ByteReader(file.bytes, from: 12, count: 52)
    documentCount = Int(header.fixed(UInt32.self))
    termCount = Int(header.fixed(UInt32.self))
    valueCount = Int(header.fixed(UInt32.self))
    tokenCount = header.fixed(UInt64.self)
    newestDay = header.fixed(UInt16.self)
    func count(_ section: SegmentSection) -> Int { table.places[Int(section.rawValue)].count }
    guard documentCount < 1 << 29, count(.keyOffsets) == KeyColumn.groups(of: documentCount) * 4,
      count(.stamps) == documentCount * SegmentFormat.stampSize,
      count(.lengths) == documentCount, count(.spans) == documentCount,
      count(.days) == documentCount * 2,
      count(.storedOffsets) == StoredColumn.groups(of: documentCount) * 4,
      deletions.isEmpty || deletions.capacity == documentCount
    else { return nil }
    guard table.isIntact(.names, in: file.bytes), table.isIntact(.shapes, in: file.bytes),
      table.isIntact(.reference, in: file.bytes), table.isIntact(.symbols, in: file.bytes),
      let symbols = SymbolTable(table.bytes(.symbols, in: file.bytes))
    else { return nil }
    self.symbols = symbols
    let referencePlace = table.places[Int(SegmentSection.reference.rawValue)]
    reference = BoundReference(
      ByteReader(file.bytes, from: referencePlace.offset, count: referencePlace.count))
    let place = table.places[Int(SegmentSection.names.rawValue)]
    var reader = ByteReader(file.bytes, from: place.offset, count: place.count)
    var names: [String] = []
    for _ in 0..<reader.varint() where !reader.isDamaged { names.append(reader.string()) }
    self.names = names
    let shapesPlace = table.places[Int(SegmentSection.shapes.rawValue)]
    shapes = ShapeTable(
      UnsafeBufferPointer(
        rebasing: file.bytes[shapesPlace.offset..<shapesPlace.offset + shapesPlace.count]))
    shapeLookUp = ShapeLookUp(shapes)
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

  var keys: KeyColumn {
    KeyColumn(
      offsets: bytes(.keyOffsets), keys: bytes(.keys), symbols: symbols, count: documentCount)
  }

  /// The key of a document; empty when it is damaged.
  func key(_ document: UInt32) -> [UInt8] {
    var walker = keys.walk(from: Int(document))
    return walker.next() ? walker.key : []
  }

  /// The mark of the document's stamp.
  func mark(_ document: UInt32) -> UInt64 {
    UnsafeRawPointer(bytes(.stamps).baseAddress!)
      .loadUnaligned(fromByteOffset: Int(document) * 8, as: UInt64.self).littleEndian
  }

  /// The lengths of a document; see `LengthByte`.
  @inline(__always)
  func lengthByte(_ document: UInt32) -> UInt8 { lengthBytes[Int(document)] }

  var lengthBytes: UnsafeBufferPointer<UInt8> { bytes(.lengths) }

  func span(_ document: UInt32) -> UInt32 {
    DocumentLength.lengths[Int(bytes(.spans)[Int(document)])]
  }

  /// The day of the document's attribute `modified`; see `Day`.
  func day(_ document: UInt32) -> UInt16 {
    UnsafeRawPointer(bytes(.days).baseAddress!)
      .loadUnaligned(fromByteOffset: Int(document) * 2, as: UInt16.self).littleEndian
  }

  /// The newest day of a document that is not deleted.
  var newestLiveDay: UInt16 {
    if deletions.isEmpty { return newestDay }
    var newest: UInt16 = 0
    let days = UnsafeRawPointer(bytes(.days).baseAddress!)
    for document in 0..<documentCount {
      let day = days.loadUnaligned(fromByteOffset: document * 2, as: UInt16.self).littleEndian
      if day > newest, !deletions.contains(UInt32(document)) { newest = day }
    }
    return newest
  }

  private var stored: StoredColumn {
    StoredColumn(
      offsets: bytes(.storedOffsets), stored: bytes(.stored), names: names, symbols: symbols)
  }

  func attributes(_ document: UInt32) -> [(name: String, value: String)] {
    stored.attributes(Int(document))
  }

  /// Whether a document's key and stored attributes are as they were written.
  func isIntact(_ document: UInt32) -> Bool {
    var key = keys.walk(from: Int(document))
    return key.next() && stored.isIntact(Int(document), key: key)
  }

  /// The first document whose key is at or after `key`, or the document count.
  func lowerBound(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 { UInt32(keys.lowerBound(key)) }

  /// The document with `key`, unless it is deleted.
  func find(_ key: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let document = lowerBound(key)
    guard document < UInt32(documentCount), self.key(document).elementsEqual(key),
      !deletions.contains(document)
    else { return nil }
    return document
  }

  // MARK: Terms and values

  var terms: FrontCodedTable {
    FrontCodedTable(
      sparse: bytes(.termKeys), data: bytes(.termData), streams: 2, symbols: symbols)
  }

  var stems: FrontCodedTable {
    FrontCodedTable(
      sparse: bytes(.stemKeys), data: bytes(.stemData), streams: 0, symbols: symbols)
  }

  var bounds: RangeBounds { RangeBounds(bytes(.bounds), documentCount: documentCount) }

  var values: FrontCodedTable {
    FrontCodedTable(
      sparse: bytes(.valueKeys), data: bytes(.valueData), streams: 1, symbols: symbols)
  }

  /// The postings of the term that `cursor` stands on.
  func list(_ cursor: TableCursor) -> PostingsList { list(cursor.entry) }

  /// The postings of a term.
  func list(_ entry: TableEntry) -> PostingsList {
    if entry.isInline {
      return PostingsList(
        documents: entry.rest, positions: UnsafeBufferPointer(rebasing: entry.rest[0..<0]),
        count: Int(entry.count), isInline: true)
    }
    return PostingsList(
      documents: part(of: .postings, entry.offsets.0, entry.lengths.0),
      positions: part(of: .positions, entry.offsets.1, entry.lengths.1),
      count: min(Int(entry.count), documentCount), isInline: false)
  }

  /// Calls `body` with each document that has the value `cursor` stands on, deleted ones too.
  ///
  /// False when the list is damaged; then `body` may have been called for a part of it.
  @discardableResult
  func forEachDocument(_ cursor: TableCursor, _ body: (UInt32) -> Void) -> Bool {
    forEachDocument(cursor.entry, body)
  }

  /// The same for an entry of the value table.
  @discardableResult
  func forEachDocument(_ entry: TableEntry, _ body: (UInt32) -> Void) -> Bool {
    if entry.isInline {
      var reader = ByteReader(entry.rest)
      let document = reader.varint()
      guard !reader.isDamaged, document < documentCount else { return noteDamage() }
      body(document)
      return true
    }
    let bytes = part(of: .valuePostings, entry.offsets.0, entry.lengths.0)
    guard bytes.count > 1, let base = bytes.baseAddress,
      bytes[bytes.count - 1] == Seal.byte(base, bytes.count - 1)
    else { return noteDamage() }
    var reader = ByteReader(bytes, from: 0, count: bytes.count - 1)
    var expected: UInt32 = 0
    for _ in 0..<entry.count {
      let document = expected &+ reader.varint()
      guard !reader.isDamaged, document >= expected, document < documentCount else {
        return noteDamage()
      }
      body(document)
      expected = document + 1
    }
    return true
  }

  /// The value that `cursor` stands on as it was first spelt; `prefix` is the key's part for the
  /// name.
  func spelling(_ cursor: TableCursor, prefix: [UInt8]) -> [UInt8] {
    var reader = ByteReader(cursor.rest)
    if cursor.isInline { _ = reader.varint() }
    let own = reader.bytes(reader.remaining)
    let key = cursor.key
    if !own.isEmpty, let spelling = Spelling.decoded(own, folded: key.dropFirst(prefix.count)) {
      return spelling
    }
    var first: UInt32?
    forEachDocument(cursor) { if first == nil { first = $0 } }
    if let first {
      for (name, value) in attributes(first) where AttributeKey.name(name) == prefix {
        if AttributeKey.key(name: name, value: value) == key
          || AttributeKey.wholeKey(name: name, value: value) == key
        {
          return Array(value.utf8.prefix(AttributeKey.longestValue))
        }
      }
    }
    return Array(key[prefix.count...])
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

  func bytes(
    _ section: SegmentSection, in file: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let place = places[Int(section.rawValue)]
    return UnsafeBufferPointer(rebasing: file[place.offset..<place.offset + place.count])
  }

  /// Whether the bytes of a section have their checksum.
  func isIntact(_ section: SegmentSection, in file: UnsafeBufferPointer<UInt8>) -> Bool {
    ColumnSum.checksum(section, UnsafeRawBufferPointer(bytes(section, in: file)))
      == checksums[Int(section.rawValue)]
  }

  /// The names of the sections whose bytes fail their checksum.
  func damaged(in file: UnsafeBufferPointer<UInt8>) -> [String] {
    SegmentSection.allCases.compactMap { isIntact($0, in: file) ? nil : "\($0)" }
  }
}
