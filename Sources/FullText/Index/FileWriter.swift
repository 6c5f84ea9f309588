#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A new file that is written part by part, its header last; removed when it is not finished.
final class FileWriter {
  private let path: String
  private var file: Int32

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
    guard lseek(file, 0, SEEK_SET) == 0 else { throw .io(path, errno) }
    try write(header)
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
