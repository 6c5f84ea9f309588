internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The other end of `RemoteProcess`: does one thing with one URL, and writes what came of it to
/// standard output, which is a pipe to the process that asked.
public struct RemoteWorker {
  private let settings: TransportSettings
  private let temporary: String

  /// - Parameter temporary: A folder for short-lived files.
  public init(settings: TransportSettings, temporary: String) {
    self.settings = settings
    self.temporary = temporary
  }

  public func run(
    _ operation: String, _ repository: String, _ address: String, _ branch: String,
    _ source: String
  ) {
    folio_end_with_parent()
    do throws(SyncError) {
      let alive = Alive()
      let link = try RemoteLink(
        RemoteAddress(address, from: "/", plain: true), repository: repository,
        settings: settings, temporary: temporary, ask: Self.ask,
        moved: { alive.note(isAllSent: $0) })
      switch operation {
      case "tips", "test":
        let tips = try link.tips(forSending: operation == "test")
        if let head = tips.defaultBranch { Self.say(["head", head]) }
        for (name, id) in tips.branches { Self.say(["branch", id.description, name]) }
      case "fetch": try link.fetch(branch)
      case "push":
        switch try link.push(source, to: branch) {
        case .accepted: Self.say(["accepted"])
        case .behind: Self.say(["behind"])
        case .refused(let reason): Self.say(["refused", reason])
        }
      default: Self.say(["failed", "\(operation) is nothing that can be asked for"])
      }
    } catch {
      switch error {
      case .remote(let problem):
        Self.say(["problem", problem.kind.rawValue, problem.message, problem.remedy])
      default: Self.say(["failed", error.message])
      }
    }
    Self.say(["end"])
  }

  private static func ask(_ question: Question) -> String? {
    say(["ask"] + question.words)
    guard let line = readLine(strippingNewline: true) else { return nil }
    let words = Wire.words(line)
    return words.count == 2 && words[0] == "yes" ? words[1] : nil
  }

  private static func say(_ words: [String]) {
    _ = FileDescriptor.write(Array((Wire.line(words) + "\n").utf8), to: 1)
  }

  /// A sign of life, at most one a second.
  private final class Alive: @unchecked Sendable {
    private var last: time_t = 0
    private var isWaiting = false

    func note(isAllSent: Bool) -> Bool {
      if isAllSent, !isWaiting {
        isWaiting = true
        RemoteWorker.say(["waiting"])
      }
      let now = time(nil)
      if now != last {
        last = now
        RemoteWorker.say(["."])
      }
      return true
    }
  }
}
