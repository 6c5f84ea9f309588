public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

public struct CloneVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "clone", _superCommandName: "folio",
    abstract: "Make a vault on this device from the one that a remote has.",
    discussion: """
      The folder appears when everything is there, or not at all. From then on 'folio sync' keeps it \
      and the remote in step. Nothing is sent.

        folio clone git@example.org:notes.git
        folio clone /media/stick/notes.git ~/notes
      """)

  @Argument(help: "A folder, ssh://host/path, user@host:path or https://host/path.")
  var address: String

  @Argument(help: "The folder to make; named like the remote when none is given.")
  var folder: String?

  @Flag(help: "Take an http address though everybody on the way can read what passes.")
  var insecure = false

  @OptionGroup var access: RemoteAccess

  @Flag(name: .shortAndLong, help: "Say nothing.") var quiet = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let address = try Failure.wrap { () throws(SyncError) in
      try RemoteAddress(self.address, from: FileSystem.currentFolder, plain: insecure)
    }
    if insecure { try RemoteAccess.agreeToPlain(address) }
    let progress = SyncProgress(isShown: Terminal.isError && !quiet)
    Interruption.notice()
    let clone = Clone(
      address, transport: try access.transport(progress),
      isCancelled: { Interruption.isAskedFor })
    defer { progress.clear() }
    let report = try Failure.wrap { () throws(SyncError) in
      try clone.run(into: folder ?? clone.defaultFolder) { progress.show($0) }
    }
    progress.clear()
    guard !quiet else { return }
    let whole = FileSystem.display(report.root)
    let place = Terminal.harmless(report.vault.isEmpty ? whole : whole + "/" + report.vault)
    if report.isEmpty {
      output.line("\(place) is a vault now; the remote is empty and takes what you sync first.")
    } else {
      output.line("\(place) is a vault now: \(report.files.text) on branch \(report.branch).")
    }
  }
}
