internal import CFileSystem

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Writing files so that a crash, a full disk or another program never costs a byte.
///
/// Every file is written whole to a temporary name in the same folder (`.folio-`, the number of the
/// process, `-` and 16 hexadecimal digits), flushed to the disk, and only then given its name. What a
/// killed process leaves is taken away by the next scan of its folder.
public enum SafeFile {
  /// What became of a change.
  public enum Outcome: Equatable, Sendable {
    case done
    /// The file was no longer what the caller had read; it is left as it is.
    case changedMeanwhile
  }

  /// Writes a new file. Never replaces one: throws a `FileError` whose `exists` is true.
  ///
  /// - Parameter durably: Whether it must be on the disk when this returns; false for what can be made
  ///   again.
  public static func create(
    _ path: String, _ bytes: [UInt8], mode: UInt16 = 0o666, durably: Bool = true
  ) throws(FileError) {
    let temporary = try writeTemporary(beside: path, bytes, mode: mode, durably: durably)
    defer { unlink(temporary) }
    if link(temporary, path) != 0 {
      // Some file systems have no hard links: there an exclusive create keeps the promise.
      guard errno == EPERM || errno == ENOTSUP || errno == ENOSYS else {
        throw FileError("create", path)
      }
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
      guard descriptor >= 0 else { throw FileError("create", path) }
      defer { close(descriptor) }
      do throws(FileError) { try write(bytes, to: descriptor, path: path) } catch {
        unlink(path)
        throw error
      }
    }
    if durably { flushFolder(of: path) }
  }

  /// Replaces a file whose bytes were `original` when the caller read it.
  ///
  /// The names are exchanged in one step and the old file is compared afterwards; when someone
  /// edited it in between, the names are exchanged back. Mode, extended attributes and the target
  /// of a symbolic link are kept.
  ///
  /// - Parameter durably: Flush the file and its name; off when the caller flushes all at the end.
  public static func replace(
    _ path: String, original: [UInt8], with bytes: [UInt8], durably: Bool = true
  ) throws(FileError) -> Outcome {
    // Only the last part matters: the temporary file goes through the same folders.
    let isLink = FileSystem.status(path, followingLinks: false)?.kind == .link
    let target = isLink ? FileSystem.realPath(path) ?? path : path
    // Other programs are noticed by what they leave behind; of folio's own writers, one at a time:
    // of three that exchange names at once, one could undo what another has finished.
    let lock = lockFolder(of: target)
    defer { if lock >= 0 { close(lock) } }
    guard let before = FileSystem.status(target) else { throw FileError("change", target) }
    let temporary = try writeTemporary(
      beside: target, bytes, mode: before.mode, like: target, durably: durably)
    defer { unlink(temporary) }
    guard folio_exchange(temporary, target) == 0 else {
      guard errno == EINVAL || errno == ENOTSUP || errno == ENOSYS else {
        throw FileError("change", target)
      }
      // No exchange here: the next best is to compare just before the rename.
      guard try FileSystem.read(target) == original else { return .changedMeanwhile }
      guard rename(temporary, target) == 0 else { throw FileError("change", target) }
      if durably { flushFolder(of: target) }
      return .done
    }
    let replaced = (try? FileSystem.read(temporary)) ?? []
    if replaced != original {
      try putBack(temporary, as: target, over: bytes, replaced)
      return .changedMeanwhile
    }
    if durably { flushFolder(of: target) }
    return .done
  }

  /// Gives what somebody saved between the reading and the exchange its name again.
  ///
  /// They may save once more before it has it: what comes out of the exchange is then not what was put
  /// in, but their newest text, which goes back in turn, until nobody was quicker.
  private static func putBack(
    _ temporary: String, as target: String, over placed: [UInt8], _ saved: [UInt8]
  ) throws(FileError) {
    var (placed, newest) = (placed, saved)
    while true {
      if folio_exchange(temporary, target) != 0 {
        // The name was taken away meanwhile: it is free for what they saved, or taken once more.
        guard errno == ENOENT else { throw FileError("change", target) }
        if folio_move_exclusively(temporary, target) == 0 { return }
        guard errno == EEXIST else { throw FileError("change", target) }
        continue
      }
      let found = (try? FileSystem.read(temporary)) ?? []
      if found == placed { return }
      (placed, newest) = (newest, found)
    }
  }

