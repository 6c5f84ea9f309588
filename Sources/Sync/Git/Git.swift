internal import CLibGit2

/// The library behind everything that touches a repository.
///
/// Starting it costs about 7 ms, so it starts with the first call that needs it, once a process.
enum Git {
  private static let started: Int32 = git_libgit2_init()

  static func start() throws(GitError) {
    try GitError.check("start libgit2", started)
  }

  /// The version of libgit2 that is linked: `1.5.1`.
  static var version: String {
    var major: Int32 = 0
    var minor: Int32 = 0
    var patch: Int32 = 0
    git_libgit2_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// Whether what libgit2 writes is flushed to the disk file by file. Counts for the whole process.
  static func setFlushing(_ isOn: Bool) { _ = folio_git_set_flushing(isOn ? 1 : 0) }
}
