// A pack of git, version 2: objects one after another in one file, and an index to find them by.
//
//   pack   "PACK", version 2 u32, count u32, then for each object
//            type and size: 3 bits of type and 4 of size, then 7 of size a byte, the eighth bit saying
//            that another follows (least first); the bytes of the object, deflated
//          SHA-1 of all that
//   index  FF 74 4F 63, version 2 u32, 256 counts u32 of the objects whose first byte is at most that,
//          the ids ascending, a CRC-32 of each packed object, where each begins u32 (the highest bit
//          set: a place in the table of u64 behind), the SHA-1 of the pack, SHA-1 of all that
//
// Numbers are big-endian. The packs written here have no deltas: notes are small, and the next
// 'git gc' finds deltas better than could be done on the way.

internal import CZlib
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What an object of git is; the numbers are those of a pack.
enum ObjectKind: UInt8 { case commit = 1, tree = 2, blob = 3 }

/// Writes objects into one new pack of a repository, which they are in once it is finished.
///
/// Until then the pack is a file that git takes for left over: `tmp_pack_folio-` and digits, which
/// `git gc` takes away when it is two weeks old.
final class PackWriter {
  private struct Entry {
    var id: ObjectID
    var crc: UInt32
    var offset: UInt64
  }

  private let folder: String
  private let path: String
  private let descriptor: Int32
  private var entries: [Entry] = []
  private var places: [ObjectID: Int] = [:]
  private var buffer: [UInt8] = []
  /// Bytes in the file, without those that wait in the buffer.
  private var flushed: UInt64 = 0
  private var stream = z_stream()
  private var scratch = [UInt8](repeating: 0, count: 64 << 10)
  private var isOpen = true

  private static let bufferSize = 1 << 20
  /// zlib's own choice between speed and size, which is git's too.
  private static let level: Int32 = -1

  /// - Parameter folder: `objects/pack` of the repository.
  init(in folder: String) throws(FileError) {
    self.folder = folder
    path = folder + "/tmp_pack_folio-" + String(UInt64.random(in: .min ... .max), radix: 16)
    try FileSystem.createFolder(folder)
    Self.sweep(folder)
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
    guard descriptor >= 0 else { throw FileError("create", path, code: errno) }
    guard folio_deflate_begin(&stream, Self.level) == Z_OK else {
      throw FileError("save", path, code: ENOMEM)
    }
    buffer.reserveCapacity(Self.bufferSize + scratch.count)
    put(header(count: 0))
  }

  deinit {
    deflateEnd(&stream)
    if isOpen { unlink(path) }
    close(descriptor)
  }

  /// Takes away what was left here by a sync that was killed a day ago or longer.
  private static func sweep(_ folder: String) {
    for name in (try? FileSystem.names(in: folder)) ?? [] where name.hasPrefix("tmp_pack_folio-") {
      let path = WorkFile.cString("\(folder)/\(name)".utf8)
      if let status = WorkFile.status(path),
        WorkFile.now - status.stamp.changed > 86_400_000_000_000
      {
        unlink(path)
      }
    }
  }

  func contains(_ id: ObjectID) -> Bool { places[id] != nil }

  /// Adds an object; one that is in the pack is not added again.
  func add(_ id: ObjectID, _ kind: ObjectKind, _ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard places[id] == nil else { return }
    let start = flushed + UInt64(buffer.count)
    var crc: UInt32 = 0
    var size = bytes.count
    var first = kind.rawValue << 4 | UInt8(size & 0x0F)
    size >>= 4
    var head: [UInt8] = []
    while size > 0 {
      head.append(first | 0x80)
      first = UInt8(size & 0x7F)
      size >>= 7
    }
    head.append(first)
    crc = UInt32(truncatingIfNeeded: crc32(0, head, uInt(head.count)))
    put(head)
    deflateReset(&stream)
    stream.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = uInt(bytes.count)
    var code = Z_OK
    while code == Z_OK {
      let made = scratch.withUnsafeMutableBufferPointer { out in
        stream.next_out = out.baseAddress
        stream.avail_out = uInt(out.count)
        code = deflate(&stream, Z_FINISH)
        let made = out.count - Int(stream.avail_out)
        crc = UInt32(truncatingIfNeeded: crc32(uLong(crc), out.baseAddress, uInt(made)))
        return made
      }
      buffer += scratch[..<made]
      if buffer.count >= Self.bufferSize { try flush() }
    }
    guard code == Z_STREAM_END else { throw FileError("save", path, code: EIO) }
    places[id] = entries.count
    entries.append(Entry(id: id, crc: crc, offset: start))
  }

