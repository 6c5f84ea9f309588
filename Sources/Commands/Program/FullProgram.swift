internal import ArgumentParser
internal import EverydayCommands
internal import Notes

/// Runs `folio-full`.
public enum FullProgram {
  /// Parses the arguments against every verb, runs the one that was typed, and ends.
  public static func main(_ arguments: [String]) -> Never {
    Program.prepare()
    var arguments = arguments.isEmpty ? ["overview"] : arguments
    if Program.namesVersion(arguments) { arguments[0] = ShowRevision.name }
    refuseUnknownVerb(arguments)
    do {
      var command = try Folio.parseAsRoot(arguments)
      if var verb = command as? any Verb {
        var output = Output()
        do { try verb.run(&output) } catch {
          output.flush()
          throw error
        }
        output.flush()
      } else {
        try command.run()
      }
      Program.exit(.done)
    } catch {
      Program.end(error, of: verb(of: arguments))
    }
  }

  /// The type of the verb that was typed, for the hint of an error.
  private static func verb(of arguments: [String]) -> any ParsableCommand.Type {
    var found: any ParsableCommand.Type = Folio.self
    for name in arguments {
      guard let next = found.configuration.everySubcommand.first(where: { $0.name == name }) else {
        break
      }
      found = next
    }
    return found
  }

  /// A verb that does not exist, said with the one that may have been meant.
  private static func refuseUnknownVerb(_ arguments: [String]) {
    var place = "folio"
    var known = Folio.configuration.everySubcommand
    var names = arguments[...]
    if names.first == "help" {
      known = Folio.configuration.everySubcommand
      names = names.dropFirst()
    }
    while let name = names.first, !known.isEmpty {
      guard !name.hasPrefix("-") else { return }
      guard let next = known.first(where: { $0.name == name }) else {
        if name == "help" { return }
        let near = Similar.closest(to: name, among: known.map { $0.name })
        Failure(
          .usage, "\(place) has no verb \(name)",
          near.map { "Did you mean '\(place) \($0)'?" }
            ?? "'\(place) --help' lists what there is."
        ).end()
      }
      place += " " + name
      known = next.configuration.everySubcommand
      names = names.dropFirst()
    }
  }
}

extension CommandConfiguration {
  /// The subcommands in groups and outside of them.
  var everySubcommand: [any ParsableCommand.Type] {
    ungroupedSubcommands + groupedSubcommands.flatMap(\.subcommands)
  }
}

extension ParsableCommand {
  static var name: String { configuration.commandName ?? "" }
}
