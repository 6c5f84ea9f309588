internal import FullText
public import Notes

/// Which vault a verb works on; the parser knows it as `VaultOptions`.
///
/// The parser's own types cost more to make than a search takes, so what verbs do with what was chosen
/// is here.
public struct VaultChoice: Sendable, Equatable {
  /// As named on the command line.
  public var vault: String?

  /// Finds the vault, and finishes what a command that was killed had begun there.
  public func open() throws -> Vault {
    var vault = try Vault.find(
      named: vault, environment: Environment["FOLIO_VAULT"], current: FileSystem.currentFolder,
      userSettings: Environment.userSettings)
    vault.shared = Environment.sharedCache
    if Environment["FOLIO_NOW"] != nil { vault.moment = Environment.now.seconds }
    let log = ChangeLog(vault, local: vault.localFolder(shared: Environment.sharedCache))
    if let outcome = try log.recover() {
      Output.remark(
        Terminal.harmless(
          "folio: an earlier command was interrupted; its changes are made now: "
            + outcome.changes.title))
      for path in outcome.left {
        Output.remark(
          Terminal.harmless("folio: \(path) has been changed since and is left as it is."))
      }
    }
    return vault
  }
}

/// Which index a reading verb uses, and whether it looks for changes first; see `ReadingOptions`.
public struct IndexChoice: Sendable, Equatable {
  public var vault = VaultChoice()
  public var indexDirectory: String?
  public var noRefresh = false

  /// The folder of a vault's index.
  public func directory(of vault: Vault) -> String {
    if let indexDirectory { return FileSystem.absolute(indexDirectory) }
    return vault.cacheFolder(shared: Environment.sharedCache) + "/index"
  }

  /// Opens the index of the vault, brought up to date unless that was declined.
  ///
  /// Says on standard error what a person should know: a long build, an index that is behind.
  public func open(
    _ freshness: NoteIndex.Freshness = .refresh, quiet: Bool = false
  ) throws -> (index: NoteIndex, report: NoteIndex.Report) {
    let vault = try vault.open()
    return try open(vault, freshness, quiet: quiet)
  }

  /// Opens the index for a change that has to find every link: what another command has just written
  /// must be in it, so it is always brought up to date, and waited for as long as that takes.
  public func openForChange(_ vault: Vault) throws -> NoteIndex {
    var current = self
    current.noRefresh = false
    let opened = try current.open(vault, wait: .seconds(60))
    if opened.report.isStale { throw VaultError.indexLocked(directory(of: vault)) }
    return opened.index
  }

  /// - Parameters:
  ///   - checking: Documents are listed without a search, which looks after what it uses by itself: an
  ///     index whose keys, attributes or values are damaged is made anew first.
  ///   - wait: How long to wait for another command that writes the index.
  public func open(
    _ vault: Vault, _ freshness: NoteIndex.Freshness = .refresh, quiet: Bool = false,
    checking: Bool = true, wait: Duration = .seconds(2)
  ) throws -> (index: NoteIndex, report: NoteIndex.Report) {
    let progress: (@Sendable (Int, Int) -> Void)? = Progress.indexing(quiet: quiet)
    var opened = try NoteIndex.open(
      vault, directory: directory(of: vault),
      freshness: noRefresh && freshness == .refresh ? .asItStands : freshness, wait: wait,
      progress: progress)
    if checking, freshness == .refresh, !opened.index.index.hasIntactDocuments {
      opened = try NoteIndex.open(
        vault, directory: directory(of: vault), freshness: .rebuild, wait: wait, progress: progress)
    }
    if progress != nil { Progress.clear(after: opened.report.added + opened.report.changed) }
    if opened.report.isStale {
      Output.remark(
        "folio: another folio is updating the index; this answer is from the one before.")
    }
    for error in opened.report.errors where !quiet {
      Output.remark(
        "folio: cannot list \(Terminal.harmless(error.path)): \(error.reason); its notes are missing here."
      )
    }
    return opened
  }
}

/// Progress on a terminal, for work that takes longer than a moment.
enum Progress {
  /// Fewer notes are indexed before anybody could read how many.
  private static let leastShown = 2000

  static func indexing(quiet: Bool) -> (@Sendable (Int, Int) -> Void)? {
    guard Terminal.isError, !quiet else { return nil }
    return { done, total in
      guard total >= leastShown else { return }
      Output.send(Array("\r\u{1B}[Kindexing \(done) of \(total) notes".utf8), to: 2)
    }
  }

  static func clear(after total: Int) {
    if total >= leastShown { Output.send(Array("\r\u{1B}[K".utf8), to: 2) }
  }
}
