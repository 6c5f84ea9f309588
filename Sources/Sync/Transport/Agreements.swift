public import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What a person has agreed to once, a line each, in a file of their own and not of a vault: that an
/// address stands for another one (`other WRITTEN USED`), that the way to one may be read (`plain
/// ADDRESS`).
public struct Agreements: Sendable {
  private let path: String

  public init(path: String) { self.path = path }

  public func hasOther(_ written: String, _ used: String) -> Bool {
    has(["other", written, used])
  }

  public func hasPlain(_ address: String) -> Bool { has(["plain", address]) }

  public func addOther(_ written: String, _ used: String) throws(FileError) {
    try add(["other", written, used])
  }

  public func addPlain(_ address: String) throws(FileError) { try add(["plain", address]) }

  private func has(_ words: [String]) -> Bool {
    let bytes = (try? FileSystem.read(path, limit: 1 << 20)) ?? []
    return bytes.split(separator: 0x0A).contains(Array(Wire.line(words).utf8)[...])
  }

  private func add(_ words: [String]) throws(FileError) {
    guard !has(words) else { return }
    if let slash = path.lastIndex(of: "/") {
      try FileSystem.createFolder(String(path[..<slash]), mode: 0o700)
    }
    try LineFile.append(Wire.line(words), to: path, mode: 0o600)
  }
}

/// A file of lines that others add to as well.
enum LineFile {
  /// Adds a line in one write, behind a line feed when the last line has none.
  static func append(_ line: String, to path: String, mode: mode_t) throws(FileError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FileError("add to", path, code: errno) }
    defer { close(descriptor) }
    var bytes = Array((line + "\n").utf8)
    var last: UInt8 = 0x0A
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != 0x0A {
      bytes.insert(0x0A, at: 0)
    }
    let count = bytes.count
    let written = bytes.withUnsafeBytes { buffer in
      #if canImport(Darwin)
        Darwin.write(descriptor, buffer.baseAddress, count)
      #elseif canImport(Glibc)
        Glibc.write(descriptor, buffer.baseAddress, count)
      #else
        Musl.write(descriptor, buffer.baseAddress, count)
      #endif
    }
    guard written == count else { throw FileError("add to", path, code: errno) }
  }
}
