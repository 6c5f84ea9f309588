/// Puts a segment file together: documents, then terms, then attribute values, each in order.
///
/// Positions go to the file as they come; the rest is kept until the end, about a fifth of the text.
struct SegmentWriter {
  /// Bytes of positions that are gathered before they are written.
  private static let positionsBuffer = 1 << 18

  private var keys = KeyColumnWriter()
  private var stamps = ByteBuffer()
  private var lengths = ByteBuffer()
  private var spans = ByteBuffer()
  private var days = ByteBuffer()
  private var newestDay: UInt16 = 0
  private var stored = StoredColumnWriter()
  private let shapes: ShapeTable
  private var terms = FrontCodedTableWriter()
  private var postings: PostingsWriter
  private let schema: Schema
  private var stems: StemCollector
  private var values = FrontCodedTableWriter()
  private var valuePostings = ByteBuffer()
  private var payload = ByteBuffer()
  private var bounds: RangeBoundsCollector
  private let file: FileWriter
  private var positionsFlushed = 0
  private var positionsChecksum = CRC32C.Running()

  private(set) var documentCount = 0
  /// The sums of the documents' lengths.
  private(set) var lengthSums = LengthSums()
  /// What the bounds of blocks are worked out with, once all documents are known.
  private var reference: BM25F?
  private(set) var tokenCount: UInt64 = 0

  /// Makes the file at `path`.
  init(
    _ path: String, shapes: ShapeTable, schema: Schema, language: Language
  ) throws(IndexError) {
    file = try FileWriter(path, headerSize: SegmentFormat.headerSize)
    self.shapes = shapes
    self.schema = schema
    postings = PostingsWriter(shapes)
    stems = StemCollector(language: language)
    bounds = RangeBoundsCollector(shapes)
  }

  /// Adds a document, whose key comes after those before; `length` is a `LengthByte`.
  mutating func addDocument(
    key: UnsafeBufferPointer<UInt8>, mark: UInt64, length: UInt8, span: UInt32,
    day: UInt16,
    attributes: some Sequence<(name: String, value: String)>
  ) {
    keys.append(key)
    stamps.fixed(mark)
    lengths.byte(length)
    lengthSums.add(length)
    spans.byte(DocumentLength.byte(span))
    days.fixed(day)
    newestDay = max(newestDay, day)
    stored.append(attributes, key: key)
    documentCount += 1
  }

  /// Adds a term, which comes after those before, with its ordered postings.
  mutating func addTerm(
    _ term: UnsafeBufferPointer<UInt8>, _ stage: borrowing PostingsStage
  ) throws(IndexError) {
    guard !stage.isEmpty else { return }
    if reference == nil {
      let ranking = BM25F(schema, weights: [:], means: lengthSums.means(of: documentCount))
      reference = ranking
      postings.prepareBounds(ranking)
    }
    let bases = (postings.documents.count, positionsFlushed + postings.positions.count)
    payload.bytes.removeAll(keepingCapacity: true)
    let isInline = postings.writeInline(stage, spans: spans.bytes, to: &payload)
    if !isInline {
      let written = postings.write(stage, lengths: lengths.bytes, spans: spans.bytes)
      payload.varint(stage.documents.count)
      payload.varint(written.documents)
      payload.varint(written.positions)
    }
    bounds.add(
      terms.count, postings: stage.documents.count,
      hasStem: stems.add(term, ordinal: terms.count, postings: stage.documents.count),
      isInline ? .inline(payload) : .listed(bases.0, postings.documents.count))
    terms.append(
      term, payload: payload.bytes, inlineCount: isInline ? stage.documents.count : 0,
      bases: bases)
    tokenCount += UInt64(stage.occurrences)
    try flushPositions(to: Self.positionsBuffer)
  }

  /// Adds an attribute value, which comes after those before, with its ascending documents;
  /// `spelling` is as Spelling.swift has it.
  mutating func addValue(
    _ key: UnsafeBufferPointer<UInt8>, spelling: UnsafeBufferPointer<UInt8>,
    documents: Room<UInt32>
  ) {
    guard !documents.isEmpty else { return }
    let base = valuePostings.count
    payload.bytes.removeAll(keepingCapacity: true)
    if documents.count == 1 {
      payload.varint(documents[0])
    } else {
      var expected: UInt32 = 0
      for document in documents {
        valuePostings.varint(document - expected)
        expected = document + 1
      }
      valuePostings.byte(valuePostings.shortSeal(from: base))
      payload.varint(documents.count)
      payload.varint(valuePostings.count - base)
    }
    payload.append(spelling)
    values.append(
      key, payload: payload.bytes, inlineCount: documents.count == 1 ? 1 : 0, bases: (base, 0))
  }

