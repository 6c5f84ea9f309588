// The stored attributes of a segment's documents, in two sections.
//   storedOffsets  u32 for each 16 documents: where the first of them starts in `stored`
//   stored         a document: varint bytes that follow; varint count, then for each attribute
//                  varint (name number << 1 | isRepeated) and the value: varint (bytes << 1 |
//                  isPlain) and the bytes, as codes of the segment's symbols unless they are plain,
//                  or when it is repeated varint offset in `stored` of an earlier copy (its varint);
//                  at the end a seal (u16) of the document's key and attributes, as
//                  `StoredColumn.seal` has it

/// Gathers the stored attributes, short values that occur again only once; `coded` writes them when
/// the symbols are known.
struct StoredColumnWriter {
  private static let longestShared = 64

  /// A document: varint count; an attribute: varint name << 2 | isFirstCopy << 1 | isRepeated; varint
  /// bytes and the bytes, or varint number of the first copy; at the end the seal.
  private var entries = ByteBuffer()
  private var count = 0
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]
  /// The numbers of short values' first copies.
  private var copies: [[UInt8]: Int] = [:]

  mutating func append(
    _ attributes: some Sequence<(name: String, value: String)>,
    key: UnsafeBufferPointer<UInt8>
  ) {
    let attributes = Array(attributes)
    // Copies in the same document are none: where it stands is not known before its end.
    let known = copies.count
    entries.varint(attributes.count)
    for attribute in attributes {
      let name = number(ofName: attribute.name)
      let value = Array(attribute.value.utf8)
      let copy = copies[value]
      if let copy, copy < known {
        entries.varint(name << 2 | 1)
        entries.varint(copy)
        continue
      }
      let isFirstCopy = copy == nil && value.count > 3 && value.count <= Self.longestShared
      if isFirstCopy { copies[value] = copies.count }
      entries.varint(name << 2 | (isFirstCopy ? 2 : 0))
      entries.varint(value.count)
      entries.bytes += value
    }
    entries.fixed(StoredColumn.seal(key, attributes))
    count += 1
  }

  private mutating func number(ofName name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  private func forEachDocument(
    _ body: (
      _ attributes: [(head: UInt32, copy: Int, value: UnsafeBufferPointer<UInt8>)], _ seal: UInt16
    ) -> Void
  ) {
    entries.bytes.withUnsafeBufferPointer {
      var reader = ByteReader($0)
      var attributes: [(head: UInt32, copy: Int, value: UnsafeBufferPointer<UInt8>)] = []
      for _ in 0..<count {
        attributes.removeAll(keepingCapacity: true)
        for _ in 0..<reader.varint() {
          let head = reader.varint()
          let number = Int(reader.varint())
          let isRepeated = head & 1 == 1
          attributes.append((head, isRepeated ? number : 0, reader.bytes(isRepeated ? 0 : number)))
        }
        body(attributes, reader.fixed(UInt16.self))
      }
    }
  }

  /// Gives a sample of values, about `most` bytes, to a training of symbols.
  func sample(_ most: Int, to training: inout SymbolTraining) {
    let step = max(1, entries.count / max(1, most))
    var number = 0
    forEachDocument { attributes, _ in
      number += 1
      if number % step != 0 { return }
      for attribute in attributes { training.add(attribute.value) }
    }
  }

  /// The two sections.
  func coded(_ symbols: SymbolCoder) -> (offsets: [UInt8], stored: [UInt8]) {
    var offsets = ByteBuffer()
    var stored = ByteBuffer()
    var record = ByteBuffer()
    var text = ByteBuffer()
    // Where the first copies stand, those of the current document counted from its record.
    var places: [Int] = []
    var number = 0
    forEachDocument { attributes, seal in
      if number % StoredColumn.group == 0 {
        offsets.fixed(UInt32(truncatingIfNeeded: stored.count))
      }
      number += 1
      record.bytes.removeAll(keepingCapacity: true)
      let known = places.count
      record.varint(attributes.count)
      for (head, copy, value) in attributes {
        record.varint((head >> 2) << 1 | head & 1)
        if head & 1 == 1 {
          record.varint(places[copy])
          continue
        }
        if head & 2 == 2 { places.append(record.count) }
        text.bytes.removeAll(keepingCapacity: true)
        let isPlain = !symbols.append(value, to: &text)
        if isPlain { text.append(value) }
        record.varint(text.count << 1 | (isPlain ? 1 : 0))
        text.bytes.withUnsafeBufferPointer { record.append($0) }
      }
      record.fixed(seal)
      stored.varint(record.count)
      for copy in known..<places.count { places[copy] += stored.count }
      record.bytes.withUnsafeBufferPointer { stored.append($0) }
    }
    return (offsets.bytes, stored.bytes)
  }
}

