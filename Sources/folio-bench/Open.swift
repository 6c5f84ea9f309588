import FullText
import Notes

/// Times opening the index as it stands, and a first query besides, each time anew.
struct Open {
  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run() throws(BenchError) {
    let query = Query.parse(try arguments.file(), syntax: QuerySyntax())
    var opening: [String] = []
    var searching: [String] = []
    for _ in 0..<(try arguments.number("reps", otherwise: 5)) {
      let start = Report.now()
      let index = try OpenIndex(arguments).notes.index
      let opened = Report.now()
      do throws(IndexError) {
        _ = try index.search(query, options: SearchOptions(limit: 10))
      } catch {
        throw .failed(error.description)
      }
      searching.append("\((Report.now() - opened) / 1000)")
      opening.append("\((opened - start) / 1000)")
    }
    print(
      "{\"open_us\": [\(opening.joined(separator: ", "))], "
        + "\"first_us\": [\(searching.joined(separator: ", "))]}")
  }
}