  /// The bytes of an object that was added; nil for one that was not.
  func bytes(of id: ObjectID) throws(FileError) -> [UInt8]? {
    guard let place = places[id] else { return nil }
    try flush()
    let start = entries[place].offset
    let end = place + 1 < entries.count ? entries[place + 1].offset : flushed
    var packed = [UInt8](repeating: 0, count: Int(end - start))
    guard pread(descriptor, &packed, packed.count, off_t(start)) == packed.count else {
      throw FileError("read", path, code: errno)
    }
    var size = Int(packed[0] & 0x0F)
    var shift = 4
    var at = 0
    while packed[at] & 0x80 != 0 {
      at += 1
      size |= Int(packed[at] & 0x7F) << shift
      shift += 7
    }
    let body = packed[(at + 1)...]
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { out, count in
      isWhole =
        body.withUnsafeBytes { folio_inflate($0.baseAddress, $0.count, out.baseAddress, size) } == 0
      count = isWhole ? size : 0
    }
    guard isWhole else { throw FileError("read", path, code: EIO) }
    return bytes
  }

  /// Gives the pack its name, and with it the repository its objects.
  ///
  /// - Parameter durably: Whether it is on the disk when this returns.
  func finish(durably: Bool) throws(FileError) {
    try flush()
    let head = header(count: UInt32(entries.count))
    guard pwrite(descriptor, head, head.count, 0) == head.count else {
      throw FileError("save", path, code: errno)
    }
    let sum = try checksum()
    buffer += sum
    try flush()
    if durably, fsync(descriptor) != 0 { throw FileError("save", path, code: errno) }
    let index = path + "-index"
    defer { unlink(index) }
    try Descriptor.create(index, self.index(sum), mode: 0o444, durably: durably)
    let name = folder + "/pack-" + sum.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    // A pack without its index is not looked at, so the index comes last.
    guard rename(path, name + ".pack") == 0 else { throw FileError("save", path, code: errno) }
    isOpen = false
    guard rename(index, name + ".idx") == 0 else { throw FileError("save", index, code: errno) }
    if durably { Disk.flushFolder(folder) }
  }

  private func header(count: UInt32) -> [UInt8] {
    var bytes = Array("PACK".utf8)
    for number in [2, count] { withUnsafeBytes(of: number.bigEndian) { bytes += $0 } }
    return bytes
  }

  private func put(_ bytes: [UInt8]) { buffer += bytes }

  private func flush() throws(FileError) {
    if buffer.isEmpty { return }
    try Descriptor.write(buffer, to: descriptor, path)
    flushed += UInt64(buffer.count)
    buffer.removeAll(keepingCapacity: true)
  }

  private func checksum() throws(FileError) -> [UInt8] {
    var sum = SHA1()
    var part = [UInt8](repeating: 0, count: Self.bufferSize)
    var at: UInt64 = 0
    while at < flushed {
      let got = pread(descriptor, &part, Int(min(UInt64(part.count), flushed - at)), off_t(at))
      guard got > 0 else { throw FileError("read", path, code: got < 0 ? errno : EIO) }
      part.withUnsafeBytes { sum.add(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
      at += UInt64(got)
    }
    return sum.finished()
  }

  private func index(_ packSum: [UInt8]) -> [UInt8] {
    let sorted = entries.sorted { $0.id < $1.id }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + 1024 + sorted.count * 28 + 40)
    func put(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
    put(0xFF74_4F63 as UInt32)
    put(2 as UInt32)
    var place = 0
    for first in UInt8.min...UInt8.max {
      while place < sorted.count, sorted[place].id.firstByte <= first { place += 1 }
      put(UInt32(place))
    }
    for entry in sorted { bytes += entry.id.bytes }
    for entry in sorted { put(entry.crc) }
    var far: [UInt64] = []
    for entry in sorted {
      if entry.offset < 1 << 31 {
        put(UInt32(entry.offset))
      } else {
        put(UInt32(far.count) | 1 << 31)
        far.append(entry.offset)
      }
    }
    for offset in far { put(offset) }
    bytes += packSum
    return bytes + SHA1.hash(bytes)
  }
}
