import FullText
import Notes

/// Prints how many bytes each section of the index takes.
struct Sections {
  private let index: Index

  init(_ arguments: inout Arguments) throws(BenchError) {
    index = try OpenIndex(arguments).notes.index
  }

  func run() throws(BenchError) {
    for (name, bytes) in index.sectionSizes { print("\(bytes)\t\(name)") }
    let statistics = index.statistics
    print("\(statistics.bytes)\ttotal")
    print(
      "\(statistics.documents) documents, \(statistics.terms) terms, "
        + "\(statistics.tokens) tokens, \(statistics.segments) segments")
  }
}
