internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Writing to an open file to the end.
enum Descriptor {
  /// Writes all bytes where the descriptor stands.
  ///
  /// - Parameter path: For the error.
  static func write(
    _ bytes: [UInt8], to descriptor: Int32, _ path: @autoclosure () -> String
  ) throws(FileError) {
    let code = FileDescriptor.write(bytes, to: descriptor)
    guard code == 0 else { throw FileError("save", path(), code: code) }
  }

  /// Makes a file that must not be there yet.
  static func create(
    _ path: String, _ bytes: [UInt8], mode: mode_t, durably: Bool
  ) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw FileError("create", path, code: errno) }
    defer { close(descriptor) }
    try write(bytes, to: descriptor, path)
    if durably, fsync(descriptor) != 0 { throw FileError("save", path, code: errno) }
  }
}
