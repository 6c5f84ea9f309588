internal import CLibGit2

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Making sure that what was written outlives a power cut.
enum Disk {
  /// Makes the names in a folder durable; a file system that cannot is no error.
  static func flushFolder(_ path: String) {
    flush(path.utf8CString.withUnsafeBufferPointer { Array($0) })
  }

  static func flush(_ path: [CChar]) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Flushes everything written so far, which for many files is quicker than one after another.
  static func flushAll(on path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    if descriptor < 0 || folio_flush_file_system(descriptor) != 0 { sync() }
  }

  /// Adds a line to a file for people; one that cannot be written is no error.
  static func append(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    #if canImport(Darwin)
      _ = Darwin.write(descriptor, bytes, bytes.count)
    #elseif canImport(Glibc)
      _ = Glibc.write(descriptor, bytes, bytes.count)
    #else
      _ = Musl.write(descriptor, bytes, bytes.count)
    #endif
  }
}
