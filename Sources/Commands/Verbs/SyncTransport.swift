public import ArgumentParser
public import EverydayCommands
internal import Sync

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

// How a sync and the process that talks to the network for it understand each other. The arguments
// say what is asked; standard output has one line a fact:
//
//   .                          something moved on the wire
//   head NAME                  the remote's default branch
//   branch DIGITS NAME         a branch of the remote
//   accepted | behind          what became of what was sent
//   refused REASON
//   offline REASON | unauthorised REASON | failed REASON
//   end                        all was said

/// Talks to a remote, as a process of its own that can be ended when the other side is silent.
public struct SyncTransport: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "sync-transport", _superCommandName: "folio",
    abstract: "Talk to a remote on behalf of sync.", shouldDisplay: false)

  enum Operation: String, ExpressibleByArgument, CaseIterable, Sendable { case tips, fetch, push }

  @Argument var operation: Operation
  @Argument var repository: String
  @Argument var remote: String
  @Argument var branch: String = ""
  @Argument var source: String = ""

  public init() {}

  public func run(_ output: inout Output) throws {
    let transport = LibGit2Transport(moved: Alive().note)
    func line(_ word: String, _ text: String) {
      output.line(word + " " + Terminal.harmless(text))
    }
    do {
      switch operation {
      case .tips:
        let tips = try transport.tips(of: remote, in: repository)
        if let head = tips.defaultBranch { line("head", head) }
        for (name, id) in tips.branches { line("branch", "\(id) \(name)") }
      case .fetch: try transport.fetch(branch, of: remote, in: repository)
      case .push:
        switch try transport.push(source, to: branch, of: remote, in: repository) {
        case .accepted: output.line("accepted")
        case .behind: output.line("behind")
        case .refused(let reason): line("refused", reason)
        }
      }
    } catch SyncError.offline(_, let reason) {
      line("offline", reason)
    } catch SyncError.notAuthorised(_, let reason) {
      line("unauthorised", reason)
    } catch let error as SyncError {
      line("failed", error.message)
    } catch let error as GitError {
      line("failed", error.message)
    }
    output.line("end")
  }

  /// A dot on standard output at most five times a second.
  private final class Alive: @unchecked Sendable {
    private var last: time_t = 0

    func note() {
      let now = time(nil)
      guard now != last else { return }
      last = now
      _ = unsafeWrite()
    }

    private func unsafeWrite() -> Int {
      let dot: [UInt8] = [UInt8(ascii: "."), 0x0A]
      #if canImport(Darwin)
        return Darwin.write(1, dot, dot.count)
      #elseif canImport(Glibc)
        return Glibc.write(1, dot, dot.count)
      #else
        return Musl.write(1, dot, dot.count)
      #endif
    }
  }
}
