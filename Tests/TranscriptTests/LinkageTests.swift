import Foundation
import Testing

/// The everyday program stays small: what it links is paid for at every start.
@Suite struct LinkageTests {
  /// Marks that a library leaves in a program, linked in or asked for: a symbol, a file name.
  static let forbidden: [(library: String, marks: [String])] = [
    ("Foundation with ICU", ["libFoundation.so", "lib_FoundationICU.so", "ucal_open", "ICUDATA"]),
    ("libgit2", ["libgit2.so", "git_libgit2_init", "git_repository_open"]),
    ("the documents", ["$s11Typesetting", "$s6Career"]),
    ("Pango", ["libpango-1.0.so", "libcairo.so", "pango_layout_new", "cairo_create"]),
  ]

  private func bytes(of program: String) throws -> Data {
    try Data(contentsOf: Installation.linkedFolder.appending(path: program))
  }

  @Test(arguments: forbidden.map(\.library))
  func theEverydayProgramDoesNotLink(library: String) throws {
    let folio = try bytes(of: "folio")
    let marks = Self.forbidden.first { $0.library == library }?.marks ?? []
    #expect(!marks.isEmpty)
    for mark in marks {
      #expect(folio.range(of: Data(mark.utf8)) == nil, "folio contains \(mark)")
    }
  }

  /// The same look finds the library where it is: the test above can fail.
  @Test func theLookFindsLibgit2InTheFullProgram() throws {
    #expect(try bytes(of: "folio-full").range(of: Data("git_libgit2_init".utf8)) != nil)
  }

  @Test func theInstalledProgramIsBelow30MB() throws {
    let path = Installation.binFolder.appending(path: "folio").path
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    #expect(size > 100_000)
    #expect(size < 30_000_000)
  }
}

/// What `make install` lays out besides the programs.
@Suite(.enabled(if: Installation.stage != nil)) struct InstallationTests {
  @Test(arguments: [
    ("bash", "bash-completion/completions/folio"), ("zsh", "zsh/site-functions/_folio"),
    ("fish", "fish/vendor_completions.d/folio.fish"),
  ])
  func completionsAreThereAndParse(shell: String, file: String) throws {
    let path = try #require(Installation.stage).appending(path: "share/" + file).path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for verb in ["search", "add", "tag", "no-refresh"] { #expect(text.contains(verb)) }
    // Each shell reads its own; one that is not installed cannot be asked.
    guard
      let program = ["/bin/", "/usr/bin/"].map({ $0 + shell }).first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else { return }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["-n", path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func theManualNamesEveryVerb() throws {
    let path = try #require(Installation.stage).appending(path: "share/man/man1/folio.1").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for verb in ["SEARCH", "ADD", "LIST", "SHOW", "TAG LIST", "LINKS", "CHECK", "INIT", "DOCTOR"] {
      #expect(text.contains(".Sh FOLIO \(verb)\n"))
    }
  }

  @Test func theStarterNotesAreThere() throws {
    let vault = try #require(Installation.stage).appending(path: "share/folio/vault")
    #expect(FileManager.default.fileExists(atPath: vault.path + "/guide.md"))
  }
}
