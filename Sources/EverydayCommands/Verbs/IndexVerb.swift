public import ArgumentParser
internal import FullText
internal import Notes

public struct IndexVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "index", _superCommandName: "folio",
    abstract: "Bring the search index up to date, or look into it.",
    discussion: """
      Searching does this by itself; the command is for scripts, for looking, and for making the \
      index anew. The index is a cache: it can be deleted at any time, and one that is damaged or \
      of another version is rebuilt without being asked.

        folio index
        folio index --stats
        folio index --verify && echo sound
        folio index --rebuild
      """)

  @OptionGroup var options: ReadingOptions

  @Flag(help: "Forget the index and make it anew.")
  var rebuild = false

  @Flag(help: "Compare every checksum of the index; exit code 1 when one is wrong.")
  var verify = false

  @Flag(help: "Show what the index holds.")
  var stats = false

  @Flag(name: .shortAndLong, help: "Say nothing.")
  var quiet = false

  @Flag(help: "Print JSON.")
  var json = false

  public init() {}

  public func validate() throws {
    if rebuild, verify { throw ValidationError("--rebuild and --verify do not go together") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try options.vault.open()
    let directory = options.directory(of: vault)
    if verify {
      try check(directory, &output)
      return
    }
    let clock = ContinuousClock()
    let start = clock.now
    let (index, report) = try options.open(vault, rebuild ? .rebuild : .refresh, quiet: quiet)
    let elapsed = start.duration(to: clock.now)
    if report.isStale { throw VaultError.indexLocked(directory) }
    if quiet { return }
    for link in report.refusedLinks {
      Output.remark("folio: \(Terminal.harmless(link)) is a link out of the vault; not followed.")
    }
    let problems = index.index.documents(where: .exists(".problem"))
    for id in problems.prefix(20) {
      let note = index.summary(of: id)
      Output.remark("folio: \(Terminal.harmless(note.path)): \(note.problem ?? "")")
    }
    if problems.count > 20 {
      Output.remark("folio: and \(problems.count - 20) more; 'folio check' lists them all.")
    }
    print(report, index.index.statistics, elapsed, &output)
  }

  private func check(_ directory: String, _ output: inout Output) throws {
    let problems = Index.verify(directory)
    if json {
      output.line(JSON.object([("problems", .strings(problems))]).text)
    } else {
      for problem in problems { output.line(problem) }
      if problems.isEmpty, !quiet { output.line("The index is sound.") }
    }
    guard problems.isEmpty else {
      output.flush()
      throw Failure(
        .nothing, "the index is damaged or absent", "The next search rebuilds it, or 'folio index'."
      )
    }
  }

  private func print(
    _ report: NoteIndex.Report, _ statistics: Index.Statistics, _ elapsed: Duration,
    _ output: inout Output
  ) {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    if json {
      output.line(
        JSON.object([
          ("notes", .int(statistics.documents)), ("added", .int(report.added)),
          ("changed", .int(report.changed)), ("removed", .int(report.removed)),
          ("rebuilt", .bool(report.isRebuilt)), ("seconds", .number(seconds)),
          ("bytes", .int(statistics.bytes)), ("segments", .int(statistics.segments)),
          ("terms", .int(statistics.terms)),
        ]).text)
      return
    }
    output.line(
      "\(Count.of(report.notes, "note")): \(report.added) new, \(report.changed) changed, "
        + "\(report.removed) removed (\(Count.seconds(seconds)))")
    if stats {
      output.line("  segments  \(statistics.segments)")
      output.line("  terms     \(statistics.terms)")
      output.line("  tokens    \(statistics.tokens)")
      output.line("  deleted   \(statistics.deleted)")
      output.line("  size      \(Count.bytes(statistics.bytes))")
    }
  }
}

/// Numbers as people read them.
public enum Count {
  public static func of(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// `312 kB`, `18.4 MB`: powers of 1000.
  public static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: return "\(count) B"
    case ..<1_000_000: return "\(count / 1000) kB"
    default:
      let tenths = count / 100_000
      return "\(tenths / 10).\(tenths % 10) MB"
    }
  }

  /// `4 ms`, `1.3 s`.
  public static func seconds(_ seconds: Double) -> String {
    if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
