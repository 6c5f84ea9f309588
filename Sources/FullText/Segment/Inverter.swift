/// Turns documents, added in ascending order of their keys, into a segment file.
///
/// Sort-based: tokens go as term numbers into one flat buffer, 4 bytes each; at the end they are
/// counted, scattered by term and written. Memory: about 16 bytes a token.
struct Inverter {
  /// Tokens after which the caller should write what there is: 64 MB in two threads.
  static let tokenBudget = 3_000_000
  /// Positions left free between runs that do not join.
  static let gap = 2
  private static let lastPosition = 1 << 28

  private struct Entry {
    var key: [UInt8]
    var mark: UInt64
    var length: UInt8
    var span: UInt32
    var day: UInt16
    var attributes: [(name: String, value: String)]
    /// The document's runs: field, and where the run's tokens end.
    var runs: [(field: UInt8, end: Int)]
  }

  /// The analyser's sink. A token word is `term << 2 | step`.
  private struct Stream: TokenSink {
    var terms = TermTable()
    var counts: [UInt32] = []
    var words: [UInt32] = []
    /// The last position that a token moved on to.
    var last = -1

    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      let term = terms.number(text)
      if Int(term) == counts.count { counts.append(1) } else { counts[Int(term)] += 1 }
      if token.position == last + 1 {
        words.append(term << 2)
        last = token.position
      } else if token.position == last {
        words.append(term << 2 | 1)
      } else {
        words.append(term << 2 | 2)
        words.append(UInt32(token.position))
        last = max(last, token.position)
      }
    }
  }

  private var analyser = Analyser()
  private var stream = Stream()
  private var entries: [Entry] = []
  private var values: [[UInt8]: (spelling: [UInt8], documents: [UInt32])] = [:]
  private let schema: Schema
  private let options: IndexOptions

  init(schema: Schema, options: IndexOptions) {
    self.schema = schema
    self.options = options
  }

  var documentCount: Int { entries.count }
  var isFull: Bool { stream.words.count >= Self.tokenBudget }

  mutating func add(_ document: Document) {
    let number = UInt32(entries.count)
    var body = 0
    var title = 0
    var runs: [(field: UInt8, end: Int)] = []
    var position = 0
    stream.last = -1
    document.text.withUnsafeBufferPointer { text in
      for run in document.runs where run.field < schema.fields.count {
        let range = run.range.clamped(to: 0..<text.count)
        guard position < Self.lastPosition else { break }
        if !run.joinsPrevious, position > 0 { position += Self.gap }
        let start = position
        position = analyser.run(text, range, position: position, into: &stream)
        if schema.lengthFields & 1 << run.field != 0 { body += position - start }
        if schema.titleFields & 1 << run.field != 0 { title += position - start }
        runs.append((run.field, stream.words.count))
      }
    }
    for attribute in document.attributes where attribute.isIndexed {
      addValue(attribute, number)
    }
    let day = document.attributes.first { $0.name == "modified" }.map { Day.number($0.value) } ?? 0
    entries.append(
      Entry(
        key: Array(document.key.utf8), mark: document.stamp.mark,
        length: LengthByte.byte(body: UInt32(body), title: UInt32(title)),
        span: UInt32(position), day: day,
        attributes: document.attributes.filter(\.isStored).map { ($0.name, $0.value) }, runs: runs))
  }

  private mutating func addValue(_ attribute: Attribute, _ document: UInt32) {
    let key =
      attribute.isWhole
      ? AttributeKey.wholeKey(name: attribute.name, value: attribute.value)
      : AttributeKey.key(name: attribute.name, value: attribute.value)
    if values[key] == nil {
      let folded = key.dropFirst(AttributeKey.name(attribute.name).count)
      let spelling = Array(attribute.value.utf8.prefix(AttributeKey.longestValue))
      let isKnown = attribute.isStored || attribute.isWhole
      values[key] = (isKnown ? [] : Spelling.coded(spelling, folded: folded), [document])
    } else if values[key]!.documents.last != document {
      values[key]!.documents.append(document)
    }
  }

  /// Writes the segment to `path`; returns what the head needs to know of it.
  mutating func write(to path: String) throws(IndexError) -> SegmentSummary {
    let postings = scatter()
    defer { postings.places.deallocate() }
    var writer = SegmentWriter(
      shapes: Self.shapes(postings), schema: schema, language: options.language)
    for entry in entries {
      entry.key.withUnsafeBufferPointer {
        writer.addDocument(
          key: $0, mark: entry.mark, length: entry.length, span: entry.span, day: entry.day,
          attributes: entry.attributes)
      }
    }
    addTerms(postings, to: &writer)
    for (key, value) in values.sorted(by: { isBelow($0.key, $1.key) }) {
      key.withUnsafeBufferPointer { key in
        value.spelling.withUnsafeBufferPointer {
          writer.addValue(key, spelling: $0, documents: value.documents)
        }
      }
    }
    return try writer.summary(to: path)
  }

  /// All occurrences by term, then document: `document << 32 | position << 3 | field`.
  private struct Scattered {
    var starts: [Int]
    var places: UnsafeMutableBufferPointer<UInt64>
  }

  /// Scatters the token stream by term and lets go of it.
  private mutating func scatter() -> Scattered {
    var starts = [Int](repeating: 0, count: stream.counts.count + 1)
    for (term, count) in stream.counts.enumerated() { starts[term + 1] = starts[term] + Int(count) }
    let total = starts.last ?? 0
    let scattered = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: max(1, total))
    var next = starts
    next.withUnsafeMutableBufferPointer { next in
      stream.words.withUnsafeBufferPointer { words in
        var at = 0
        for (document, entry) in entries.enumerated() {
          var last = -1
          for run in entry.runs {
            while at < run.end {
              let word = words[at]
              at += 1
              var position = last
              switch word & 3 {
              case 0:
                position += 1
              case 2:
                position = Int(words[at])
                at += 1
              default: break
              }
              last = max(last, position)
              let place = UInt32(position) << 3 | UInt32(run.field)
              let slot = next[Int(word >> 2)]
              scattered[slot] = UInt64(document) << 32 | UInt64(place)
              next[Int(word >> 2)] = slot + 1
            }
          }
        }
      }
    }
    stream.words = []
    return Scattered(starts: starts, places: scattered)
  }

  /// The commonest shapes of the postings.
  private static func shapes(_ postings: Scattered) -> ShapeTable {
    var counter = ShapeCounter()
    for term in 0..<postings.starts.count - 1 {
      var document = UInt64.max
      var shape: UInt64 = 0
      for slot in postings.starts[term]..<postings.starts[term + 1] {
        let value = postings.places[slot]
        if value >> 32 != document {
          if shape != 0 { counter.add(shape) }
          document = value >> 32
          shape = 0
        }
        // A frequency of 256 would run over into the next field: 255 stands for more as well.
        let field = (value & 7) * 8
        if shape >> field & 0xFF < 255 { shape += 1 << field }
      }
      if shape != 0 { counter.add(shape) }
    }
    return ShapeTable(counter.counted)
  }

  private mutating func addTerms(_ postings: Scattered, to writer: inout SegmentWriter) {
    var stage = PostingsStage()
    let terms = stream.terms
    let order = terms.sorted()
    terms.withText { text in
      for number in order {
        let term = UnsafeBufferPointer(rebasing: text[terms.term(Int(number))])
        let keeps = PostingsFormat.hasPositions(term)
        stage.clear()
        for slot in postings.starts[Int(number)]..<postings.starts[Int(number) + 1] {
          let value = postings.places[slot]
          stage.add(
            UInt32(value >> 32), UInt32(truncatingIfNeeded: value), keepingPlace: keeps)
        }
        stage.order()
        writer.addTerm(term, stage)
      }
    }
  }
}

