public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

/// The verb that groups those about remotes.
public struct Remote: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "remote", _superCommandName: "folio",
    abstract: "Name, list, test and remove the places that the vault is synced with.",
    subcommands: [RemoteAdd.self, RemoteList.self, RemoteTest.self, RemoteRemove.self])

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
        folio remote add https://example.org/maya/notes.git
        folio remote add stick /media/stick/notes.git --create

      Over ssh the keys of the agent are used, then ~/.ssh/id_ed25519 and id_ecdsa, or what \
      ~/.ssh/config says for the host. For https put a token into $FOLIO_TOKEN, or as the line \
      'HOST TOKEN' into ~/.config/folio/tokens with mode 0600; it never belongs into the address.
      """)

  @OptionGroup var vault: VaultOptions

  @Argument(
    help: ArgumentHelp(
      "The name, then the address; or the address alone.", valueName: "name> <address"))
  var words: [String]

  @Flag(help: "Make the repository when the address is a folder that is missing or empty.")
  var create = false

  @Flag(help: "Take an http address though everybody on the way can read what passes.")
  var insecure = false

  public init() {}

  public func validate() throws {
    guard words.count == 1 || words.count == 2 else {
      throw ValidationError("give an address, or a name and an address")
    }
  }

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let name = words.count == 2 ? words[0] : "origin"
    let address = try Failure.wrap { () throws(SyncError) in
      try RemoteAddress(
        words[words.count - 1], from: FileSystem.currentFolder, plain: insecure)
    }
    if insecure { try RemoteAccess.agreeToPlain(address) }
    let added = try Failure.wrap { () throws(SyncError) in
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
          ("sync", .bool($0.isForSync)), ("used_address", .optional($0.usedAddress)),
        ])
      }
      output.line(JSON.object([("remotes", .array(items))]).text)
    } else {
      for remote in remotes {
        let mark = remote.isForSync ? "*" : " "
        let used = remote.usedAddress.map { " (git's settings make that \($0))" } ?? ""
        output.line(Terminal.harmless("\(mark) \(remote.name)  \(remote.address)\(used)"))
      }
    }
    if remotes.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}

public struct RemoteTest: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "test", _superCommandName: "folio remote",
    abstract: "Say whether a remote can be read and sent to, and why not.",
    discussion: """
      Without a name the remote that 'folio sync' uses is asked. Nothing is sent and nothing of the \
      vault is changed. On a terminal a host that is met for the first time can be accepted here.

        folio remote test
        folio remote test stick --json
      """)

  @OptionGroup var vault: VaultOptions
  @OptionGroup var access: RemoteAccess
  @Argument(help: "The name.") var name: String?
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let progress = SyncProgress(isShown: Terminal.isError && !json)
    Interruption.notice()
    let transport = try access.transport(progress)
    progress.show("asking")
    let check = try Failure.wrap { () throws(SyncError) in
      defer { progress.clear() }
      return try RemoteCheck(name, of: vault, transport)
    }
    if json {
      output.line(Self.json(check).text)
    } else {
      output.line("\(Terminal.harmless(check.remote)) is \(Terminal.harmless(check.address)).")
      if let used = check.readAddress {
        output.line("Git's settings make that \(Terminal.harmless(used)).")
      }
      if let used = check.sendAddress {
        output.line("What is sent goes to \(Terminal.harmless(used)).")
      }
      for remark in check.remarks { output.line(Terminal.harmless(remark) + ".") }
      Self.say("Reading", check.reading, &output)
      if let problem = check.reading.problem, problem == check.sending.problem {
        output.line("Sending does not work either, for the same reason.")
      } else {
        Self.say("Sending", check.sending, &output)
      }
      if let standing = check.standing { output.line(Terminal.harmless(standing) + ".") }
    }
    if let problem = check.reading.problem ?? check.sending.problem {
      output.flush()
      throw Failure.quiet(Failure(problem).status)
    }
  }

  private static func say(
    _ what: String, _ finding: RemoteCheck.Finding, _ output: inout Output
  ) {
    guard let problem = finding.problem else {
      output.line("\(what) \(Terminal.harmless(finding.text)).")
      return
    }
    output.line("\(what) does not work: \(Terminal.harmless(finding.text)).")
    output.line("  \(Terminal.harmless(problem.remedy))")
  }

  private static func json(_ finding: RemoteCheck.Finding) -> JSON {
    .object([
      ("works", .bool(finding.problem == nil)), ("message", .string(finding.text)),
      ("remedy", .optional(finding.problem?.remedy)),
    ])
  }

  private static func json(_ check: RemoteCheck) -> JSON {
    .object([
      ("remote", .string(check.remote)), ("address", .string(check.address)),
      ("read_address", .optional(check.readAddress)),
      ("send_address", .optional(check.sendAddress)),
      ("remarks", .strings(check.remarks)),
      ("reading", json(check.reading)), ("sending", json(check.sending)),
      ("branches", .strings(check.branches.keys.sorted())),
      ("default_branch", .optional(check.defaultBranch)),
      ("standing", .optional(check.standing)),
    ])
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
