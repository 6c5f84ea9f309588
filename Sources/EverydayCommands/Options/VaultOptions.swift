public import ArgumentParser
public import Notes

/// Which vault a verb works on.
public struct VaultOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "The vault: any folder of Markdown. Without it: $FOLIO_VAULT, the nearest folder above with a .folio/, or the user's settings.",
      valueName: "dir"))
  public var vault: String?

  public init() {}

  /// Finds the vault, and finishes what a command that was killed had begun there.
  public func open() throws -> Vault { try VaultChoice(vault: vault).open() }
}

/// Which index a reading verb uses, and whether it looks for changes first.
public struct ReadingOptions: ParsableArguments, Sendable {
  @OptionGroup public var vault: VaultOptions

  @Option(
    name: .customLong("index-dir"),
    help: ArgumentHelp("Keep the index in this folder.", valueName: "dir"))
  public var indexDirectory: String?

  @Flag(
    name: .customLong("no-refresh"), help: "Use the index as it is; do not look for changed notes.")
  public var noRefresh = false

  public init() {}

  /// What was chosen.
  public var choice: IndexChoice {
    IndexChoice(
      vault: VaultChoice(vault: vault.vault), indexDirectory: indexDirectory, noRefresh: noRefresh)
  }

  /// The folder of a vault's index.
  public func directory(of vault: Vault) -> String { choice.directory(of: vault) }

  /// See `IndexChoice.open`.
  public func open(
    _ freshness: NoteIndex.Freshness = .refresh, quiet: Bool = false
  ) throws -> (index: NoteIndex, report: NoteIndex.Report) {
    try choice.open(freshness, quiet: quiet)
  }

  /// See `IndexChoice.openForChange`.
  public func openForChange(_ vault: Vault) throws -> NoteIndex { try choice.openForChange(vault) }

  /// See `IndexChoice.open`.
  public func open(
    _ vault: Vault, _ freshness: NoteIndex.Freshness = .refresh, quiet: Bool = false,
    checking: Bool = true, wait: Duration = .seconds(2)
  ) throws -> (index: NoteIndex, report: NoteIndex.Report) {
    try choice.open(vault, freshness, quiet: quiet, checking: checking, wait: wait)
  }
}
