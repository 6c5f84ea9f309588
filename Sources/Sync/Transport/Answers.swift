internal import Synchronization

/// What a person has answered while one verb runs: a sync talks to a remote three times, and asks once.
///
/// Kept in memory alone.
final class Answers: Sendable {
  private let ask: @Sendable (Question) -> String?
  private let given = Mutex<[String: String]>([:])

  init(_ ask: @escaping @Sendable (Question) -> String?) { self.ask = ask }

  func answer(_ question: Question) -> String? {
    let key: String
    switch question {
    case .passphrase(let path, let isAgain):
      key = "passphrase " + path
      // What was given was wrong.
      if isAgain { given.withLock { $0[key] = nil } }
    case .token(let host, let user): key = "token \(user ?? "")@\(host)"
    default: return ask(question)
    }
    if let known = given.withLock({ $0[key] }) { return known }
    guard let answer = ask(question) else { return nil }
    given.withLock { $0[key] = answer }
    return answer
  }
}
