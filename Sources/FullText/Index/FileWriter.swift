#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A new file that is written part by part, its header last; removed when it is not finished.
///
/// It goes to the system in pieces of 2 MB, each at a multiple of that: what was written so is kept in
/// large pages, of which a search maps far fewer.
final class FileWriter {
  private static let pieceSize = 2 << 20

  private let path: String
  private var file: Int32
  /// What is not written yet.
  private var pending: [UInt8] = []

  /// Makes the file with a header of zeros.
  init(_ path: String, headerSize: Int) throws(IndexError) {
    self.path = path
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .io(path, errno) }
    try write([UInt8](repeating: 0, count: headerSize))
  }

  deinit {
    if file >= 0 {
      close(file)
      unlink(path)
    }
  }

  func write(_ bytes: [UInt8]) throws(IndexError) {
    var at = 0
    while at < bytes.count {
      let left = bytes.count - at
      if pending.isEmpty, left >= Self.pieceSize {
        let whole = left - left % Self.pieceSize
        try writeThrough(bytes[at..<at + whole])
        at += whole
      } else {
        let some = min(left, Self.pieceSize - pending.count)
        pending.append(contentsOf: bytes[at..<at + some])
        at += some
        if pending.count == Self.pieceSize { try flush() }
      }
    }
  }

  private func flush() throws(IndexError) {
    try writeThrough(pending[...])
    pending.removeAll(keepingCapacity: true)
  }

  private func writeThrough(_ bytes: ArraySlice<UInt8>) throws(IndexError) {
    guard !bytes.isEmpty else { return }
    let result: Result<Void, IndexError> = bytes.withUnsafeBytes { raw in
      do throws(IndexError) {
        return .success(try FileSystem.write(raw, to: file, path: path))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Writes the header and waits until the disk has the file.
  func finish(header: [UInt8]) throws(IndexError) {
    try flush()
    guard lseek(file, 0, SEEK_SET) == 0 else { throw .io(path, errno) }
    try writeThrough(header[...])
    guard FileSystem.synchronise(file) == 0 else { throw .io(path, errno) }
    let closed = close(file)
    file = -1
    if closed != 0 {
      let code = errno
      unlink(path)
      throw .io(path, code)
    }
  }
}
