internal import CFileSystem

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Folders that programs write are made beside the old one and put in its place in one step.
public enum FolderExchange {
  /// Puts `new` in the place of `old`: the names are exchanged, so that afterwards `new` names the old
  /// folder. Where nothing is at `old`, the folder is only moved.
  public static func place(_ new: String, at old: String) throws(FileError) {
    if FileSystem.status(old, followingLinks: false) == nil {
      guard rename(new, old) == 0 else { throw FileError("create", old) }
      return
    }
    if folio_exchange(new, old) == 0 { return }
    guard errno == EINVAL || errno == ENOTSUP || errno == ENOSYS else {
      throw FileError("change", old)
    }
    // No exchange on this file system: two steps, with the old folder kept beside in between.
    let aside = new + "-old"
    guard rename(old, aside) == 0, rename(new, old) == 0, rename(aside, new) == 0 else {
      throw FileError("change", old)
    }
  }

  /// Gives a file a second name; false where the file system has none.
  public static func link(_ path: String, as name: String) -> Bool {
    #if canImport(Darwin)
      Darwin.link(path, name) == 0
    #elseif canImport(Glibc)
      Glibc.link(path, name) == 0
    #else
      Musl.link(path, name) == 0
    #endif
  }

  /// Moves a file or folder to a name that is free.
  public static func move(_ path: String, to name: String) throws(FileError) {
    guard FileSystem.status(name, followingLinks: false) == nil, rename(path, name) == 0 else {
      throw FileError("move", path)
    }
  }

  /// Removes an empty folder.
  public static func removeEmptyFolder(_ path: String) { rmdir(path) }
}
