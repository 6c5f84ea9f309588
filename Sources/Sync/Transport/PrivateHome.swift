internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A home folder for libgit2 to find its `known_hosts` in.
///
/// libgit2 1.5 reads `$HOME/.ssh/known_hosts` before it connects, gives up when a line is malformed,
/// and asks the host only for the kind of key that the first fitting line has. It is therefore given a
/// file of ours with one key in it. Changes the environment, so that it belongs into a process that
/// does nothing else. The folder goes away when the process ends, also by a signal.
final class PrivateHome {
  private let folder: String

  /// Makes the folder and becomes the home of the process. Called before libgit2 starts.
  init(in parent: String) throws(FileError) {
    var template = Array("\(parent)/folio-ssh-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw FileError("create a folder in", parent, code: errno) }
    folder = made
    try FileSystem.createFolder(folder + "/.ssh", mode: 0o700)
    setenv("HOME", folder, 1)
    PrivateHomeCleaning.prepare(folder)
  }

  func write(_ knownHosts: String) throws(FileError) {
    let path = folder + "/.ssh/known_hosts"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let bytes = Array(knownHosts.utf8)
    guard descriptor >= 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      throw FileError("write", path, code: errno)
    }
    close(descriptor)
  }

  func remove() { PrivateHomeCleaning.clean() }
}

/// Taking the folder away from inside a signal handler, where only system calls are allowed.
private enum PrivateHomeCleaning {
  nonisolated(unsafe) private static var file: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var inner: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var outer: UnsafeMutablePointer<CChar>?

  static func prepare(_ folder: String) {
    file = strdup(folder + "/.ssh/known_hosts")
    inner = strdup(folder + "/.ssh")
    outer = strdup(folder)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        PrivateHomeCleaning.clean()
        _exit(128 + number)
      }
    }
  }

  static func clean() {
    if let file { unlink(file) }
    if let inner { rmdir(inner) }
    if let outer { rmdir(outer) }
  }
}
