import FullText
import Notes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Makes the index of a vault anew and says what that cost.
struct Build {
  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run() throws(BenchError) {
    let folder = try arguments.value("vault")
    let directory = try arguments.value("index-dir")
    let start = Report.now()
    let index: Index
    do throws(VaultError) {
      let vault = try Vault(folder: folder)
      index = try NoteIndex.open(vault, directory: directory, freshness: .rebuild).index.index
    } catch {
      throw .failed("\(error)")
    }
    let wall = Double(Report.now() - start) / 1e9
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    #if canImport(Darwin)
      let peak = usage.ru_maxrss >> 20
    #else
      let peak = usage.ru_maxrss >> 10
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    print(
      "{\"documents\": \(index.documentCount), \"bytes\": \(index.statistics.bytes), "
        + "\"wall\": \(wall), \"user\": \(seconds(usage.ru_utime)), "
        + "\"system\": \(seconds(usage.ru_stime)), \"peak_mb\": \(peak)}")
  }
}
