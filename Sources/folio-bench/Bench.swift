/// `folio-bench`: measures the engine inside one process, so that starting a program is not measured.
@main
struct Bench {
  static let usage = """
    usage: folio-bench queries --vault V --index-dir I [--reps R] [--limit N]
                        [--count-limit N] [--weights FIELD=W,...] FILE
             FILE holds lines of class<TAB>query; prints a JSON line for each:
             class, query, us (R times, in microseconds), paths (best first)
           folio-bench build --vault V --index-dir I
             makes the index anew; prints seconds of wall and processor time and peak memory
           folio-bench sections --vault V --index-dir I
             bytes of each section of the index
           folio-bench open --vault V --index-dir I [--reps R] QUERY
             opens the index R times and asks it once each time; prints microseconds of both
           folio-bench refresh --vault V --index-dir I [--reps R]
             opens the index and looks for changes R times; prints how many notes differed, and
             microseconds
    """

  static func main() {
    var arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
    do throws(BenchError) {
      switch arguments.verb {
      case "queries":
        var queries = try Queries(&arguments)
        try queries.run()
      case "build": try Build(arguments).run()
      case "open": try Open(arguments).run()
      case "refresh": try Refresh(arguments).run()
      case "sections": try Sections(&arguments).run()
      default: throw .usage(usage)
      }
    } catch {
      Report.fail(error)
    }
  }
}
