#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A folder that is held open, so that what is in it is reached by a short path: a long one costs the
/// system a look-up for each of its parts.
final class OpenFolder: Sendable {
  let path: String
  /// Where relative paths begin.
  let descriptor: Int32

  /// Nil when the folder cannot be opened.
  init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The status of a file in the folder or below it, and its bytes, at most `limit` of them; nil for
  /// what is no regular file, or is gone. The status is that of the file before it was read.
  func read(_ name: String, limit: Int) throws(FileError) -> (FileSystem.Status, [UInt8])? {
    let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      let error = FileError("read", path + "/" + name)
      if error.isMissing { return nil }
      throw error
    }
    defer { close(file) }
    var raw = stat()
    guard fstat(file, &raw) == 0 else { throw FileError("read", path + "/" + name) }
    let status = FileSystem.Status(raw)
    guard status.kind == .file else { return nil }
    let bytes = try FileSystem.read(
      file, expecting: min(status.size, limit), limit: limit, path: name)
    return (status, bytes)
  }

  /// The status of a name in the folder or below it; nil when there is nothing.
  func status(_ name: String) -> FileSystem.Status? {
    var raw = stat()
    return fstatat(descriptor, name, &raw, 0) == 0 ? FileSystem.Status(raw) : nil
  }
}
