public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

/// Talks to a URL on behalf of another folio, as a process of its own that can be ended when the other
/// side is silent. `RemoteProcess` says how the two understand each other.
public struct SyncTransport: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "sync-transport", _superCommandName: "folio",
    abstract: "Talk to a remote on behalf of sync.", shouldDisplay: false)

  @Option(name: .customLong("ca-file")) var authorities: String?
  @Argument var operation: String
  @Argument var repository: String
  @Argument var address: String
  @Argument var branch: String = ""
  @Argument var source: String = ""

  public init() {}

  public func run(_ output: inout Output) throws {
    RemoteWorker(
      settings: try RemoteAccess.settings(authorities: authorities),
      temporary: Environment["TMPDIR"].flatMap { FileSystem.isFolder($0) ? $0 : nil } ?? "/tmp"
    ).run(operation, repository, address, branch, source)
  }
}
