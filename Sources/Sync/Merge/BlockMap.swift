/// Where the blocks of a Markdown text begin, as far as a merge needs to know.
///
/// A list item and a fenced code block are changed as a whole: what two sides made of the parts of one
/// is not put together. Next to a blank line, a heading, a fence or a list item, edits of two sides may
/// touch without being edits of one thing.
struct BlockMap {
  /// For each line the number of the list item or code block it belongs to; nil outside of them.
  let blocks: [Int?]
  /// Whether each line is a block of its own or the first of one.
  private let begins: [Bool]
  private let isBlank: [Bool]

  init(_ text: TextLines) {
    var blocks: [Int?] = []
    var begins: [Bool] = []
    var isBlank: [Bool] = []
    var number = 0
    var fence: (mark: UInt8, length: Int)?
    var itemIndent: Int?
    for index in 0..<text.count {
      let line = Line(text.line(index))
      isBlank.append(line.isBlank)
      if let open = fence {
        blocks.append(number)
        begins.append(false)
        if line.closes(open.mark, open.length) {
          fence = nil
          itemIndent = nil
        }
        continue
      }
      if let opened = line.fence {
        fence = opened
        number += 1
        blocks.append(number)
        begins.append(true)
      } else if line.isItem {
        number += 1
        itemIndent = line.indent
        blocks.append(number)
        begins.append(true)
      } else if let indent = itemIndent, !line.isBlank, line.indent > indent {
        blocks.append(number)
        begins.append(false)
      } else {
        itemIndent = nil
        blocks.append(nil)
        begins.append(line.isHeading)
      }
    }
    self.blocks = blocks
    self.begins = begins
    self.isBlank = isBlank
  }

  /// Whether something ends before the line `index` and something else begins.
  func isBoundary(_ index: Int) -> Bool {
    if index < begins.count, begins[index] || isBlank[index] { return true }
    guard index > 0, index <= begins.count else { return false }
    let before = index - 1
    if isBlank[before] || begins[before] && blocks[before] == nil { return true }
    return blocks[before] != nil && (index == blocks.count || blocks[before] != blocks[index])
  }

  /// The lines made larger so that they cut no list item and no code block.
  func whole(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    if range.isEmpty {
      // Between two lines of one block is inside of it.
      guard low > 0, low < blocks.count, let block = blocks[low], blocks[low - 1] == block else {
        return range
      }
    }
    while low > 0, low < blocks.count, let block = blocks[low], blocks[low - 1] == block {
      low -= 1
    }
    while high > 0, high < blocks.count, let block = blocks[high], blocks[high - 1] == block {
      high += 1
    }
    return low..<high
  }

  /// One line as block structure sees it.
  struct Line {
    private let text: ArraySlice<UInt8>
    /// Columns before the first character.
    let indent: Int

    init(_ line: ArraySlice<UInt8>) {
      var indent = 0
      var at = line.startIndex
      while at < line.endIndex, line[at] == 0x20 || line[at] == 0x09 {
        indent += line[at] == 0x09 ? 4 - indent % 4 : 1
        at += 1
      }
      text = line[at...]
      self.indent = indent
    }

    var isBlank: Bool { text.isEmpty }

    var isHeading: Bool {
      guard indent < 4 else { return false }
      let marks = text.prefix { $0 == UInt8(ascii: "#") }.count
      guard (1...6).contains(marks) else { return false }
      let next = text.dropFirst(marks).first
      return next == nil || next == 0x20 || next == 0x09
    }

    var isItem: Bool {
      guard let first = text.first else { return false }
      func isSpace(_ byte: UInt8?) -> Bool { byte == nil || byte == 0x20 || byte == 0x09 }
      if "-*+".utf8.contains(first) { return isSpace(text.dropFirst().first) }
      let digits = text.prefix { (0x30...0x39).contains($0) }.count
      guard (1...9).contains(digits) else { return false }
      let mark = text.dropFirst(digits).first
      guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else { return false }
      return isSpace(text.dropFirst(digits + 1).first)
    }

    var fence: (mark: UInt8, length: Int)? {
      guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
        return nil
      }
      let length = text.prefix { $0 == mark }.count
      guard length >= 3 else { return nil }
      if mark == UInt8(ascii: "`"), text.dropFirst(length).contains(mark) { return nil }
      return (mark, length)
    }

    func closes(_ mark: UInt8, _ length: Int) -> Bool {
      let marks = text.prefix { $0 == mark }.count
      return marks >= length && text.dropFirst(marks).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
  }
}
