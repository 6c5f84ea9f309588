internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The right to sync a vault, held by one process at a time; the system takes it back from one that
/// dies.
final class SyncLock {
  private let descriptor: Int32

  init(_ local: String) throws {
    let path = local + "/sync.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw SyncError.file(FileError("open", path, code: errno))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? FileSystem.read(path, limit: 64)).map {
        String(decoding: $0, as: UTF8.self)
      }
      close(descriptor)
      throw SyncError.locked(
        path, holder: holder.map { $0.isEmpty ? "" : " (process \($0))" } ?? "")
    }
    let mine = Array(String(getpid()).utf8)
    ftruncate(descriptor, 0)
    _ = pwrite(descriptor, mine, mine.count, 0)
  }

  deinit {
    // Said aloud, for a child that was just being started may have a copy of the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Whether somebody holds the lock of this vault now.
  static func isHeld(_ local: String) -> Bool {
    guard FileSystem.status(local + "/sync.lock") != nil else { return false }
    do { _ = try SyncLock(local) } catch SyncError.locked { return true } catch { return false }
    return false
  }
}
