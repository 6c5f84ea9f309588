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
    var done = 0
    while done < bytes.count {
      let wrote = bytes.withUnsafeBytes { raw in
        #if canImport(Darwin)
          Darwin.write(descriptor, raw.baseAddress! + done, bytes.count - done)
        #elseif canImport(Glibc)
          Glibc.write(descriptor, raw.baseAddress! + done, bytes.count - done)
        #else
          Musl.write(descriptor, raw.baseAddress! + done, bytes.count - done)
        #endif
      }
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { throw FileError("save", path(), code: wrote < 0 ? errno : EIO) }
      done += wrote
    }
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
