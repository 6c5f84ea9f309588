// The keys of a segment's documents, ascending by bytes, in two sections.
//   keyOffsets  u32 for each 8 documents: where the first of them starts in `keys`
//   keys        the first of 8 documents: varint bytes, those bytes; another: varints of the bytes
//               shared with the start and with the end of the key before and of what stands between
//               << 1 | isPlain; that, as codes of the segment's symbols unless it is plain

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Gathers the keys; `coded` writes them when the symbols are known.
struct KeyColumnWriter {
  static let group = 8

  /// A key: varints of the bytes shared with the start and the end of the one before and of the bytes
  /// between; those.
  private var entries = ByteBuffer()
  private var last: [UInt8] = []
  private var count = 0

  mutating func append(_ key: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var end = 0
    if count % Self.group > 0 {
      var most = min(last.count, key.count)
      while start < most, last[start] == key[start] { start += 1 }
      most -= start
      while end < most, last[last.count - 1 - end] == key[key.count - 1 - end] { end += 1 }
    }
    entries.varint(start)
    entries.varint(end)
    entries.varint(key.count - start - end)
    entries.append(UnsafeBufferPointer(rebasing: key[start..<key.count - end]))
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: key)
    count += 1
  }

  private func forEachEntry(
    _ body: (_ start: Int, _ end: Int, _ between: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    entries.bytes.withUnsafeBufferPointer {
      var reader = ByteReader($0)
      for _ in 0..<count {
        let start = Int(reader.varint())
        let end = Int(reader.varint())
        body(start, end, reader.bytes(Int(reader.varint())))
      }
    }
  }

  /// Gives a sample of what keys do not share, about `most` bytes, to a training of symbols.
  func sample(_ most: Int, to training: inout SymbolTraining) {
    let step = max(1, entries.count / max(1, most))
    var number = 0
    forEachEntry { _, _, between in
      if number % step == 0 { training.add(between) }
      number += 1
    }
  }

  /// The two sections.
  func coded(_ symbols: SymbolCoder) -> (offsets: [UInt8], keys: [UInt8]) {
    var offsets = ByteBuffer()
    var keys = ByteBuffer()
    var text = ByteBuffer()
    var number = 0
    forEachEntry { start, end, between in
      if number % Self.group == 0 {
        offsets.fixed(UInt32(truncatingIfNeeded: keys.count))
        keys.varint(between.count)
        keys.append(between)
      } else {
        text.bytes.removeAll(keepingCapacity: true)
        let isPlain = !symbols.append(between, to: &text)
        if isPlain { text.append(between) }
        keys.varint(start)
        keys.varint(end)
        keys.varint(text.count << 1 | (isPlain ? 1 : 0))
        text.bytes.withUnsafeBufferPointer { keys.append($0) }
      }
      number += 1
    }
    return (offsets.bytes, keys.bytes)
  }
}

/// Reads the keys in place.
struct KeyColumn {
  fileprivate let offsets: UnsafeBufferPointer<UInt8>
  fileprivate let keys: UnsafeBufferPointer<UInt8>
  fileprivate let symbols: SymbolTable
  let count: Int

  init(
    offsets: UnsafeBufferPointer<UInt8>, keys: UnsafeBufferPointer<UInt8>, symbols: SymbolTable,
    count: Int
  ) {
    self.symbols = symbols
    self.offsets = offsets
    self.keys = keys
    self.count = count
  }

  static func groups(of count: Int) -> Int {
    (count + KeyColumnWriter.group - 1) / KeyColumnWriter.group
  }

  /// A walk whose first step leads to `document`.
  func walk(from document: Int) -> KeyWalker { KeyWalker(self, document) }

  fileprivate func groupStart(_ group: Int) -> Int {
    Int(
      UInt32(
        littleEndian: UnsafeRawPointer(offsets.baseAddress!)
          .loadUnaligned(fromByteOffset: group * 4, as: UInt32.self)))
  }

