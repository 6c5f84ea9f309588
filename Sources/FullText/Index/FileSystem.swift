#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The few file operations the index needs.
enum FileSystem {
  /// Makes `directory` (and one missing parent) for its owner alone.
  static func makeDirectory(_ directory: String) throws(IndexError) {
    if mkdir(directory, 0o700) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = directory.lastIndex(of: "/"), slash > directory.startIndex {
      _ = mkdir(String(directory[..<slash]), 0o700)
      if mkdir(directory, 0o700) == 0 || errno == EEXIST { return }
    }
    throw .io(directory, errno)
  }

  /// Writes `bytes` to a new file and, when asked, waits until the disk has them.
  ///
  /// On failure the file is removed.
  static func write(
    _ parts: [UnsafeRawBufferPointer], to path: String, synchronising: Bool
  ) throws(IndexError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .io(path, errno) }
    var failure: Int32 = 0
    do throws(IndexError) {
      for part in parts { try write(part, to: file, path: path) }
    } catch {
      if case .io(_, let code) = error { failure = code }
    }
    if failure == 0, synchronising, synchronise(file) != 0 { failure = errno }
    if close(file) != 0, failure == 0 { failure = errno }
    if failure != 0 {
      unlink(path)
      throw .io(path, failure)
    }
  }

  /// Writes all bytes at where an open file stands; `path` is for the error.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to file: Int32, path: String
  ) throws(IndexError) {
    var at = 0
    while at < bytes.count {
      #if canImport(Darwin)
        let written = Darwin.write(file, bytes.baseAddress! + at, bytes.count - at)
      #elseif canImport(Musl)
        let written = Musl.write(file, bytes.baseAddress! + at, bytes.count - at)
      #else
        let written = Glibc.write(file, bytes.baseAddress! + at, bytes.count - at)
      #endif
      if written < 0 {
        if errno == EINTR { continue }
        throw .io(path, errno)
      }
      at += written
    }
  }

  static func synchronise(_ file: Int32) -> Int32 {
    #if canImport(Darwin)
      fsync(file)
    #else
      fdatasync(file)
    #endif
  }

  static func write(_ bytes: [UInt8], to path: String, synchronising: Bool) throws(IndexError) {
    var result: Result<Void, IndexError> = .success(())
    bytes.withUnsafeBytes { raw in
      do throws(IndexError) {
        try write([raw], to: path, synchronising: synchronising)
      } catch {
        result = .failure(error)
      }
    }
    try result.get()
  }

  static func move(_ from: String, to path: String) throws(IndexError) {
    guard rename(from, path) == 0 else { throw .io(path, errno) }
  }

  static func remove(_ path: String) { unlink(path) }

  /// The names in `directory`; empty when it cannot be read.
  static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// A whole small file, at most `limit` bytes; nil when it is missing, longer or unreadable.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    var count = 0
    while true {
      if count == bytes.count {
        if count > limit { return nil }
        bytes.append(contentsOf: repeatElement(0, count: count))
      }
      let got = bytes.withUnsafeMutableBytes {
        #if canImport(Darwin)
          Darwin.read(file, $0.baseAddress! + count, $0.count - count)
        #elseif canImport(Musl)
          Musl.read(file, $0.baseAddress! + count, $0.count - count)
        #else
          Glibc.read(file, $0.baseAddress! + count, $0.count - count)
        #endif
      }
      if got < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else { return nil }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}

/// A file mapped for reading; unmapped with the last reference.
///
/// The files of an index are never changed in place, so the mapped bytes stay what they are.
final class MappedFile: @unchecked Sendable {
  let bytes: UnsafeBufferPointer<UInt8>

  /// Maps the file at `path`; nil when it is missing, empty or unreadable.
  init?(_ path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0 else { return nil }
    let size = Int(status.st_size)
    guard let map = mmap(nil, size, PROT_READ, MAP_SHARED, file, 0), map != MAP_FAILED else {
      return nil
    }
    bytes = UnsafeBufferPointer(start: map.assumingMemoryBound(to: UInt8.self), count: size)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count)
  }
}

/// The one writer's lock on an index directory; let go with the last reference or the process.
final class IndexLock {
  private let file: Int32

  /// Waits up to `patience` for other writers.
  init(_ directory: String, patience: Duration) throws(IndexError) {
    let path = directory + "/LOCK"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .io(path, errno) }
    let deadline = ContinuousClock.now + patience
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      guard code == EWOULDBLOCK, ContinuousClock.now < deadline else {
        close(file)
        throw code == EWOULDBLOCK ? .locked(directory) : .io(path, code)
      }
      usleep(2000)
    }
    self.file = file
  }

  deinit { close(file) }
}
