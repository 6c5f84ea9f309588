import FullText
import Notes

/// Times what a search does first: opening the index and bringing it up to date with the notes.
struct Refresh {
  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run() throws(BenchError) {
    let folder = try arguments.value("vault")
    let directory = try arguments.value("index-dir")
    var micros: [String] = []
    var changed = 0
    for _ in 0..<(try arguments.number("reps", otherwise: 1)) {
      let start = Report.now()
      do throws(VaultError) {
        let vault = try Vault(folder: folder)
        let report = try NoteIndex.open(vault, directory: directory, freshness: .refresh).report
        changed += report.added + report.changed + report.removed
      } catch {
        throw .failed("\(error)")
      }
      micros.append("\((Report.now() - start) / 1000)")
    }
    print("{\"changed\": \(changed), \"us\": [\(micros.joined(separator: ", "))]}")
  }
}
