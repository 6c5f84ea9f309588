// A run: what one thread found in a stretch of documents, until all stretches become one segment. It
// lives in memory or, when there are several, in a file without a name that goes with the process.
//   documents  a document: varint bytes of the key, the key, mark (u64), length (u8), varint span,
//              day (u16), varint stored attributes, for each: varint name, varint bytes, the value
//   terms      ascending, a term: varint bytes, the term; a document: varint ((number - the one
//              before, at first -1) << 1 | several), then its place, or, for several, their number
//              and the places by field, then position, all varints; 0 behind the last; then 0
//   values     ascending, a value: varint bytes, the key; varint bytes of the spelling, the spelling;
//              varint documents, for each a varint with the number - the one before, at first -1;
//              then 0
// A place is position << 3 | field. Runs are read by the process that wrote them alone.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Bytes of a run in the making.
struct RunBytes {
  private(set) var bytes = Room<UInt8>(capacity: 1 << 12)

  var count: Int { bytes.count }

  @inline(__always)
  mutating func varint(_ value: UInt32) {
    bytes.makeRoom(5)
    var value = value
    var at = bytes.base + bytes.count
    let start = at
    while value >= 0x80 {
      at.pointee = UInt8(truncatingIfNeeded: value) | 0x80
      at += 1
      value &>>= 7
    }
    at.pointee = UInt8(truncatingIfNeeded: value)
    bytes.add(at - start + 1)
  }

  /// Appends the low halves of `count` numbers.
  @inline(__always)
  mutating func varints(_ values: UnsafePointer<UInt64>, _ count: Int) {
    for index in 0..<count { varint(UInt32(truncatingIfNeeded: values[index])) }
  }

  mutating func fixed<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append($0.assumingMemoryBound(to: UInt8.self)) }
  }

  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(text) }

  /// Appends a length and that many bytes.
  mutating func counted(_ text: UnsafeBufferPointer<UInt8>) {
    varint(UInt32(text.count))
    bytes.append(text)
  }

  @inline(__always)
  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func clear() { bytes.clear() }
  mutating func truncate(to count: Int) { bytes.truncate(to: count) }
}

/// A finished run.
final class Run: @unchecked Sendable {
  enum Part: Int { case documents, terms, values }

  let documentCount: Int
  let names: [String]
  let shapes: [(shape: FieldShape, count: UInt32)]
  /// Where the parts begin, and the end of the last.
  private let starts: [Int]
  // Never changed once the run has been handed on.
  private var bytes: RunBytes?
  private var file: Int32 = -1

  init(
    _ bytes: RunBytes, starts: [Int], documentCount: Int, names: [String],
    shapes: [(shape: FieldShape, count: UInt32)]
  ) {
    self.bytes = bytes
    self.starts = starts
    self.documentCount = documentCount
    self.names = names
    self.shapes = shapes
  }

  deinit { if file >= 0 { close(file) } }

  /// Bytes that it holds in memory.
  var memory: Int { bytes?.count ?? 0 }

  /// Puts the bytes into a file at `path`, whose name is taken away at once, and lets go of them: their
  /// memory may be used anew.
  @discardableResult
  func spill(to path: String) throws(IndexError) -> RunBytes {
    guard let held = bytes else { return RunBytes() }
    let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .io(path, errno) }
    unlink(path)
    self.file = file
    try FileSystem.write(UnsafeRawBufferPointer(held.bytes.buffer), to: file, path: path)
    bytes = nil
    return held
  }

  func cursor(_ part: Part) -> RunCursor {
    let range = starts[part.rawValue]..<starts[part.rawValue + 1]
    if let bytes { return RunCursor(UnsafeBufferPointer(rebasing: bytes.bytes.buffer[range])) }
    return RunCursor(file: file, range)
  }
}

/// Reads a part of a run from its start to its end.
struct RunCursor {
  /// Bytes that are read from a file at a time.
  private static let window = 1 << 16
  /// Bytes that `prepare` makes sure of.
  private static let reserve = 32

  private let file: Int32
  private var rest: Range<Int>
  private var room = Room<UInt8>(capacity: 16)
  private(set) var at: UnsafePointer<UInt8>
  private var end: UnsafePointer<UInt8>
  /// The error that ended the reading.
  private(set) var failure: Int32 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    file = -1
    rest = 0..<0
    at = bytes.baseAddress ?? ByteReader.nothing
    end = at + bytes.count
  }

  init(file: Int32, _ range: Range<Int>) {
    self.file = file
    rest = range
    room = Room(capacity: Self.window)
    at = UnsafePointer(room.base)
    end = at
  }

  /// Makes sure that what is short can be read: a few numbers.
  @inline(__always)
  mutating func prepare() {
    if end - at < Self.reserve, !rest.isEmpty { fill(Self.reserve) }
  }

  /// Makes sure of `count` bytes, unless the part ends before.
  private mutating func fill(_ count: Int) {
    let left = end - at
    var moved = Room<UInt8>(capacity: max(Self.window, count))
    swap(&moved, &room)
    room.append(UnsafeBufferPointer(start: at, count: left))
    while room.count < room.capacity, !rest.isEmpty {
      let wanted = min(room.capacity - room.count, rest.count)
      let got = pread(file, room.base + room.count, wanted, off_t(rest.lowerBound))
      if got < 0, errno == EINTR { continue }
      if got <= 0 {
        failure = got < 0 ? errno : EIO
        rest = 0..<0
        break
      }
      room.add(got)
      rest = rest.lowerBound + got..<rest.upperBound
    }
    at = UnsafePointer(room.base)
    end = at + room.count
  }

  /// A number; 0 behind the end.
  @inline(__always)
  mutating func varint() -> UInt32 {
    guard at < end else { return 0 }
    let first = at.pointee
    at += 1
    if first < 0x80 { return UInt32(first) }
    var value = UInt32(first & 0x7F)
    var shift: UInt32 = 7
    while at < end, shift < 35 {
      let next = at.pointee
      at += 1
      value |= UInt32(next & 0x7F) &<< shift
      if next < 0x80 { break }
      shift &+= 7
    }
    return value
  }

  /// The next `count` bytes, good until something else is read.
  mutating func bytes(_ count: Int) -> UnsafeBufferPointer<UInt8> {
    if end - at < count, !rest.isEmpty { fill(count) }
    let given = UnsafeBufferPointer(start: at, count: min(count, end - at))
    at += given.count
    return given
  }

  mutating func fixed<T: FixedWidthInteger>(_: T.Type) -> T {
    let raw = UnsafeRawBufferPointer(bytes(MemoryLayout<T>.size))
    return raw.count < MemoryLayout<T>.size ? 0 : T(littleEndian: raw.loadUnaligned(as: T.self))
  }
}