  /// Writes a file that is the program's own (a cache, a table), replacing what is there.
  public static func overwrite(
    _ path: String, _ bytes: [UInt8], durably: Bool = false
  ) throws(FileError) {
    let temporary = try writeTemporary(beside: path, bytes, mode: 0o600, durably: durably)
    guard rename(temporary, path) == 0 else {
      let error = FileError("change", path)
      unlink(temporary)
      throw error
    }
  }

  /// Gives a file or folder another name. Never replaces anything: throws a `FileError` whose `exists`
  /// is true.
  ///
  /// - Parameter isSameFile: The two names are spellings of one, where case does not matter.
  static func move(_ from: String, to: String, isSameFile: Bool = false) throws(FileError) {
    if isSameFile {
      guard rename(from, to) == 0 else { throw FileError("move", from) }
      return
    }
    if folio_move_exclusively(from, to) == 0 { return }
    guard errno == EINVAL || errno == ENOTSUP || errno == ENOSYS else {
      throw FileError("move", errno == EEXIST ? to : from)
    }
    // No such rename here: the next best is to look just before.
    guard FileSystem.status(to, followingLinks: false) == nil else {
      throw FileError("move", to, code: EEXIST)
    }
    guard rename(from, to) == 0 else { throw FileError("move", from) }
  }

  /// Makes durable what was written without flushing below a folder: everything at once.
  static func flush(_ folder: String, files: Int) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return sync() }
    defer { close(descriptor) }
    if folio_sync_file_system(descriptor) != 0 { sync() }
  }

  /// Whether a name is that of a temporary file whose process is gone.
  public static func isLeftover(_ name: [UInt8]) -> Bool {
    let parts = String(decoding: name, as: UTF8.self).split(separator: "-")
    guard parts.count == 3, parts[0] == ".folio", parts[2].utf8.count == 16,
      parts[2].allSatisfy(\.isHexDigit), let process = pid_t(parts[1]), process > 0
    else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  private static func writeTemporary(
    beside path: String, _ bytes: [UInt8], mode: UInt16, like model: String? = nil,
    durably: Bool = true
  ) throws(FileError) -> String {
    let folder = FileSystem.parent(of: path).map { $0 + "/" } ?? (path.hasPrefix("/") ? "/" : "")
    var digits = String(UInt64.random(in: .min ... .max), radix: 16)
    digits = String(repeating: "0", count: 16 - digits.count) + digits
    let temporary = folder + ".folio-\(getpid())-" + digits
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
    guard descriptor >= 0 else { throw FileError("create", path) }
    defer { close(descriptor) }
    do throws(FileError) {
      try write(bytes, to: descriptor, path: path)
      if let model {
        fchmod(descriptor, mode_t(mode))
        let source = open(model, O_RDONLY | O_CLOEXEC)
        if source >= 0 {
          folio_xattr_copy(source, descriptor)
          close(source)
        }
      }
      if durably, fsync(descriptor) != 0 { throw FileError("save", path) }
    } catch {
      unlink(temporary)
      throw error
    }
    return temporary
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(FileError) {
    let code = FileDescriptor.write(bytes, to: descriptor)
    guard code == 0 else { throw FileError("save", path, code: code) }
  }

  /// Waits for other writers in the folder of a file; closing the descriptor lets them go on. Where the
  /// file system has no locks, nothing is waited for.
  private static func lockFolder(of path: String) -> Int32 {
    let descriptor = open(FileSystem.parent(of: path) ?? ".", O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }
    return descriptor
  }

  /// Makes the new name itself durable. A folder that cannot be flushed loses nothing that a plain
  /// save would not lose, so that is no error.
  private static func flushFolder(of path: String) {
    guard let folder = FileSystem.parent(of: path) else { return }
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
