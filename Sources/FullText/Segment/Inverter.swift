/// Turns documents, added in ascending order of their keys, into a run.
///
/// Sort-based: tokens go as term numbers into one flat buffer, 4 bytes each; at the end they are
/// counted and scattered by term. Memory: about 15 bytes a token.
struct Inverter {
  /// Tokens after which the caller should finish the run.
  static let tokenBudget = 1_500_000
  /// Bytes of documents and values after which it should do so too.
  private static let byteBudget = 8 << 20
  /// Positions left free between runs of text that do not join.
  static let gap = 2
  private static let lastPosition = 1 << 28

  private var analyser = Analyser()
  private var stream = TokenStream()
  private var documents = RunBytes()
  private var documentCount = 0
  private var values = ValueTable()
  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  /// The number of the name that was asked for last.
  private var lastName = -1
  /// What the keys of each attribute's values begin with.
  private var nameKeys: [[UInt8]] = []
  private var key = Room<UInt8>(capacity: 256)
  private let room = Room<UInt8>(capacity: Analyser.room)
  private let schema: Schema

  init(schema: Schema) { self.schema = schema }

  var isEmpty: Bool { documentCount == 0 }
  var isFull: Bool {
    stream.count >= Self.tokenBudget || documents.count + values.memory >= Self.byteBudget
  }

  mutating func add(_ document: Document) {
    let number = UInt32(documentCount)
    let (fields, lengthFields, titleFields) = (
      schema.fields.count, schema.lengthFields, schema.titleFields
    )
    var body = 0
    var title = 0
    var position = 0
    stream.beginDocument()
    document.text.withUnsafeBufferPointer { text in
      for run in document.runs where run.field < fields {
        let range = run.range.clamped(to: 0..<text.count)
        guard position < Self.lastPosition else { break }
        if !run.joinsPrevious, position > 0 { position += Self.gap }
        let start = position
        stream.beginField(run.field)
        position = analyser.run(
          text, range, position: position, room: room.base, into: &stream)
        if lengthFields & 1 << run.field != 0 { body += position - start }
        if titleFields & 1 << run.field != 0 { title += position - start }
      }
    }
    var day: UInt16?
    var stored = 0
    for attribute in document.attributes {
      if attribute.isIndexed { addValue(attribute, number) }
      if attribute.isStored { stored += 1 }
      if day == nil, attribute.name == "modified" { day = Day.number(attribute.value) }
    }
    Self.withBytes(document.key) { documents.counted($0) }
    documents.fixed(document.stamp.mark)
    documents.fixed(LengthByte.byte(body: UInt32(body), title: UInt32(title)))
    documents.varint(UInt32(position))
    documents.fixed(day ?? 0)
    documents.varint(UInt32(stored))
    for attribute in document.attributes where attribute.isStored {
      documents.varint(UInt32(self.number(ofName: attribute.name)))
      Self.withBytes(attribute.value) { documents.counted($0) }
    }
    documentCount += 1
  }

  private static func withBytes<Result>(
    _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var text = text
    return text.withUTF8(body)
  }

  /// Documents have much the same names in the same order: the one behind the last is tried first.
  private mutating func number(ofName name: String) -> Int {
    let next = lastName + 1 < names.count ? lastName + 1 : 0
    if next < names.count, names[next] == name {
      lastName = next
    } else if let number = numbers[name] {
      lastName = number
    } else {
      lastName = names.count
      numbers[name] = names.count
      names.append(name)
      nameKeys.append(AttributeKey.name(name))
    }
    return lastName
  }

  private mutating func addValue(_ attribute: Attribute, _ document: UInt32) {
    key.clear()
    let name = nameKeys[number(ofName: attribute.name)]
    name.withUnsafeBufferPointer { key.append($0) }
    Self.withBytes(attribute.value) { value in
      AttributeKey.append(value, to: &key)
      if attribute.isWhole { AttributeKey.makeWhole(&key, from: name.count) }
      let whole = key.buffer
      values.add(whole, document) {
        // The value as it is spelt is kept where nothing else says it.
        if attribute.isStored || attribute.isWhole { return [] }
        return Spelling.coded(
          Array(value.prefix(AttributeKey.longestValue)), folded: Array(whole[name.count...])[...])
      }
    }
  }

  /// The run of what was added; then begins anew, with the memory it has.
  mutating func finish() -> Run {
    var bytes = documents
    documents = RunBytes()
    var starts = [0, bytes.count]
    let shapes = stream.write(to: &bytes)
    starts.append(bytes.count)
    values.write(to: &bytes)
    starts.append(bytes.count)
    defer {
      documentCount = 0
      values.clear()
    }
    return Run(bytes, starts: starts, documentCount: documentCount, names: names, shapes: shapes)
  }

  /// Takes memory to use in the place of what the last run took along.
  mutating func reuse(_ bytes: RunBytes) {
    if documents.count == 0 {
      documents = bytes
      documents.clear()
    }
  }
}
