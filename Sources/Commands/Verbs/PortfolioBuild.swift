public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes

public struct PortfolioBuild: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "build", _superCommandName: "folio portfolio",
    abstract: "Make a site: projects, articles, tags, skills, and a search.",
    discussion: """
      Static files that ask nobody for anything; they can be opened from the disk or put on any \
      server. Only the search page has a script, and it searches in the browser.

        folio portfolio build -o site
        folio portfolio build -o site --view freelance
        folio portfolio build -o site --address https://maya.example/

      Projects and notes that say 'visibility: public' become pages; a link to any other note becomes \
      plain text. Pictures are copied when a public page shows them, without what cameras write into \
      them; pictures of other hosts are not loaded. What stands between %% marks stays with you. With \
      an address there are a feed and a sitemap too.

      The folder gets a .folio-output mark that lists what was written. The new site is made beside the \
      old one and takes its place in one step. Pages that stay the same are not written again; a folder \
      with other files in it, or a page that was edited since, is left as it is. Folders with the mark \
      are no notes: search, check and sync pass them by.

      Exit code 2 for a view, profile or metric that cannot be used, 8 when something private would \
      be shown or a file is not folio's own.
      """)

  @OptionGroup var options: DocumentOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder of the site.", valueName: "dir"))
  var output: String

  @Option(help: ArgumentHelp("Where the site will be on the web.", valueName: "url"))
  var address: String?

  public init() {}

  public func run(_ out: inout Output) throws {
    let source = try CareerSource(options.index)
    let checked = try PortfolioSource.choose(source, options)
    let site = try SiteFiles(source, checked, address: address)
    let folder = FileSystem.absolute(output)
    if folder == source.vault.root || source.vault.root.hasPrefix(folder + "/") {
      throw Failure(
        .unsafe, "\(output) holds the vault itself", "Name a folder of its own, such as site.")
    }
    let report = try OutputFolder(folder, display: output).write(site.files)
    guard !options.quiet else { return }
    let pages = site.pages == 1 ? "1 page" : "\(site.pages) pages"
    let files = report.written == 1 ? "1 file written" : "\(report.written) files written"
    Output.remark(
      Terminal.harmless(
        "\(output): \(pages), \(files), \(report.removed) removed; open \(output)/index.html"))
    if let remark = checked.remark { Output.remark(remark) }
    for path in site.leftOut {
      Output.remark(
        Terminal.harmless("\(path) is not shown: it is no PNG, JPEG, GIF or WebP that can be read.")
      )
    }
  }
}
