public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

/// The verb that groups those about remotes.
public struct Remote: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "remote", _superCommandName: "folio",
    abstract: "Name, list and remove the places that the vault is synced with.",
    subcommands: [RemoteAdd.self, RemoteList.self, RemoteRemove.self])

  public init() {}
}

public struct RemoteAdd: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "add", _superCommandName: "folio remote",
    abstract: "Name a place to sync with.",
    discussion: """
      The first one that is added is the one that 'folio sync' uses. Without a name it is called \
      origin. With --create a folder that is missing becomes a repository to send to.

        folio remote add git@example.org:notes.git
        folio remote add stick /media/stick/notes.git --create
      """)

  @OptionGroup var vault: VaultOptions

  @Argument(
    help: ArgumentHelp(
      "The name, then the address; or the address alone.", valueName: "name> <address"))
  var words: [String]

  @Flag(help: "Make the repository when the address is a folder that is missing or empty.")
  var create = false

  public init() {}

  public func validate() throws {
    guard words.count == 1 || words.count == 2 else {
      throw ValidationError("give an address, or a name and an address")
    }
  }

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let name = words.count == 2 ? words[0] : "origin"
    let added = try Failure.wrap { () throws(SyncError) in
      let address = try RemoteAddress(words[words.count - 1], from: FileSystem.currentFolder)
      let remotes = try Remotes(of: vault)
      try remotes.add(name, address, makingFolder: create)
      return remotes.list().first { $0.name == name }
    }
    guard let added else { return }
    let use = added.isForSync ? "; 'folio sync' uses it" : ""
    output.line("\(added.name) is \(Terminal.harmless(added.address))\(use).")
  }
}

public struct RemoteList: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio remote",
    abstract: "List the places to sync with.",
    discussion: """
      The one that 'folio sync' uses has a star.

        folio remote list
        folio remote list --json
      """)

  @OptionGroup var vault: VaultOptions
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let remotes = try Failure.wrap { () throws(SyncError) in try Remotes(of: vault).list() }
    if json {
      let items = remotes.map {
        JSON.object([
          ("name", .string($0.name)), ("address", .string($0.address)),
          ("sync", .bool($0.isForSync)),
        ])
      }
      output.line(JSON.object([("remotes", .array(items))]).text)
    } else {
      for remote in remotes {
        let mark = remote.isForSync ? "*" : " "
        output.line("\(mark) \(remote.name)  \(Terminal.harmless(remote.address))")
      }
    }
    if remotes.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}

public struct RemoteRemove: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "remove", _superCommandName: "folio remote",
    abstract: "Forget a place to sync with; nothing there is touched.",
    discussion: """
        folio remote remove stick
      """)

  @OptionGroup var vault: VaultOptions
  @Argument(help: "The name.") var name: String

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    try Failure.wrap { () throws(SyncError) in try Remotes(of: vault).remove(name) }
    output.line("\(Terminal.harmless(name)) is forgotten.")
  }
}
