// The index of git, versions 2 and 3:
//
//   "DIRC", version u32, count u32, then the entries:
//     40 bytes of times, device, inode, mode, owner and size; id of 20 bytes; flags u16 (0x4000 more
//     flags follow, 0x3000 the side of a merge, 0x0FFF the length of the path); with 0x4000 another u16
//     (0x4000 the file is missing here on purpose); the path and 1 to 8 zeros, to a multiple of 8 bytes
//   extensions: name of 4 bytes, size u32, bytes; a name in small letters must be understood
//   SHA-1 of all that
//
// Numbers are big-endian.

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Git's index, as far as sync needs it: that all is well in it, and other entries for a few paths.
///
/// What is not plain is for libgit2 to judge and to change.
struct IndexFile {
  /// What an entry says of its file beside its path: times in seconds and nanoseconds.
  struct Entry {
    var changed: (UInt32, UInt32) = (0, 0)
    var modified: (UInt32, UInt32) = (0, 0)
    var device: UInt32 = 0
    var inode: UInt32 = 0
    var mode: UInt32
    var user: UInt32 = 0
    var group: UInt32 = 0
    var size: UInt32 = 0
    var id: ObjectID
  }

  private static let header = 12
  private static let fixed = 62

  private let bytes: [UInt8]
  /// Where each entry begins, and where the last one ends.
  private let starts: [Int]

  /// Reads an index that is whole, of a kind that sync works with, without conflicts and without files
  /// that are left out on purpose; nil for any other.
  init?(_ bytes: [UInt8]) {
    guard let starts = Self.starts(bytes) else { return nil }
    self.bytes = bytes
    self.starts = starts
  }

  /// An index without entries.
  static var empty: IndexFile {
    let head = Array("DIRC".utf8) + [0, 0, 0, 2, 0, 0, 0, 0]
    return IndexFile(bytes: head + SHA1.hash(head), starts: [header])
  }

  private init(bytes: [UInt8], starts: [Int]) {
    self.bytes = bytes
    self.starts = starts
  }

  /// Whether the bytes are such an index.
  static func isPlain(_ bytes: [UInt8]) -> Bool { starts(bytes) != nil }

  private static func starts(_ bytes: [UInt8]) -> [Int]? {
    guard bytes.count >= 32, bytes.starts(with: Array("DIRC".utf8)) else { return nil }
    return bytes.withUnsafeBytes { raw -> [Int]? in
      func number<T: FixedWidthInteger>(_ at: Int, _ type: T.Type) -> T {
        T(bigEndian: raw.loadUnaligned(fromByteOffset: at, as: type))
      }
      guard [2, 3].contains(number(4, UInt32.self)) else { return nil }
      let end = raw.count - 20
      let count = Int(number(8, UInt32.self))
      guard count <= raw.count / 64 else { return nil }
      var starts: [Int] = []
      starts.reserveCapacity(count + 1)
      var at = header
      for _ in 0..<count {
        guard at + 64 <= end else { return nil }
        let flags = number(at + 60, UInt16.self)
        let isExtended = flags & 0x4000 != 0
        guard flags & 0x3000 == 0, !isExtended || number(at + 62, UInt16.self) & 0x4000 == 0,
          flags & 0x0FFF < 0x0FFF
        else { return nil }
        starts.append(at)
        let length = (isExtended ? fixed + 2 : fixed) + Int(flags & 0x0FFF)
        at += (length + 8) & ~7
      }
      starts.append(at)
      while at + 8 <= end {
        guard (0x41...0x5A).contains(raw[at]) else { return nil }
        at += 8 + Int(number(at + 4, UInt32.self))
      }
      guard at == end else { return nil }
      var sum = SHA1()
      sum.add(UnsafeRawBufferPointer(rebasing: raw[..<end]))
      return sum.finished().elementsEqual(raw[end...]) ? starts : nil
    }
  }

  var count: Int { starts.count - 1 }

  func path(_ place: Int) -> ArraySlice<UInt8> {
    let start = starts[place]
    let isExtended = bytes[start + 60] & 0x40 != 0
    let length = Int(bytes[start + 60] & 0x0F) << 8 | Int(bytes[start + 61])
    let at = start + Self.fixed + (isExtended ? 2 : 0)
    return bytes[at..<at + length]
  }