/// How attribute names and values become keys of the value table.
enum AttributeKey {
  /// Longest folded value that is told apart, in bytes.
  static let longestValue = 1024
  private static let longestName = 256

  /// The folded name and the zero behind it: what all keys of the attribute start with.
  static func name(_ name: String) -> [UInt8] {
    var key = Array(TextFolding.foldedBytes(name).prefix(longestName))
    key.removeAll { $0 == 0 }
    key.append(0)
    return key
  }

  static func value(_ value: String) -> [UInt8] {
    Array(TextFolding.foldedBytes(value).prefix(longestValue))
  }

  static func key(name: String, value: String) -> [UInt8] {
    self.name(name) + self.value(value)
  }

  /// The key of a value that is only asked for whole: six bytes of its hash stand for it.
  static func wholeKey(name: String, value: String) -> [UInt8] {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for byte in self.value(value) {
      hash = (hash ^ UInt64(byte)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    hash = hash &* 0xC4CE_B9FE_1A85_EC53
    return self.name(name) + (2..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(8 * $0)) }
  }
}

/// What the head says of a segment.
struct SegmentSummary: Equatable {
  var fileLength: UInt64
  var checksum: UInt32
  var documentCount: Int
  var liveLengths: LengthSums
}

extension SegmentWriter {
  mutating func summary(to path: String) throws(IndexError) -> SegmentSummary {
    let written = try write(to: path)
    return SegmentSummary(
      fileLength: written.length, checksum: written.checksum, documentCount: documentCount,
      liveLengths: lengthSums)
  }
}
