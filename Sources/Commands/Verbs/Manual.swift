public import ArgumentParser
public import EverydayCommands

/// Prints the manual page, made of the same words as the help. `make install` uses it.
public struct Manual: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "manual", _superCommandName: "folio",
    abstract: "Print the manual page in roff.", shouldDisplay: false)

  @Option(help: "The date to print, such as 2026-11-22.") var date = ""

  public init() {}

  public func run(_ output: inout Output) {
    output.line(".Dd \(date)")
    output.line(".Dt FOLIO 1")
    output.line(".Os")
    output.line(".Sh NAME")
    output.line(".Nm folio")
    output.line(".Nd notes of an engineer: captured in seconds, found in milliseconds")
    output.line(".Sh SYNOPSIS")
    output.line(".Nm")
    output.line(".Ar verb")
    output.line(".Op Ar arguments")
    section("DESCRIPTION", Folio.self, &output)
    for verb in Folio.configuration.everySubcommand where verb.configuration.shouldDisplay {
      let below = verb.configuration.everySubcommand
      for verb in below.isEmpty ? [verb] : below {
        let above = verb.configuration._superCommandName ?? "folio"
        section("\(above) \(verb.name)", verb, &output)
      }
    }
  }

  private func section(
    _ title: String, _ verb: any ParsableCommand.Type, _ output: inout Output
  ) {
    output.line(".Sh \(title.uppercased())")
    output.line(".Bd -literal")
    let help = Folio.helpMessage(for: verb, columns: 78)
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      // A dot or a quote at the start of a line would be a request.
      let text = line.replacing("\\", with: "\\e")
      output.line(text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : String(text))
    }
    output.line(".Ed")
  }
}
