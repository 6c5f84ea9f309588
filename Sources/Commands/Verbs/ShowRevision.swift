public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

/// `folio show NOTE@REV`: what `show` hands over, because the everyday program knows no history.
public struct ShowRevision: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "show-revision", _superCommandName: "folio",
    abstract: "Print an old version of a note.", shouldDisplay: false)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "NOTE@REV.") var note: String

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let version = NoteVersion(note)
    let history = try NoteVersion.history(of: version.name, vault, index)
    let bytes = try Failure.wrap { () throws(SyncError) in
      try history.bytes(
        of: history.revision(version.revision ?? "0", now: Environment.now))
    }
    guard Terminal.isOutput else {
      output.write(bytes)
      return
    }
    let text = Terminal.harmless(String(decoding: bytes, as: UTF8.self), keepingLines: true)
    output.write(text)
    if text.utf8.last != 0x0A { output.line() }
  }
}