  /// The index with some entries put in or taken out (nil). Extensions are left out: git makes again what
  /// it needs of them.
  ///
  /// - Parameters:
  ///   - changes: Ascending by path, none twice.
  ///   - written: When the index file was written, in seconds and nanoseconds. An entry that is no older
  ///     may hide a later change from whoever compares times alone, and is marked as such.
  /// - Returns: Nil where a file and a folder of one name would meet, which is for libgit2 to sort out.
  func changing(
    _ changes: [(path: [UInt8], entry: Entry?)], written: (UInt32, UInt32)
  ) -> [UInt8]? {
    if clashes(changes) { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + changes.count * 128)
    out += bytes[..<Self.header]
    var total: UInt32 = 0
    var next = 0
    func put(_ path: [UInt8], _ entry: Entry?) {
      guard let entry else { return }
      total += 1
      Self.append(path, entry, to: &out)
    }
    for place in 0..<count {
      let path = path(place)
      var isReplaced = false
      while next < changes.count {
        let order = Self.compare(changes[next].path, path)
        if order > 0 { break }
        put(changes[next].path, changes[next].entry)
        isReplaced = order == 0
        next += 1
        if isReplaced { break }
      }
      if isReplaced { continue }
      total += 1
      let start = out.count
      out += bytes[starts[place]..<starts[place + 1]]
      if !isOlder(place, than: written) {
        for byte in (start + 36)..<(start + 40) { out[byte] = 0 }
      }
    }
    for change in changes[next...] { put(change.path, change.entry) }
    withUnsafeBytes(of: total.bigEndian) { count in
      for place in 0..<4 { out[8 + place] = count[place] }
    }
    return out + SHA1.hash(out)
  }

  /// Whether a path that is put in has an entry for one of its folders, or is the folder of one.
  private func clashes(_ changes: [(path: [UInt8], entry: Entry?)]) -> Bool {
    let gone = Set(changes.filter { $0.entry == nil }.map(\.path))
    for (path, entry) in changes where entry != nil {
      for slash in path.indices where path[slash] == 0x2F {
        let folder = Array(path[..<slash])
        if let place = place(of: folder), self.path(place).elementsEqual(folder),
          !gone.contains(folder)
        {
          return true
        }
      }
      let inner = path + [0x2F]
      var place = place(of: inner) ?? count
      while place < count, self.path(place).starts(with: inner) {
        if !gone.contains(Array(self.path(place))) { return true }
        place += 1
      }
    }
    return false
  }

  /// The first entry that is not before a path; nil when all are.
  private func place(of path: [UInt8]) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Self.compare(path, self.path(middle)) > 0 { low = middle + 1 } else { high = middle }
    }
    return low < count ? low : nil
  }

  /// Below 0, 0 or above 0, as the first path is before, at or behind the second.
  private static func compare(_ a: [UInt8], _ b: ArraySlice<UInt8>) -> Int {
    let order = a.withUnsafeBufferPointer { left in
      b.withUnsafeBufferPointer { right in
        let shared = min(left.count, right.count)
        return shared == 0 ? 0 : Int(memcmp(left.baseAddress!, right.baseAddress!, shared))
      }
    }
    return order == 0 ? a.count - b.count : order
  }

  private func isOlder(_ place: Int, than written: (UInt32, UInt32)) -> Bool {
    func number(_ offset: Int) -> UInt32 {
      bytes[(starts[place] + offset)..<(starts[place] + offset + 4)]
        .reduce(0) { $0 << 8 | UInt32($1) }
    }
    return (number(8), number(12)) < written
  }

  private static func append(_ path: [UInt8], _ entry: Entry, to out: inout [UInt8]) {
    func put(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.bigEndian) { out += $0 }
    }
    for number in [
      entry.changed.0, entry.changed.1, entry.modified.0, entry.modified.1, entry.device,
      entry.inode, entry.mode, entry.user, entry.group, entry.size,
    ] {
      put(number)
    }
    out += entry.id.bytes
    put(UInt16(min(path.count, 0x0FFF)))
    out += path
    out += [UInt8](repeating: 0, count: 8 - (fixed + path.count) % 8)
  }
}