  /// The symbols that make the segment's keys and values short.
  private func symbols() -> SymbolCoder {
    var training = SymbolTraining()
    terms.sample(SymbolTraining.enough / 2, to: &training)
    values.sample(SymbolTraining.enough / 8, to: &training)
    stored.sample(SymbolTraining.enough / 4, to: &training)
    keys.sample(SymbolTraining.enough / 8, to: &training)
    return training.coder()
  }

  /// Hands positions on to the file when there are many.
  private mutating func flushPositions(to least: Int) throws(IndexError) {
    guard postings.positions.count > least else { return }
    positionsChecksum.add(postings.positions.bytes)
    positionsFlushed += postings.positions.count
    try file.write(postings.positions.bytes)
    postings.positions.bytes.removeAll(keepingCapacity: true)
  }

  /// Finishes the file; returns what the head needs to know of it.
  mutating func finish() throws(IndexError) -> SegmentSummary {
    try flushPositions(to: -1)
    postings.positions = ByteBuffer()
    var nameTable = ByteBuffer()
    nameTable.varint(stored.names.count)
    for name in stored.names { nameTable.string(name) }
    let symbols = self.symbols()
    let (termCount, valueCount) = (terms.count, values.count)
    // What has been coded is let go of at once.
    var large: [(ordinals: [Int], postings: Int)] = []
    let stemTable = stems.table(RangeBounds.leastPostings) { large.append(($0, $1)) }.coded(symbols)
    stems = StemCollector(language: .none)
    let boundSection = bounds.section(
      large, postings.documents.bytes, reference, proseFields: schema.proseFields,
      lengths: lengths.bytes, spans: spans.bytes)
    bounds = RangeBoundsCollector(shapes)
    let termTable = terms.coded(symbols)
    terms = FrontCodedTableWriter()
    let valueTable = values.coded(symbols)
    values = FrontCodedTableWriter()
    let keyColumn = keys.coded(symbols)
    keys = KeyColumnWriter()
    let storedColumn = stored.coded(symbols)
    stored = StoredColumnWriter()
    let sections: [(SegmentSection, [UInt8])] = [
      (.keyOffsets, keyColumn.offsets), (.keys, keyColumn.keys), (.stamps, stamps.bytes),
      (.lengths, lengths.bytes), (.spans, spans.bytes), (.days, days.bytes),
      (.reference, BoundReference.encoded(reference)), (.storedOffsets, storedColumn.offsets),
      (.stored, storedColumn.stored), (.names, nameTable.bytes), (.shapes, shapes.encoded()),
      (.symbols, symbols.encoded), (.termKeys, termTable.sparse), (.termData, termTable.data),
      (.postings, postings.documents.bytes), (.positions, []),
      (.stemKeys, stemTable.sparse), (.stemData, stemTable.data),
      (.valueKeys, valueTable.sparse), (.valueData, valueTable.data),
      (.valuePostings, valuePostings.bytes), (.bounds, boundSection),
    ]
    var header = ByteBuffer(bytes: SegmentFormat.magic)
    header.fixed(SegmentFormat.version)
    header.fixed(UInt32(documentCount))
    header.fixed(UInt32(termCount))
    header.fixed(UInt32(valueCount))
    header.fixed(tokenCount)
    header.fixed(newestDay)
    header.pad(to: SegmentFormat.headerSize)

    var table = ByteBuffer()
    var offset = header.count + positionsFlushed
    offset += try pad(positionsFlushed)
    for (section, bytes) in sections {
      table.fixed(section.rawValue)
      if section == .positions {
        table.fixed(positionsChecksum.value)
        table.fixed(UInt64(header.count))
        table.fixed(UInt64(positionsFlushed))
        continue
      }
      table.fixed(bytes.withUnsafeBytes { ColumnSum.checksum(section, $0) })
      table.fixed(UInt64(offset))
      table.fixed(UInt64(bytes.count))
      try file.write(bytes)
      offset += bytes.count
      offset += try pad(bytes.count)
    }
    let checksum = CRC32C.checksum(header.bytes + table.bytes)
    table.fixed(UInt32(sections.count))
    table.fixed(checksum)
    table.bytes += SegmentFormat.magic
    try file.write(table.bytes)
    try file.finish(header: header.bytes)
    return SegmentSummary(
      fileLength: UInt64(offset + table.count), checksum: checksum, documentCount: documentCount,
      liveLengths: lengthSums)
  }

  /// Fills up behind a section of so many bytes; returns by how many.
  private func pad(_ count: Int) throws(IndexError) -> Int {
    let padding = (SegmentFormat.alignment - count % SegmentFormat.alignment) % 64
    try file.write([UInt8](repeating: 0, count: padding))
    return padding
  }
}

/// What the head says of a segment.
struct SegmentSummary: Equatable {
  var fileLength: UInt64
  var checksum: UInt32
  var documentCount: Int
  var liveLengths: LengthSums
}
