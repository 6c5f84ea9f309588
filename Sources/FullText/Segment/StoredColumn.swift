// The stored attributes of a segment's documents, in two sections.
//   storedOffsets  u32 for each document and one more: where its attributes start in `stored`
//   stored         a document: varint count, then for each attribute varint (name number << 1 |
//                  isRepeated) and the value: varint bytes and the bytes, or when it is repeated
//                  varint offset in `stored` of an earlier copy (its varint length); at the end a
//                  seal (u16) of the document's key and attributes, as `StoredColumn.seal` has it

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Writes the stored attributes; short values that occur again are written once.
struct StoredColumnWriter {
  private static let longestShared = 64

  private(set) var offsets = ByteBuffer()
  private(set) var stored = ByteBuffer()
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var places: [[UInt8]: Int] = [:]

  mutating func append(
    _ attributes: some Sequence<(name: String, value: String)>,
    key: UnsafeBufferPointer<UInt8>
  ) {
    offsets.fixed(UInt32(truncatingIfNeeded: stored.count))
    let attributes = Array(attributes)
    defer { stored.fixed(StoredColumn.seal(key, attributes)) }
    stored.varint(attributes.count)
    for attribute in attributes {
      let name = number(ofName: attribute.name)
      let value = Array(attribute.value.utf8)
      if let place = places[value] {
        stored.varint(name << 1 | 1)
        stored.varint(place)
        continue
      }
      stored.varint(name << 1)
      if value.count > 3, value.count <= Self.longestShared { places[value] = stored.count }
      stored.varint(value.count)
      stored.bytes += value
    }
  }

  mutating func finish() { offsets.fixed(UInt32(truncatingIfNeeded: stored.count)) }

  private mutating func number(ofName name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}

/// Reads the stored attributes in place.
enum StoredColumn {
  static let sealSize = 2

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

  /// Whether the attributes in `part` and `key` have the seal they were written with.
  static func isIntact(
    _ stored: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, names: [String], key: KeyWalker
  ) -> Bool {
    guard part.count > sealSize else { return false }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    key.withKey { bytes.append(contentsOf: $0) }
    bytes.append(0)
    var reader = ByteReader(stored, from: part.lowerBound, count: part.count - sealSize)
    for _ in 0..<reader.varint() {
      let head = Int(reader.varint())
      guard !reader.isDamaged, head >> 1 < names.count else { return false }
      bytes.append(contentsOf: names[head >> 1].utf8)
      bytes.append(0)
      if head & 1 == 1 {
        let place = Int(reader.varint())
        var earlier = ByteReader(stored, from: place, count: stored.count - place)
        bytes.append(contentsOf: earlier.bytes(Int(earlier.varint())))
        if earlier.isDamaged { return false }
      } else {
        bytes.append(contentsOf: reader.bytes(Int(reader.varint())))
      }
      bytes.append(0)
    }
    let seal = UInt16(stored[part.upperBound - 2]) | UInt16(stored[part.upperBound - 1]) << 8
    return !reader.isDamaged
      && bytes.withUnsafeBufferPointer { Seal.of($0.baseAddress!, $0.count) } == seal
  }

  /// Attributes that are longer together are put together in an array.
  private static let longestQuick = 2048

  /// The same for a key that is at hand, without allocating; nil when they are too long for that.
  static func isIntact(
    _ stored: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, names: [[UInt8]],
    key: UnsafeBufferPointer<UInt8>
  ) -> Bool? {
    guard part.count > sealSize else { return false }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestQuick) { room in
      var count = 0
      func put(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count + bytes.count < longestQuick else { return false }
        if bytes.count > 0 { memcpy(room.baseAddress! + count, bytes.baseAddress!, bytes.count) }
        count += bytes.count
        room[count] = 0
        count += 1
        return true
      }
      guard put(key) else { return nil }
      var reader = ByteReader(stored, from: part.lowerBound, count: part.count - sealSize)
      for _ in 0..<reader.varint() {
        let head = Int(reader.varint())
        guard !reader.isDamaged, head >> 1 < names.count else { return false }
        guard names[head >> 1].withUnsafeBufferPointer({ put($0) }) else { return nil }
        var value = reader
        if head & 1 == 1 {
          let place = Int(reader.varint())
          value = ByteReader(stored, from: place, count: stored.count - place)
        }
        let bytes = value.bytes(Int(value.varint()))
        if value.isDamaged { return false }
        guard put(bytes) else { return nil }
        if head & 1 == 0 { reader = value }
      }
      let seal = UInt16(stored[part.upperBound - 2]) | UInt16(stored[part.upperBound - 1]) << 8
      return !reader.isDamaged && Seal.of(room.baseAddress!, count) == seal
    }
  }

  static func attributes(
    _ stored: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, names: [String]
  ) -> [(name: String, value: String)] {
    var reader = ByteReader(stored, from: part.lowerBound, count: part.count)
    var attributes: [(name: String, value: String)] = []
    for _ in 0..<reader.varint() {
      let head = Int(reader.varint())
      let value: String
      if head & 1 == 1 {
        let place = Int(reader.varint())
        var earlier = ByteReader(stored, from: place, count: stored.count - place)
        value = earlier.string()
        if earlier.isDamaged { break }
      } else {
        value = reader.string()
      }
      guard !reader.isDamaged, head >> 1 < names.count else { break }
      attributes.append((names[head >> 1], value))
    }
    return attributes
  }
}
