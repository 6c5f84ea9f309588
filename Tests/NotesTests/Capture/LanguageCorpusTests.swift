import Foundation
import Markup
import Testing

@testable import Notes

private let corpora = ProcessInfo.processInfo.environment["FOLIO_CORPORA"]

/// How often the language of fenced code in real notes is guessed right. The folder of notes is named
/// by the environment variable FOLIO_CORPORA; without it there is nothing to measure.
@Suite(.enabled(if: corpora != nil)) struct LanguageCorpusTests {
  /// Names of one language behind a fence. What is called shell or console is as often what a
  /// command printed as the command, and is counted apart.
  private static let languages = [
    "bash": "bash", "sh": "bash", "zsh": "bash", "shell": "shell", "console": "shell",
    "python": "python",
    "py": "python", "sql": "sql", "yaml": "yaml", "yml": "yaml", "json": "json", "js": "javascript",
    "javascript": "javascript", "jsx": "javascript", "go": "go", "ruby": "ruby", "rb": "ruby",
  ]

  private struct Count {
    var right = 0
    var silent = 0
    var wrong: [String: Int] = [:]
    var all = 0
  }

  /// Notes whose failures may be looked at, and those that are held out: never looked at, so that what
  /// is measured on them holds elsewhere. All blocks of a note are in one half.
  private enum Half: String, CaseIterable {
    case seen, heldOut = "held out"

    init(_ path: String) {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      self = (hash >> 20) & 1 == 0 ? .seen : .heldOut
    }
  }

  /// Up to `limit` blocks a language, the same ones every time.
  private func counts(limit: Int, _ half: Half) throws -> [String: Count] {
    let vault = try Vault(folder: try #require(corpora))
    let scan = VaultScan(vault, after: nil, fingerprint: 0)
    var counts: [String: Count] = [:]
    for file in scan.files where Half(scan.path(of: file)) == half {
      let bytes = try Notes.FileSystem.read(vault.root + "/" + scan.path(of: file))
      let read = Note(path: VaultPath(known: "x.md"), bytes: bytes)
      for block in read.markdown.codeBlocks {
        guard let language = Self.languages[block.language], counts[language]?.all ?? 0 < limit
        else {
          continue
        }
        let code = String(decoding: bytes[block.contentRange], as: UTF8.self)
        guard code.contains(where: { !$0.isWhitespace }) else { continue }
        let guess = LanguageGuess.language(of: code)
        counts[language, default: Count()].all += 1
        if guess == (language == "shell" ? "bash" : language) {
          counts[language]?.right += 1
        } else if let guess {
          counts[language]?.wrong[guess, default: 0] += 1
        } else {
          counts[language]?.silent += 1
        }
      }
    }
    return counts
  }

  @Test(arguments: Half.allCases) private func guessesTheLanguageOfRealNotes(half: Half) throws {
    for (language, count) in try counts(limit: 1_500, half).sorted(by: { $0.key < $1.key }) {
      let share = Double(count.right) / Double(count.all)
      let wrong = count.wrong.sorted { $0.value > $1.value }.prefix(4)
        .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      print(
        "\(half.rawValue) \(language): \(count.right) of \(count.all) right, "
          + "\(String(format: "%.1f", share * 100)) %; silent \(count.silent); wrong: \(wrong)")
      // Far below what is aimed at: real notes name languages loosely.
      #expect(share > 0.6 || count.all < 200, "\(language)")
    }
  }
}
