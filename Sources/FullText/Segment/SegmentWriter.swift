/// Puts a segment file together: documents, then terms, then attribute values, each in order.
struct SegmentWriter {
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

  private(set) var documentCount = 0
  /// The sums of the documents' lengths.
  private(set) var lengthSums = LengthSums()
  /// What the bounds of blocks are worked out with, once all documents are known.
  private var reference: BM25F?
  private(set) var tokenCount: UInt64 = 0

  init(shapes: ShapeTable, schema: Schema, language: Language) {
    self.shapes = shapes
    self.schema = schema
    postings = PostingsWriter(shapes)
    stems = StemCollector(language: language)
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
  mutating func addTerm(_ term: UnsafeBufferPointer<UInt8>, _ stage: borrowing PostingsStage) {
    guard !stage.isEmpty else { return }
    if reference == nil {
      let ranking = BM25F(schema, weights: [:], means: lengthSums.means(of: documentCount))
      reference = ranking
      postings.prepareBounds(ranking)
    }
    let bases = (postings.documents.count, postings.positions.count)
    payload.bytes.removeAll(keepingCapacity: true)
    let isInline = postings.writeInline(stage, spans: spans.bytes, to: &payload)
    if !isInline {
      let written = postings.write(stage, lengths: lengths.bytes, spans: spans.bytes)
      payload.varint(stage.documents.count)
      payload.varint(written.documents)
      payload.varint(written.positions)
    }
    stems.add(term, ordinal: terms.count)
    terms.append(
      term, payload: payload.bytes, inlineCount: isInline ? stage.documents.count : 0,
      bases: bases)
    tokenCount += UInt64(stage.occurrences)
  }

  /// Adds an attribute value, which comes after those before, with its ascending documents;
  /// `spelling` is as Spelling.swift has it.
  mutating func addValue(
    _ key: UnsafeBufferPointer<UInt8>, spelling: UnsafeBufferPointer<UInt8>, documents: [UInt32]
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

  /// Writes the file; returns its length in bytes and the checksum of its section table.
  mutating func write(to path: String) throws(IndexError) -> (length: UInt64, checksum: UInt32) {
    var nameTable = ByteBuffer()
    nameTable.varint(stored.names.count)
    for name in stored.names { nameTable.string(name) }
    let symbols = self.symbols()
    let stemTable = stems.table().coded(symbols)
    let termTable = terms.coded(symbols)
    let valueTable = values.coded(symbols)
    let keyColumn = keys.coded(symbols)
    let storedColumn = stored.coded(symbols)
    let sections: [(SegmentSection, [UInt8])] = [
      (.keyOffsets, keyColumn.offsets), (.keys, keyColumn.keys), (.stamps, stamps.bytes),
      (.lengths, lengths.bytes), (.spans, spans.bytes), (.days, days.bytes),
      (.reference, BoundReference.encoded(reference)), (.storedOffsets, storedColumn.offsets),
      (.stored, storedColumn.stored), (.names, nameTable.bytes), (.shapes, shapes.encoded()),
      (.symbols, symbols.encoded), (.termKeys, termTable.sparse), (.termData, termTable.data),
      (.postings, postings.documents.bytes), (.positions, postings.positions.bytes),
      (.stemKeys, stemTable.sparse), (.stemData, stemTable.data),
      (.valueKeys, valueTable.sparse), (.valueData, valueTable.data),
      (.valuePostings, valuePostings.bytes),
    ]
    var header = ByteBuffer(bytes: SegmentFormat.magic)
    header.fixed(SegmentFormat.version)
    header.fixed(UInt32(documentCount))
    header.fixed(UInt32(terms.count))
    header.fixed(UInt32(values.count))
    header.fixed(tokenCount)
    header.fixed(newestDay)
    header.pad(to: SegmentFormat.headerSize)

    var parts: [[UInt8]] = [header.bytes]
    var table = ByteBuffer()
    var offset = header.count
    for (section, bytes) in sections {
      table.fixed(section.rawValue)
      table.fixed(bytes.withUnsafeBytes { ColumnSum.checksum(section, $0) })
      table.fixed(UInt64(offset))
      table.fixed(UInt64(bytes.count))
      let padding = (SegmentFormat.alignment - bytes.count % SegmentFormat.alignment) % 64
      parts.append(bytes)
      if padding > 0 { parts.append([UInt8](repeating: 0, count: padding)) }
      offset += bytes.count + padding
    }
    let checksum = CRC32C.checksum(header.bytes + table.bytes)
    table.fixed(UInt32(sections.count))
    table.fixed(checksum)
    table.bytes += SegmentFormat.magic
    parts.append(table.bytes)
    try FileSystem.write(parts, to: path)
    return (UInt64(offset + table.count), checksum)
  }
}

extension FileSystem {
  /// Writes arrays one after another and waits until the disk has them.
  fileprivate static func write(_ parts: [[UInt8]], to path: String) throws(IndexError) {
    var buffers: [UnsafeRawBufferPointer] = []
    func descend(_ index: Int) throws(IndexError) {
      if index == parts.count {
        try write(buffers, to: path, synchronising: true)
        return
      }
      var result: Result<Void, IndexError> = .success(())
      parts[index].withUnsafeBytes {
        buffers.append($0)
        do throws(IndexError) { try descend(index + 1) } catch { result = .failure(error) }
      }
      try result.get()
    }
    try descend(0)
  }
}

/// Finds the terms that share a stem.
struct StemCollector {
  private let language: Language
  private var text: [UInt8] = []
  private var entries: [(prefix: UInt64, start: Int, count: Int, ordinal: Int)] = []
  /// Entries whose term is the stem itself.
  private var plain: [Bool] = []

  init(language: Language) { self.language = language }

  mutating func add(_ term: UnsafeBufferPointer<UInt8>, ordinal: Int) {
    guard language == .english, EnglishStemmer.accepts(term) else { return }
    let stem = EnglishStemmer.stem(term)
    let prefix = stem.withUnsafeBufferPointer { FrontCodedTable.prefix($0) }
    let isPlain = stem.withUnsafeBufferPointer { compare($0, term) == 0 }
    entries.append((prefix, text.count, stem.count, ordinal))
    plain.append(isPlain)
    text += stem
  }

  func table() -> FrontCodedTableWriter {
    var table = FrontCodedTableWriter()
    text.withUnsafeBufferPointer { text in
      func stem(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
          rebasing: text[entries[index].start..<entries[index].start + entries[index].count])
      }
      let order = entries.indices.sorted {
        if entries[$0].prefix != entries[$1].prefix {
          return entries[$0].prefix < entries[$1].prefix
        }
        let order = compare(stem($0), stem($1))
        return order != 0 ? order < 0 : entries[$0].ordinal < entries[$1].ordinal
      }
      var at = 0
      while at < order.count {
        var end = at + 1
        while end < order.count, compare(stem(order[at]), stem(order[end])) == 0 { end += 1 }
        if end - at > 1 || !plain[order[at]] {
          var payload = ByteBuffer()
          if end - at > FrontCodedTable.mostInline { payload.varint(end - at) }
          var before = 0
          for index in order[at..<end] {
            payload.varint(entries[index].ordinal - before)
            before = entries[index].ordinal
          }
          table.append(
            stem(order[at]), payload: payload.bytes,
            inlineCount: end - at > FrontCodedTable.mostInline ? 0 : end - at)
        }
        at = end
      }
    }
    return table
  }
}