  /// The whole key that opens a group of documents.
  private func first(ofGroup group: Int) -> UnsafeBufferPointer<UInt8> {
    let start = groupStart(group)
    var reader = ByteReader(keys, from: start, count: keys.count - start)
    return reader.bytes(Int(reader.varint()))
  }

  /// The first document whose key is at or after `key`, or the document count.
  func lowerBound(_ key: UnsafeBufferPointer<UInt8>) -> Int {
    var low = 0
    var high = Self.groups(of: count)
    while low < high {
      let middle = (low + high) / 2
      if compare(first(ofGroup: middle), key) <= 0 { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let start = (low - 1) * KeyColumnWriter.group
    var walker = walk(from: start)
    for document in start..<min(count, start + KeyColumnWriter.group) {
      guard walker.next(), walker.withKey({ compare($0, key) }) < 0 else { return document }
    }
    return min(count, start + KeyColumnWriter.group)
  }
}

/// Walks the keys forwards.
struct KeyWalker {
  private let column: KeyColumn
  private var reader: ByteReader
  private var upcoming: Int
  private var bytes = [UInt8](repeating: 0, count: 256)
  private var length = 0

  fileprivate init(_ column: KeyColumn, _ document: Int) {
    self.column = column
    let group = document / KeyColumnWriter.group
    upcoming = group * KeyColumnWriter.group
    let start = document < column.count ? column.groupStart(group) : 0
    reader = ByteReader(column.keys, from: start, count: column.keys.count - start)
    if upcoming < document { _ = step(document - upcoming) }
  }

  /// Goes to the next key; false behind the last or where the keys are damaged.
  mutating func next() -> Bool { step(1) }

  /// Goes on by so many keys.
  private mutating func step(_ steps: Int) -> Bool {
    var left = steps
    while left > 0 {
      guard upcoming < column.count else { return false }
      let (symbols, group) = (column.symbols, KeyColumnWriter.group)
      var (reader, length, number) = (reader, length, upcoming)
      // What the next key may need where there is no room for it.
      var needed = 0
      let isGood = bytes.withUnsafeMutableBufferPointer { bytes -> Bool in
        let base = bytes.baseAddress!
        while left > 0 {
          let before = reader
          let isFirst = number % group == 0
          let start = isFirst ? 0 : Int(reader.varint())
          let end = isFirst ? 0 : Int(reader.varint())
          let opening = Int(reader.varint())
          let isPlain = isFirst || opening & 1 == 1
          let between = reader.bytes(isFirst ? opening : opening >> 1)
          guard !reader.isDamaged, isFirst || start + end <= length else { return false }
          let limit = isPlain ? between.count : between.count &* SymbolTable.longest
          // A short end waits in registers, a long one where it is in nobody's way.
          let aside = max(length, start + limit + SymbolTable.longest)
          if aside + end + 16 > bytes.count {
            needed = aside + end + 16
            reader = before
            return true
          }
          let source = UnsafeRawPointer(base + (length - end))
          let short = source.loadUnaligned(as: SIMD16<UInt8>.self)
          if end > 16 { memcpy(base + aside, source, end) }
          var count = between.count
          if isPlain {
            if let from = between.baseAddress { memcpy(base + start, from, count) }
          } else {
            guard let decoded = symbols.decode(between, into: base + start, limit: limit) else {
              return false
            }
            count = decoded
          }
          let behind = base + (start + count)
          if end > 16 {
            // A long one may reach from its new place into where it waits.
            memmove(behind, base + aside, end)
          } else {
            UnsafeMutableRawPointer(behind).storeBytes(of: short, as: SIMD16<UInt8>.self)
          }
          length = start + count + end
          number += 1
          left -= 1
          if number == column.count { break }
        }
        return true
      }
      self.reader = reader
      upcoming = number
      self.length = isGood ? length : 0
      guard isGood else { return false }
      if needed > 0 {
        bytes.append(contentsOf: repeatElement(0, count: 2 * needed - bytes.count))
      } else if left > 0 {
        return false
      }
    }
    return true
  }

  /// The current key.
  var key: [UInt8] { Array(bytes[..<length]) }

  func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[..<length])) }
  }
}