/// Reads the stored attributes in place.
struct StoredColumn {
  static let group = 16
  static let sealSize = 2

  let offsets: UnsafeBufferPointer<UInt8>
  let stored: UnsafeBufferPointer<UInt8>
  let names: [String]
  let symbols: SymbolTable

  /// The seal of a document: of its key, a 0, and each attribute's name, a 0, its value and a 0.
  static func seal(
    _ key: UnsafeBufferPointer<UInt8>, _ attributes: [(name: String, value: String)]
  ) -> UInt16 {
    var bytes = Array(key)
    bytes.append(0)
    for attribute in attributes {
      bytes.append(contentsOf: attribute.name.utf8)
      bytes.append(0)
      bytes.append(contentsOf: attribute.value.utf8)
      bytes.append(0)
    }
    return bytes.withUnsafeBufferPointer { Seal.of($0.baseAddress!, $0.count) }
  }

  static func groups(of count: Int) -> Int { (count + group - 1) / group }

  /// The bytes of a document, which is one of those there are; nil when they are damaged.
  private func record(_ document: Int) -> UnsafeBufferPointer<UInt8>? {
    let group = document / Self.group
    guard (group + 1) * 4 <= offsets.count, let base = offsets.baseAddress else { return nil }
    let start = Int(
      UInt32(
        littleEndian: UnsafeRawPointer(base).loadUnaligned(
          fromByteOffset: group * 4, as: UInt32.self)))
    var reader = ByteReader(stored, from: start, count: stored.count - start)
    for _ in 0..<document % Self.group { _ = reader.bytes(Int(reader.varint())) }
    let record = reader.bytes(Int(reader.varint()))
    return reader.isDamaged || record.count <= Self.sealSize ? nil : record
  }

  /// Calls `body` with each attribute of a document: its name and what its value is written with.
  /// False when they are damaged.
  @inline(__always)
  private func forEachAttribute(
    of record: UnsafeBufferPointer<UInt8>,
    _ body: (_ name: String, _ value: UnsafeBufferPointer<UInt8>, _ isPlain: Bool) -> Bool
  ) -> Bool {
    var reader = ByteReader(record, from: 0, count: record.count - Self.sealSize)
    for _ in 0..<reader.varint() {
      let head = Int(reader.varint())
      guard !reader.isDamaged, head >> 1 < names.count else { return false }
      let value: UnsafeBufferPointer<UInt8>
      let opening: UInt32
      if head & 1 == 1 {
        let place = Int(reader.varint())
        var earlier = ByteReader(stored, from: place, count: stored.count - place)
        opening = earlier.varint()
        value = earlier.bytes(Int(opening >> 1))
        if earlier.isDamaged { return false }
      } else {
        opening = reader.varint()
        value = reader.bytes(Int(opening >> 1))
      }
      guard !reader.isDamaged, body(names[head >> 1], value, opening & 1 == 1) else { return false }
    }
    return true
  }

  /// Whether the attributes of a document and its `key` have the seal they were written with.
  func isIntact(_ document: Int, key: KeyWalker) -> Bool {
    guard let record = record(document) else { return false }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    key.withKey { bytes.append(contentsOf: $0) }
    bytes.append(0)
    let isWhole = forEachAttribute(of: record) { name, value, isPlain in
      bytes.append(contentsOf: name.utf8)
      bytes.append(0)
      if isPlain {
        bytes.append(contentsOf: value)
      } else if !symbols.decode(value, behind: &bytes) {
        return false
      }
      bytes.append(0)
      return true
    }
    let seal = UInt16(record[record.count - 2]) | UInt16(record[record.count - 1]) << 8
    return isWhole && bytes.withUnsafeBufferPointer { Seal.of($0.baseAddress!, $0.count) } == seal
  }

  /// The attributes of a document, up to where they are damaged.
  func attributes(_ document: Int) -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    forEachAttribute(of: document) { attributes.append(($0, $1)) }
    return attributes
  }

  /// Calls `body` with the attributes of a document, up to where they are damaged.
  func forEachAttribute(of document: Int, _ body: (_ name: String, _ value: String) -> Void) {
    guard let record = record(document) else { return }
    _ = forEachAttribute(of: record) { name, value, isPlain in
      if isPlain {
        body(name, String(decoding: value, as: UTF8.self))
      } else {
        guard let value = symbols.decoded(value) else { return false }
        body(name, String(decoding: value, as: UTF8.self))
      }
      return true
    }
  }
}
