internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Repository {
  /// A setting of git: of this repository, else of the user, else of the machine.
  func setting(_ name: String) -> String? {
    var config: OpaquePointer?
    guard git_repository_config_snapshot(&config, pointer) == 0 else { return nil }
    defer { git_config_free(config) }
    var value: UnsafePointer<CChar>?
    guard git_config_get_string(&value, config, name) == 0, let value else { return nil }
    return String(cString: value)
  }

  /// A setting that is on or off; nil when it is not set or cannot be read as that.
  func flag(_ name: String) -> Bool? {
    var config: OpaquePointer?
    guard git_repository_config_snapshot(&config, pointer) == 0 else { return nil }
    defer { git_config_free(config) }
    var value: Int32 = 0
    return git_config_get_bool(&value, config, name) == 0 ? value != 0 : nil
  }

  /// The names of all settings that begin with `prefix`, in lower case as git has them.
  func settings(matching pattern: String) -> [String] {
    var config: OpaquePointer?
    guard git_repository_config_snapshot(&config, pointer) == 0 else { return [] }
    defer { git_config_free(config) }
    var iterator: OpaquePointer?
    guard git_config_iterator_glob_new(&iterator, config, pattern) == 0 else { return [] }
    defer { git_config_iterator_free(iterator) }
    var names: [String] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0, let found = entry?.pointee.name {
      names.append(String(cString: found))
    }
    return names
  }

  /// Writes a setting of this repository; nil takes it away.
  func set(_ name: String, _ value: String?) throws {
    let path = String(cString: git_repository_commondir(pointer)) + "config"
    let copy = path + "-folio"
    defer {
      unlink(copy)
      unlink(copy + ".lock")
    }
    for _ in 0..<5 {
      let before = try FileSystem.read(path)
      unlink(copy + ".lock")
      try SafeFile.overwrite(copy, before)
      var config: OpaquePointer?
      try GitError.check("open the settings of git", git_config_open_ondisk(&config, copy))
      defer { git_config_free(config) }
      if let value {
        try GitError.check("write the setting \(name)", git_config_set_string(config, name, value))
      } else {
        let code = git_config_delete_entry(config, name)
        if code != GIT_ENOTFOUND.rawValue {
          try GitError.check("remove the setting \(name)", code)
        }
      }
      let after = try FileSystem.read(copy)
      let folder = String(cString: git_repository_commondir(pointer))
      if try LockedFile.replace(
        path, after, in: folder, if: { try FileSystem.read(path) == before })
      {
        return
      }
    }
    throw SyncError.indexLocked(path)
  }

  /// Whether git leaves a path out; folders end with `/`. Tracked files are not asked about.
  func ignores(_ path: [UInt8]) -> Bool {
    var answer: Int32 = 0
    let text = path.map { CChar(bitPattern: $0) } + [0]
    return git_ignore_path_is_ignored(&answer, pointer, text) == 0 && answer == 1
  }

  /// Whether the attributes of a path ask for a filter that only the git program can run.
  func needsFilter(_ path: [UInt8]) -> Bool {
    var value: UnsafePointer<CChar>?
    let text = path.map { CChar(bitPattern: $0) } + [0]
    guard git_attr_get(&value, pointer, 0, text, "filter") == 0, let value,
      git_attr_value(value) == GIT_ATTR_VALUE_STRING
    else { return false }
    return true
  }
}
