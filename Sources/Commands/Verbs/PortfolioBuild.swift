public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Manuscript
internal import Notes
internal import Typesetting

public struct PortfolioBuild: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "build", _superCommandName: "folio portfolio",
    abstract: "Make a site: an index and a page a project.",
    discussion: """
      Static files without scripts that ask nobody for anything; they can be opened from the disk \
      or put on any server.

        folio portfolio build -o site
        folio portfolio build -o site --view freelance

      The folder gets a .folio-output mark that lists what was written. Building again replaces \
      those files and removes pages of projects that are gone; a folder with other files in it, or a \
      page that was edited since, is left as it is. Folders with the mark are no notes: search, check \
      and sync pass them by.

      Exit code 2 for a view, profile or metric that cannot be used, 8 when something private would \
      be shown or a file is not folio's own.
      """)

  @OptionGroup var options: DocumentOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder of the site.", valueName: "dir"))
  var output: String

  public init() {}

  public func run(_ out: inout Output) throws {
    let source = try CareerSource(options.index)
    let checked = try PortfolioSource.choose(source, options)
    let portfolio = Portfolio(checked.choice)
    let writer = HTMLWriter(templates: try source.templates(.portfolio), look: checked.look)
    var files: [(path: String, bytes: [UInt8])] = []
    func add(_ path: String, _ document: Document, _ template: String, _ extra: [String: String])
      throws
    {
      try checked.check(document, path)
      let text = writer.write(document, template: template, extra: extra)
      try checked.check(text, path)
      files.append((path, Array(text.utf8)))
    }
    try add("index.html", portfolio.index, "portfolio.html", [:])
    for page in portfolio.pages {
      var extra = ["home": "../index.html"]
      if let previous = page.previous {
        extra["previous"] = previous.path
        extra["previousTitle"] = previous.title
      }
      if let next = page.next {
        extra["next"] = next.path
        extra["nextTitle"] = next.title
      }
      try add(page.path, page.document, "project-page.html", extra)
    }
    let folder = FileSystem.absolute(output)
    if folder == source.vault.root || source.vault.root.hasPrefix(folder + "/") {
      throw Failure(
        .unsafe, "\(output) holds the vault itself", "Name a folder of its own, such as site.")
    }
    let report = try OutputFolder(folder, display: output).write(files)
    if !options.quiet {
      let pages = files.count == 1 ? "1 page" : "\(files.count) pages"
      Output.remark(
        Terminal.harmless(
          "\(output): \(pages), \(report.written) written, \(report.removed) removed; open "
            + "\(output)/index.html"))
      if let remark = checked.remark { Output.remark(remark) }
    }
  }
}
