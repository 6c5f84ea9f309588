/// Running text for a terminal: pieces with their looks, broken into lines of a width.
struct ScreenText: Sendable, Equatable {
  /// How a piece looks.
  struct Look: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let strong = Look(rawValue: 1)
    static let emphasis = Look(rawValue: 2)
    static let code = Look(rawValue: 4)
    static let link = Look(rawValue: 8)
    static let struck = Look(rawValue: 16)
    static let dim = Look(rawValue: 32)
    static let marked = Look(rawValue: 64)
  }

  struct Piece: Sendable, Equatable {
    var text: String
    var look: Look
  }

  var pieces: [Piece] = []

  init() {}

  init(_ text: String, _ look: Look = []) { append(text, look) }

  mutating func append(_ text: String, _ look: Look = []) {
    guard !text.isEmpty else { return }
    if let last = pieces.last, last.look == look {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append(Piece(text: text, look: look))
    }
  }

  var columns: Int { pieces.reduce(0) { $0 + Terminal.columns($1.text) } }

  /// A stretch that is not broken, and whether a space stood before it.
  private struct Word {
    var text = ScreenText()
    var columns = 0
    var isBehindSpace = false

    var isAddress: Bool { text.pieces.contains { $0.text.contains("://") } }
  }

  /// The text in lines of at most `width` columns. A line feed in the text breaks a line.
  ///
  /// A word that is longer than a line is cut, except an address. Chinese and Japanese are broken
  /// between any two characters, but never before a closing mark.
  func lines(width: Int) -> [ScreenText] {
    var lines: [ScreenText] = []
    for paragraph in hardLines { lines += Self.fill(paragraph.words, max(1, width)) }
    return lines
  }

  /// Columns of the longest stretch that is not broken.
  var longestWord: Int {
    hardLines.reduce(0) { longest, line in
      line.words.reduce(longest) { max($0, $1.columns) }
    }
  }

  private var hardLines: [ScreenText] {
    var lines = [ScreenText()]
    for piece in pieces {
      for (index, part) in piece.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { lines.append(ScreenText()) }
        lines[lines.count - 1].append(String(part), piece.look)
      }
    }
    return lines
  }

  private static let closing: Set<Character> = [
    "、", "。", "，", "．", "！", "？", "：", "；", "）", "」", "』", "】", "〉", "》", "ー", "…", "・",
  ]

  private var words: [Word] {
    var words: [Word] = []
    var word = Word()
    func end() {
      if word.columns > 0 { words.append(word) }
      word = Word()
    }
    for piece in pieces {
      var run = ""
      for character in piece.text {
        if character == " " {
          word.text.append(run, piece.look)
          word.columns += Terminal.columns(run)
          run = ""
          end()
          word.isBehindSpace = true
        } else if !character.isASCII, Terminal.columns(character) == 2 {
          word.text.append(run, piece.look)
          word.columns += Terminal.columns(run)
          run = ""
          if Self.closing.contains(character) {
            word.text.append(String(character), piece.look)
            word.columns += 2
          } else {
            end()
            word.text.append(String(character), piece.look)
            word.columns = 2
          }
        } else {
          run.append(character)
        }
      }
      word.text.append(run, piece.look)
      word.columns += Terminal.columns(run)
    }
    end()
    return words
  }

  private static func fill(_ words: [Word], _ width: Int) -> [ScreenText] {
    var lines: [ScreenText] = []
    var line = ScreenText()
    var used = 0
    for word in words {
      let gap = word.isBehindSpace && used > 0 ? 1 : 0
      if used > 0, used + gap + word.columns > width {
        lines.append(line)
        line = ScreenText()
        used = 0
      } else if gap == 1 {
        // A space between two pieces of one look is of that look too.
        let before = line.pieces.last?.look ?? []
        let next = word.text.pieces.first?.look ?? []
        line.append(" ", before.intersection(next))
        used += 1
      }
      if word.columns > width, used == 0, !word.isAddress {
        let parts = word.text.cut(every: width)
        lines += parts.dropLast()
        line = parts.last ?? ScreenText()
        used = line.columns
        continue
      }
      for piece in word.text.pieces { line.append(piece.text, piece.look) }
      used += word.columns
    }
    if used > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }

  private func cut(every width: Int) -> [ScreenText] {
    var parts = [ScreenText()]
    var used = 0
    for piece in pieces {
      for character in piece.text {
        let columns = Terminal.columns(character)
        if used > 0, used + columns > width {
          parts.append(ScreenText())
          used = 0
        }
        parts[parts.count - 1].append(String(character), piece.look)
        used += columns
      }
    }
    return parts
  }

  /// The text as a terminal takes it.
  func painted(_ style: Style) -> String {
    guard style.isColoured else { return pieces.map(\.text).joined() }
    return pieces.map { piece in
      let look = piece.look
      var text = piece.text
      if look.contains(.code) {
        text = style.paint(.code, text)
      } else if look.contains(.link) {
        text = style.paint(.link, text)
      } else if look.contains(.dim) {
        text = style.paint(.dim, text)
      } else if look.contains(.marked) {
        text = style.paint(.match, text)
      }
      var codes: [String] = []
      if look.contains(.strong) { codes.append("1") }
      if look.contains(.emphasis) { codes.append("3") }
      if look.contains(.struck) { codes.append("9") }
      return style.wrap(codes.joined(separator: ";"), text)
    }.joined()
  }
}
