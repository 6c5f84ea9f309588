public import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Bringing an old version of a file back into the vault.
public struct Restoration {
  public enum Outcome: Equatable, Sendable {
    case unchanged
    case created
    /// What was there before is in no commit; it lies in the trash under this path.
    case replaced(kept: String?)
  }

  private let vault: Vault
  private let repository: Repository

  public init(of vault: Vault) throws(SyncError) {
    self.vault = vault
    do { repository = try VaultRepository(vault).repository } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  /// Writes `bytes` to `path` of the vault; an edit that no commit has goes to the trash first.
  public func write(_ bytes: [UInt8], to path: String) throws(SyncError) -> Outcome {
    do {
      let checked = try VaultPath(path)
      try vault.refuseLinksOutside(checked)
      let absolute = vault.absolute(checked)
      guard FileSystem.status(absolute, followingLinks: false) != nil else {
        if let slash = absolute.lastIndex(of: "/") {
          try FileSystem.createFolder(String(absolute[..<slash]))
        }
        try SafeFile.create(absolute, bytes)
        return .created
      }
      for _ in 0..<3 {
        let before = try FileSystem.read(absolute)
        if before == bytes { return .unchanged }
        var kept: String?
        if !repository.contains(Repository.id(ofBlob: before)) {
          let stamp = LocalTime.utc(seconds: Int64(time(nil))).filter(\.isNumber)
          let digits = Repository.id(ofBlob: before).short
          let place = ".folio/trash/\(stamp)-\(digits)-\(checked.name)"
          try FileSystem.createFolder(vault.root + "/.folio/trash", mode: 0o700)
          try SafeFile.overwrite(vault.root + "/" + place, before, durably: true)
          kept = place
        }
        if try SafeFile.replace(absolute, original: before, with: bytes) == .done {
          return .replaced(kept: kept)
        }
      }
      throw VaultError.changedMeanwhile(path)
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }
}
