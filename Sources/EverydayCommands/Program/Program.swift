public import ArgumentParser
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A verb of folio.
public protocol Verb: ParsableCommand, Sendable {
  /// Reads a plain command line without ArgumentParser; nil when that has to read it.
  init?(plain arguments: [String])

  /// Does the work; the output is flushed by the caller.
  mutating func run(_ output: inout Output) throws
}

extension Verb {
  public init?(plain arguments: [String]) { return nil }

  public mutating func run() throws {
    var output = Output()
    try run(&output)
    output.flush()
  }
}

/// Running verbs, and handing over to the program that has them all.
public enum Program {
  public static let version = "0.1.0"

  /// The verbs that the small program knows, by name.
  ///
  /// Only the type of the verb that was typed is ever parsed: building the tree of all of them costs
  /// more than a search.
  public static func everyday(_ name: String) -> (any Verb.Type)? {
    switch name {
    case "add": Add.self
    case "append": Append.self
    case "copy": Copy.self
    case "edit": Edit.self
    case "find": Find.self
    case "find-candidates": FindCandidates.self
    case "index": IndexVerb.self
    case "links": Links.self
    case "list": List.self
    case "search": Search.self
    case "set": SetVerb.self
    case "show": Show.self
    case "today": Today.self
    case "unset": Unset.self
    case "verify": Verify.self
    default: nil
    }
  }

  /// The small program: runs an everyday verb, and leaves everything else to `folio-full`.
  public static func main(_ arguments: [String]) -> Never {
    prepare()
    if arguments.first == "---completion", Completion.answer(arguments) { exit(.done) }
    if let name = arguments.first, !wantsHelp(arguments) {
      // The parser's own type of the verb is not even made: that would take as long as the search.
      if name == "search", let request = SearchRequest(plain: Array(arguments.dropFirst())),
        request.problem == nil
      {
        run(request)
      }
      if name == "tag", arguments.count > 1 {
        switch arguments[1] {
        case "list": run(TagList.self, Array(arguments.dropFirst(2)))
        case "add": run(TagAdd.self, Array(arguments.dropFirst(2)))
        case "remove": run(TagRemove.self, Array(arguments.dropFirst(2)))
        default: break
        }
      } else if namesVersion(arguments) {
        // The history of a note needs the library that the everyday program does without.
        handOver(arguments)
      } else if let verb = everyday(name) {
        run(verb, Array(arguments.dropFirst()))
      }
    }
    handOver(arguments)
  }

  /// Whether the arguments of `show` name an old version, `NOTE@REV`, and not a file with an `@` in
  /// its name.
  public static func namesVersion(_ arguments: [String]) -> Bool {
    guard arguments.first == "show" else { return false }
    return arguments.dropFirst().contains { word in
      guard !word.hasPrefix("-"), let at = word.lastIndex(of: "@"), at != word.startIndex,
        word.index(after: at) != word.endIndex
      else { return false }
      return FileSystem.status(word) == nil && FileSystem.status(word + ".md") == nil
    }
  }

  /// Help is made by the program that has every verb; behind `--` nothing is an option.
  private static func wantsHelp(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains {
      $0 == "-h" || $0 == "--help" || $0 == "-help" || $0.hasPrefix("--generate-completion-script")
        || $0 == "--experimental-dump-help"
    }
  }

  /// Parses and runs one verb, and ends.
  public static func run(_ verb: any Verb.Type, _ arguments: [String]) -> Never {
    do {
      var command = try plain(verb, arguments) ?? verb.parse(arguments)
      var output = Output()
      do {
        try command.run(&output)
      } catch {
        output.flush()
        throw error
      }
      output.flush()
      exit(.done)
    } catch {
      end(error, of: verb)
    }
  }

  private static func run(_ request: SearchRequest) -> Never {
    do {
      var output = Output()
      let status: ExitStatus
      do {
        status = try request.run(&output)
      } catch {
        output.flush()
        throw error
      }
      output.flush()
      exit(status)
    } catch {
      Failure(any: error).end()
    }
  }

  /// The verb of a plain command line; nil when ArgumentParser has to read it, or to say what is wrong.
  private static func plain<V: Verb>(_ verb: V.Type, _ arguments: [String]) -> V? {
    guard var command = V(plain: arguments), (try? command.validate()) != nil else { return nil }
    return command
  }

  /// Ends with the words and the code of an error, of the parser's or of ours.
  public static func end(_ error: any Error, of verb: any ParsableCommand.Type) -> Never {
    if error is Failure || error is VaultError || error is FileError { Failure(any: error).end() }
    let code = verb.exitCode(for: error)
    let text = verb.fullMessage(for: error)
    if code == .success {
      Output.send(Array((text + "\n").utf8), to: 1)
      exit(.done)
    }
    guard code == .validationFailure else { Failure(any: error).end() }
    let configuration = verb.configuration
    // Verbs below another one say so in their super command: "folio tag" for "add".
    let above = (configuration._superCommandName ?? "folio").split(separator: " ").dropFirst()
    let name = above + [Substring(configuration.commandName ?? "")]
    Failure(
      .usage, verb.message(for: error).replacing("\n   or: ", with: ", or "),
      "See 'folio help \(name.joined(separator: " "))'."
    ).end()
  }

  public static func exit(_ status: ExitStatus) -> Never {
    #if canImport(Darwin)
      Darwin.exit(status.rawValue)
    #elseif canImport(Glibc)
      Glibc.exit(status.rawValue)
    #else
      Musl.exit(status.rawValue)
    #endif
  }

  /// A closed pipe and a file too large are reported by the write that fails, not by a signal that
  /// kills a half-done save.
  public static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Becomes `folio-full` with the same arguments.
  private static func handOver(_ arguments: [String]) -> Never {
    guard let program = Companion.path(of: "folio-full") else {
      Failure(
        .badInput, "the program folio-full is not where it should be, so only everyday verbs work",
        "Install again with 'make install', or set $FOLIO_LIBEXEC to the folder that holds it."
      ).end()
    }
    var pointers = ([program] + arguments).map { strdup($0) }
    pointers.append(nil)
    execv(program, pointers)
    Failure(
      .inputOutput, "cannot start \(program): \(String(cString: strerror(errno)))",
      "Install again with 'make install'."
    ).end()
  }
}
