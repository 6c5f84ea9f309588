internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Replacing a file of a repository under git's own lock, so that being killed blocks nobody.
///
/// Git's rule: who makes `FILE.lock` may replace FILE, by renaming it. Here the new file is first
/// written under a name of folio's (`folio-lock-` and digits, beside `HEAD`), with an flock that the
/// system drops when the process dies; `FILE.lock` is a hard link to it. A lock that is such a link
/// and whose flock is free was left by a folio that died, and is taken away; any other lock belongs
/// to another program and is respected.
enum LockedFile {
  private static let mark = "folio-lock-"

  /// Replaces `path` when `isExpected` says so under the lock; false when it does not.
  ///
  /// - Parameters:
  ///   - folder: The repository's own folder, on the same file system, with `/` at the end.
  ///   - patience: How long another program may hold the lock, in seconds.
  static func replace(
    _ path: String, _ bytes: [UInt8], in folder: String, patience: Int = 2,
    if isExpected: () throws -> Bool
  ) throws -> Bool {
    let own = folder + mark + String(UInt64.random(in: .min ... .max), radix: 16)
    let descriptor = open(own, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError("create", own, code: errno) }
    defer {
      unlink(own)
      close(descriptor)
    }
    flock(descriptor, LOCK_EX)
    try Descriptor.write(bytes, to: descriptor, path)
    if Git.isFlushing, fsync(descriptor) != 0 { throw FileError("save", path, code: errno) }
    let lock = path + ".lock"
    try take(lock, own, in: folder, patience)
    do {
      guard try isExpected() else {
        unlink(lock)
        return false
      }
    } catch {
      unlink(lock)
      throw error
    }
    guard rename(lock, path) == 0 else {
      let code = errno
      unlink(lock)
      throw FileError("change", path, code: code)
    }
    if Git.isFlushing, let slash = path.lastIndex(of: "/") {
      Disk.flushFolder(String(path[..<slash]))
    }
    return true
  }

  private static func take(
    _ lock: String, _ own: String, in folder: String, _ patience: Int
  ) throws {
    for attempt in 0...(patience * 20) {
      if link(own, lock) == 0 { return }
      switch errno {
      case ENOENT:
        guard let slash = lock.lastIndex(of: "/") else { break }
        try FileSystem.createFolder(String(lock[..<slash]))
      case EEXIST:
        sweep(lock, in: folder)
        if attempt > 0 { usleep(50_000) }
      case EPERM, ENOTSUP:
        // No hard links here: an exclusive copy keeps the lock, though a kill would leave it.
        let copy = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard copy >= 0 else { continue }
        defer { close(copy) }
        do {
          try Descriptor.write(FileSystem.read(own), to: copy, lock)
          return
        } catch {
          unlink(lock)
          throw error
        }
      default: throw FileError("lock", lock, code: errno)
      }
    }
    throw SyncError.indexLocked(lock)
  }

  /// Takes a lock away that a folio left which is no longer alive, and what such ones left beside.
  static func sweep(_ lock: String, in folder: String) {
    let held = WorkFile.status(WorkFile.cString(lock.utf8))?.stamp.inode
    for name in (try? FileSystem.names(in: folder)) ?? [] where name.hasPrefix(mark) {
      let path = folder + name
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      var raw = stat()
      guard fstat(descriptor, &raw) == 0 else { continue }
      let inode = WorkFile(raw).stamp.inode
      if inode == held {
        unlink(lock)
        unlink(path)
      } else if raw.st_nlink == 1, WorkFile.now - WorkFile(raw).stamp.changed > 60_000_000_000 {
        unlink(path)
      }
    }
  }
}
