#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A path as git has it: bytes with `/` between folders, relative to the top of the repository.
///
/// Names are bytes and not text: two spellings of one letter are two files.
struct TreePath: Hashable, Comparable, Sendable, CustomStringConvertible {
  var bytes: [UInt8]

  static let top = TreePath(bytes: [])

  init(bytes: [UInt8]) { self.bytes = bytes }

  init(_ text: String) { bytes = Array(text.utf8) }

  var isTop: Bool { bytes.isEmpty }

  /// The path of something in this folder.
  func appending(_ name: [UInt8]) -> TreePath {
    isTop ? TreePath(bytes: name) : TreePath(bytes: bytes + [UInt8(ascii: "/")] + name)
  }

  /// The parts between the slashes.
  var names: [[UInt8]] { bytes.split(separator: UInt8(ascii: "/")).map(Array.init) }

  var name: [UInt8] { names.last ?? [] }

  /// The folder that holds it; the top for a bare name.
  var folder: TreePath {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return .top }
    return TreePath(bytes: Array(bytes[..<slash]))
  }

  /// The rest of the path below `folder`, or nil when it is not in there.
  func below(_ folder: TreePath) -> TreePath? {
    if folder.isTop { return self }
    guard bytes.count > folder.bytes.count, bytes.starts(with: folder.bytes),
      bytes[folder.bytes.count] == UInt8(ascii: "/")
    else { return nil }
    return TreePath(bytes: Array(bytes[(folder.bytes.count + 1)...]))
  }

  var description: String { String(decoding: bytes, as: UTF8.self) }

  static func < (a: TreePath, b: TreePath) -> Bool { precedes(a.bytes, b.bytes) }

  /// Whether some bytes come before others.
  static func precedes(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    let order = a.withUnsafeBufferPointer { left in
      b.withUnsafeBufferPointer { right in
        let shared = min(left.count, right.count)
        return shared == 0 ? 0 : memcmp(left.baseAddress!, right.baseAddress!, shared)
      }
    }
    return order == 0 ? a.count < b.count : order < 0
  }
}
