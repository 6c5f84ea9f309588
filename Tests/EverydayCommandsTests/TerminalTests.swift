import Foundation
import Testing

@testable import EverydayCommands

@Suite struct TerminalTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("ｗｉｄｅ", 8), ("👍", 2),
    ("👍🏽", 2), ("👩‍💻", 2), ("👨‍👩‍👧‍👦", 2), ("🇫🇷", 2), ("❤️", 2), ("❤", 1), ("⌚", 2), ("→", 1),
    ("─", 1), ("a\u{200B}b", 2), ("שלום", 4), ("ﬁ", 1), ("1️⃣", 2),
  ])
  func knowsTheColumnsOfEveryScript(text: String, columns: Int) {
    #expect(Terminal.columns(text) == columns)
  }

  /// WCAG 2.1: (lighter + 0.05) / (darker + 0.05), against black and against white.
  @Test(arguments: Style.Ink.allCases)
  func everyColourStandsOnLightAndOnDark(ink: Style.Ink) {
    guard let colour = ink.colour else { return }
    func channel(_ value: Int) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let steps = [0, 95, 135, 175, 215, 255]
    let cube = colour - 16
    let grey = 8 + 10 * (colour - 232)
    let parts =
      colour < 232 ? [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]] : [grey, grey, grey]
    let luminance =
      0.2126 * channel(parts[0]) + 0.7152 * channel(parts[1]) + 0.0722 * channel(parts[2])
    #expect((luminance + 0.05) / 0.05 >= 4.2)
    #expect(1.05 / (luminance + 0.05) >= 4.2)
  }

  @Test(arguments: [
    ("vim", ["vim", "+7", "/n/a b.md"]),
    ("/usr/bin/nvim -f", ["/usr/bin/nvim", "-f", "+7", "/n/a b.md"]),
    ("code --wait", ["code", "--wait", "--goto", "/n/a b.md:7"]), ("hx", ["hx", "/n/a b.md:7"]),
    ("emacsclient -t", ["emacsclient", "-t", "+7", "/n/a b.md"]), ("true", ["true", "/n/a b.md"]),
    ("'/opt/my editor/ed' -x", ["/opt/my editor/ed", "-x", "/n/a b.md"]),
    ("subl -w", ["subl", "-w", "/n/a b.md:7"]),
  ])
  func editorsOpenAtTheLine(editor: String, words: [String]) {
    #expect(Editor.command(editor, opening: "/n/a b.md", line: 7) == words)
  }

  @Test func base64IsThatOfTheStandard() {
    var bytes: [UInt8] = []
    for count in 0..<70 {
      #expect(
        String(decoding: Base64.encode(bytes), as: UTF8.self) == Data(bytes).base64EncodedString())
      bytes.append(UInt8(truncatingIfNeeded: count &* 37 &+ 11))
    }
  }

  @Test func whatIsTypedLastMayBeUnfinished() {
    #expect(NoteCandidates.unfinished("task gro") == "task gro*")
    for text in ["", "a", "\"task gro", "tag:airf", "=gro", "-gro", "gro ", "gro*"] {
      #expect(NoteCandidates.unfinished(text) == text)
    }
  }
}
