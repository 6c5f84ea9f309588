#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif
internal import Notes

/// The other files of the installation, found from the program that runs.
public enum Companion {
  /// The resolved path of the running program.
  public static var program: String? {
    #if canImport(Darwin)
      var size: UInt32 = 0
      _NSGetExecutablePath(nil, &size)
      var buffer = [CChar](repeating: 0, count: Int(size) + 1)
      guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
      return buffer.withUnsafeBufferPointer {
        FileSystem.realPath(String(cString: $0.baseAddress!))
      }
    #else
      return FileSystem.realPath("/proc/self/exe")
    #endif
  }

  private static var folder: String {
    guard let program, let slash = program.lastIndex(of: "/") else { return "." }
    return String(program[..<slash])
  }

  /// A program that belongs to this one: in `$FOLIO_LIBEXEC`, beside it, or in `../libexec/folio`.
  public static func path(of name: String) -> String? {
    var folders = [folder, folder + "/../libexec/folio"]
    if let chosen = Environment["FOLIO_LIBEXEC"], !chosen.isEmpty { folders.insert(chosen, at: 0) }
    for folder in folders {
      let path = folder + "/" + name
      if access(path, X_OK) == 0 { return path }
    }
    return nil
  }

  /// The folder of the starter vault: `share/folio/vault` of the installation, or `Vault` of the
  /// source tree in which the program was built.
  public static var starterVault: String? {
    var candidates = [folder + "/../share/folio/vault", folder + "/../../share/folio/vault"]
    if let chosen = Environment["FOLIO_SHARE"], !chosen.isEmpty {
      candidates.insert(chosen + "/vault", at: 0)
    }
    var above = folder
    for _ in 0..<5 {
      candidates.append(above + "/Vault")
      above += "/.."
    }
    return candidates.first { FileSystem.status($0 + "/guide.md")?.kind == .file }
      .flatMap { FileSystem.realPath($0) }
  }
}
