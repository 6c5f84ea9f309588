public import ArgumentParser
public import EverydayCommands
internal import FullText
internal import Notes
internal import Sync

public struct Doctor: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "doctor", _superCommandName: "folio",
    abstract: "Look at the installation and at the vault's index.",
    discussion: """
      Says what folio found and what is missing, with the command that mends it. Exit code 1 when \
      something is wrong; what is only optional is never wrong.

        folio doctor
      """)

  @OptionGroup var index: ReadingOptions
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  private struct Line {
    enum State: String { case good, optional, wrong }
    var state: State
    var topic: String
    var text: String
  }

  public func run(_ output: inout Output) throws {
    var lines = installation()
    do {
      lines += try look(at: index.vault.open())
    } catch let error as VaultError {
      lines.append(Line(state: .optional, topic: "vault", text: error.message))
    }
    lines += tools()
    if json {
      let items = lines.map {
        JSON.object([
          ("state", .string($0.state.rawValue)), ("topic", .string($0.topic)),
          ("text", .string($0.text)),
        ])
      }
      output.line(JSON.object([("findings", .array(items))]).text)
    } else {
      let style = Style(.auto)
      for line in lines {
        let mark =
          switch line.state {
          case .good: style.good("ok      ")
          case .optional: style.dim("optional")
          case .wrong: style.bad("wrong   ")
          }
        let topic = line.topic + String(repeating: " ", count: max(0, 10 - line.topic.count))
        output.line("\(mark)  \(topic)  \(Terminal.harmless(line.text))")
      }
    }
    if lines.contains(where: { $0.state == .wrong }) {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func installation() -> [Line] {
    var lines = [
      Line(
        state: .good, topic: "folio",
        text: "\(Program.version), libgit2 \(Repository.libraryVersion)")
    ]
    if Companion.path(of: "folio") == nil && Companion.path(of: "../../bin/folio") == nil {
      lines.append(
        Line(
          state: .optional, topic: "programs",
          text: "the quick program folio is not beside this one; 'make install' puts it there"))
    }
    if Companion.starterVault == nil {
      lines.append(
        Line(
          state: .optional, topic: "starter",
          text: "the starter notes are missing; 'make install' puts them there"))
    }
    return lines
  }

  private func look(at vault: Vault) -> [Line] {
    var lines = [
      Line(
        state: .good, topic: "vault",
        text: vault.root
          + (vault.isMarked ? "" : " (a plain folder; 'folio init' makes it a vault)"))
    ]
    let directory = index.directory(of: vault)
    if FileSystem.isFolder(directory) {
      let problems = Index.verify(directory)
      if problems.isEmpty {
        lines.append(Line(state: .good, topic: "index", text: "sound"))
      } else {
        for problem in problems.prefix(3) {
          lines.append(
            Line(state: .wrong, topic: "index", text: problem + " Run 'folio index --rebuild'."))
        }
      }
    } else {
      lines.append(
        Line(state: .optional, topic: "index", text: "none yet; the first search makes it"))
    }
    do throws(GitError) {
      if let working = try Repository.workingFolder(containing: vault.root) {
        let repository = try Repository.open(working)
        let branch = repository.branch ?? "no branch"
        let state = repository.isUnborn ? ", no commit yet" : ""
        lines.append(
          Line(
            state: .good, topic: "git", text: "\(FileSystem.display(working)) on \(branch)\(state)")
        )
      } else {
        lines.append(
          Line(state: .optional, topic: "git", text: "no repository; 'folio init' makes one"))
      }
    } catch {
      lines.append(Line(state: .wrong, topic: "git", text: error.message))
    }
    return lines
  }

  private func tools() -> [Line] {
    [editor, pager, picker, clipboard]
  }

  private var editor: Line {
    let named = ["VISUAL", "EDITOR"].compactMap { Environment[$0] }.first { !$0.isEmpty }
    guard let named else {
      return Line(
        state: .optional, topic: "editor",
        text: "set $EDITOR to yours; without it the first of nvim, vim, nano and vi is used")
    }
    let program = named.split(separator: " ").first.map(String.init) ?? named
    if program.contains("/") ? FileSystem.status(program) != nil : isThere(program) {
      return Line(state: .good, topic: "editor", text: named)
    }
    return Line(
      state: .optional, topic: "editor", text: "\(program) is not there; set $EDITOR to another")
  }

  private var pager: Line {
    let named = Environment["PAGER", default: ""]
    if !named.isEmpty { return Line(state: .good, topic: "pager", text: named) }
    if isThere("less") { return Line(state: .good, topic: "pager", text: "less") }
    return Line(
      state: .optional, topic: "pager", text: "install less, or set $PAGER, to turn pages in show")
  }

  private var picker: Line {
    isThere("fzf")
      ? Line(state: .good, topic: "picker", text: "fzf")
      : Line(
        state: .optional, topic: "picker",
        text: "install fzf for search as you type; without it find asks for numbers")
  }

  private var clipboard: Line {
    guard let program = Clipboard.program else {
      return Line(
        state: .optional, topic: "clipboard",
        text: "copy goes through the terminal (OSC 52); install wl-clipboard, xclip or xsel")
    }
    return Line(
      state: .good, topic: "clipboard", text: "\(program); over ssh the terminal (OSC 52)")
  }

  private func isThere(_ program: String) -> Bool { Environment.program(program) != nil }
}
