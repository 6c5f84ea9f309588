public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes
internal import Typesetting

public struct ResumeDiff: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "diff", _superCommandName: "folio resume",
    abstract: "What two views say differently.",
    discussion: """
      The resumes of both views as Markdown, line by line: '-' for what only the first says, '+' for \
      what only the second says. Lines that stay are left out but for headings.

        folio resume diff default acme
        folio resume diff default acme --all
      """)

  @OptionGroup var options: DocumentOptions

  @Argument(help: ArgumentHelp("A view.", valueName: "view")) var first: String
  @Argument(help: ArgumentHelp("Another view.", valueName: "view")) var second: String
  @Flag(help: "Show the lines that stay as well.") var all = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try CareerSource(options.index)
    let texts = try [first, second].map { name -> [String] in
      let view = options.applied(to: try source.view(name, default: "default", over: .resume))
      let checked = try CheckedChoice(source, view, day: try options.day())
      let document = try checked.resume().document
      try checked.check(document, "the resume")
      return MarkdownWriter.write(document).split(separator: "\n").map(String.init)
    }
    let difference = LineDifference(texts[0], texts[1])
    let style = Style(color)
    guard !difference.isEmpty else {
      Output.remark("\(first) and \(second) say the same.")
      return
    }
    output.line(style.bad("--- \(Terminal.harmless(first))"))
    output.line(style.good("+++ \(Terminal.harmless(second))"))
    var heading: String?
    for line in difference.lines {
      switch line {
      case .same(let text):
        if all {
          output.line("  " + Terminal.harmless(text))
        } else if text.hasPrefix("#") {
          heading = text
        }
      case .removed(let text), .added(let text):
        if let title = heading { output.line("  " + style.title(Terminal.harmless(title))) }
        heading = nil
        let text = Terminal.harmless(text)
        if case .removed = line {
          output.line(style.bad("- " + text))
        } else {
          output.line(style.good("+ " + text))
        }
      }
    }
  }
}
