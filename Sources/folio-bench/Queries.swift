import FullText
import Notes

/// Times queries from parsing to the paths of the best hits, all in one process.
struct Queries {
  private struct Line {
    var kind: String
    var text: String
    var micros: [Double] = []
    var paths: [String] = []
  }

  private let index: Index
  private let syntax: QuerySyntax
  private let repetitions: Int
  private let limit: Int
  private let weights: [String: Float]
  private let countLimit: Int
  private var lines: [Line] = []

  init(_ arguments: inout Arguments) throws(BenchError) {
    let notes = try OpenIndex(arguments).notes
    index = notes.index
    repetitions = try arguments.number("reps", otherwise: 5)
    limit = try arguments.number("limit", otherwise: 10)
    weights = try arguments.weights()
    countLimit = try arguments.number("count-limit", otherwise: 0, least: 0)
    let index = index
    syntax = QuerySyntax(
      fields: Dictionary(
        uniqueKeysWithValues: NoteField.schema.fields.map { ($0.name, [$0.name]) }),
      nestedAttributes: ["tag", "skill"], dateAttribute: "modified",
      isAttribute: { !$0.hasPrefix(".") && index.hasAttribute(named: $0) })
    for row in try Report.read(arguments.file()).split(separator: 0x0A) {
      let columns = row.split(separator: 0x09, maxSplits: 1).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard columns.count == 2 else { throw .failed("a line without a tab in the file") }
      lines.append(Line(kind: columns[0], text: columns[1]))
    }
  }

  /// One untimed pass, then the timed ones, each over all queries.
  mutating func run() throws(BenchError) {
    for pass in 0...repetitions {
      for number in lines.indices {
        let start = Report.now()
        let paths = try answer(lines[number].text)
        let spent = Report.now() - start
        if pass > 0 { lines[number].micros.append(Double(spent) / 1000) }
        lines[number].paths = paths
      }
    }
    for line in lines {
      let paths = line.paths.map(Report.quoted).joined(separator: ", ")
      let micros = line.micros.map { "\($0)" }.joined(separator: ", ")
      print(
        "{\"class\": \(Report.quoted(line.kind)), \"query\": \(Report.quoted(line.text)), "
          + "\"us\": [\(micros)], \"paths\": [\(paths)]}")
    }
  }

  private func answer(_ text: String) throws(BenchError) -> [String] {
    do throws(IndexError) {
      let query = Query.parse(text, syntax: syntax)
      var options = SearchOptions(limit: limit, weights: weights)
      options.countLimit = countLimit
      let found = try index.search(query, options: options)
      return found.hits.map { index.key(of: $0.document) }
    } catch {
      throw .failed(error.description)
    }
  }
}

/// The index that `--vault` and `--index-dir` name, as it stands.
struct OpenIndex {
  let notes: NoteIndex

  init(_ arguments: Arguments) throws(BenchError) {
    let folder = try arguments.value("vault")
    let directory = try arguments.value("index-dir")
    do throws(VaultError) {
      let vault = try Vault(folder: folder)
      notes = try NoteIndex.open(vault, directory: directory, freshness: .asItStands).index
    } catch {
      throw .failed("\(error)")
    }
  }
}
