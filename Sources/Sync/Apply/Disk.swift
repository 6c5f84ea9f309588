internal import CLibGit2
internal import Notes

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

  /// Makes the contents of files durable; symbolic links have none of their own.
  ///
  /// The disk is told of all of them before the first is waited for, so that one commit of the file
  /// system's journal does for many.
  static func flushFiles(_ paths: [[CChar]]) throws(FileError) {
    var files: [(descriptor: Int32, path: [CChar])] = []
    defer { for file in files { close(file.descriptor) } }
    for path in paths {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      if descriptor < 0, errno == ELOOP { continue }
      guard descriptor >= 0 else { throw FileError("save", WorkFile.text(path), code: errno) }
      files.append((descriptor, path))
      if paths.count > 1 { folio_begin_flush(descriptor) }
    }
    for file in files where fsync(file.descriptor) != 0 {
      throw FileError("save", WorkFile.text(file.path), code: errno)
    }
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
    try? Descriptor.write(bytes, to: descriptor, path)
  }
}
