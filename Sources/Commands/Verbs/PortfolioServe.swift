public import ArgumentParser
internal import Career
public import EverydayCommands
internal import FullText
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

public struct PortfolioServe: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "serve", _superCommandName: "folio portfolio",
    abstract: "Look at the site in a browser while writing.",
    discussion: """
      The site is made in memory and served to the browsers of this machine only. With --watch it is \
      made again whenever a note, a view or a template changes, and open pages reload themselves. \
      Ctrl-C ends it.

        folio portfolio serve
        folio portfolio serve --watch --port 8123
      """)

  @OptionGroup var options: DocumentOptions

  @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 for any that is free.", valueName: "n"))
  var port: UInt16 = 4680

  @Flag(help: "Make the site again when something changes.")
  var watch = false

  public init() {}

  public func run(_ out: inout Output) throws {
    // Waits for the index and for a site that can be shown before it takes the port.
    let files = try made()
    let server = try LoopbackServer(port: port, watches: watch)
    server.serve(files)
    out.line("http://127.0.0.1:\(server.port)/")
    out.flush()
    if !options.quiet {
      Output.remark(
        watch ? "Made again when something changes; Ctrl-C ends it." : "Ctrl-C ends it.")
    }
    guard watch else {
      server.run()
      return
    }
    let verb = self
    let before = try state()
    concurrently(2) { worker in
      if worker == 0 { server.run() } else { verb.keepUp(server, before) }
    }
  }

  private func made() throws -> [(path: String, bytes: [UInt8])] {
    let source = try CareerSource(options.index)
    return try SiteFiles(source, PortfolioSource.choose(source, options), address: nil).files
  }

  /// What a change of the vault changes: the index, once it is up to date, and the stamps of views,
  /// templates and settings.
  private func state() throws -> [Stamp] {
    let vault = try options.index.vault.open()
    _ = try options.index.open(vault, quiet: true)
    var files = [options.index.directory(of: vault) + "/HEAD"]
    for folder in ["views", "templates/portfolio", "templates/resume", ".folio"] {
      let path = vault.root + "/" + folder
      files += ((try? FileSystem.names(in: path)) ?? []).sorted().map { path + "/" + $0 }
    }
    return files.compactMap { FileSystem.status($0) }.filter { $0.kind == .file }.map(\.stamp)
  }

  private func keepUp(_ server: LoopbackServer, _ start: [Stamp]) {
    var known = start
    while true {
      usleep(400_000)
      do {
        let now = try state()
        guard now != known else { continue }
        known = now
        server.serve(try made())
        if !options.quiet { Output.remark("made again") }
      } catch {
        // The last site that could be made stays; what is wrong is said.
        let failure = Failure(any: error)
        Output.remark(Terminal.harmless("\(failure.message). \(failure.remedy)"))
      }
    }
  }
}
