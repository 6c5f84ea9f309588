internal import CLibGit2
internal import Synchronization

/// The library behind everything that touches a repository.
///
/// Starting it costs about 7 ms, so it starts with the first call that needs it, once a process.
enum Git {
  private static let started: Int32 = git_libgit2_init()

  static func start() throws(GitError) {
    try GitError.check("start libgit2", started)
  }

  /// Starts it in a process whose home is not the person's: their settings are read in `home`.
  static func start(readingSettingsIn home: String) throws(GitError) {
    try start()
    try GitError.check(
      "read the settings in \(home)", folio_git_set_search_path(GIT_CONFIG_LEVEL_GLOBAL, home))
    try GitError.check(
      "read the settings in \(home)",
      folio_git_set_search_path(GIT_CONFIG_LEVEL_XDG, home + "/.config/git"))
  }

  /// Trusts the certificates in a file, and no others.
  static func trust(authoritiesIn file: String) throws(RemoteProblem) {
    guard folio_git_trust_authorities(file) == 0 else {
      throw RemoteProblem(
        .notAuthorised, "\(file) cannot be read as certificates",
        "Name a file with certificates in PEM form.")
    }
  }

  /// The version of libgit2 that is linked: `1.5.1`.
  static var version: String {
    var major: Int32 = 0
    var minor: Int32 = 0
    var patch: Int32 = 0
    git_libgit2_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  private static let flushing = Flag()

  /// Whether what is written is flushed to the disk file by file.
  static var isFlushing: Bool { flushing.value }

  /// Whether what libgit2 writes is flushed to the disk file by file. Counts for the whole process.
  static func setFlushing(_ isOn: Bool) {
    flushing.value = isOn
    _ = folio_git_set_flushing(isOn ? 1 : 0)
  }

  private final class Flag: Sendable {
    private let state = Mutex(false)

    var value: Bool {
      get { state.withLock { $0 } }
      set { state.withLock { $0 = newValue } }
    }
  }
}
