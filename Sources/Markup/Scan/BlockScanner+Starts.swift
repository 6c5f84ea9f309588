/// What opened a fenced code block.
struct Fence {
  var byte: UInt8 = 0
  var length = 0
  /// Bytes of indentation that content lines lose.
  var indent = 0
}

/// The marker of a list item.
struct ItemMarker {
  var markerLength: Int
}

// What only looks at the line is mutating too: so it is called where the scanner lies, not on a copy.
extension BlockScanner {
  @inline(__always) func isBlankByte(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  /// Finds the first byte after `offset` that is no space or tab, and how far it is indented.
  mutating func findNonspace() {
    if nonspace < offset {
      nonspace = offset
      nonspaceColumn = column
      while nonspace < lineEnd {
        let byte = source[nonspace]
        if byte == 32 {
          nonspaceColumn += 1
        } else if byte == 9 {
          nonspaceColumn += 4 - nonspaceColumn % 4
        } else {
          break
        }
        nonspace += 1
      }
    }
    indent = nonspaceColumn - column
    isBlank = nonspace >= lineEnd
  }

  /// Moves on by bytes, or by columns, which may leave a tab half used.
  mutating func advance(_ count: Int, inColumns: Bool) {
    var left = count
    while left > 0, offset < lineEnd {
      guard source[offset] == 9 else {
        isTabPartial = false
        offset += 1
        column += 1
        left -= 1
        continue
      }
      let width = 4 - column % 4
      if inColumns {
        isTabPartial = width > left
        let taken = min(left, width)
        column += taken
        if !isTabPartial { offset += 1 }
        left -= taken
      } else {
        isTabPartial = false
        column += width
        offset += 1
        left -= 1
      }
    }
  }

  /// Takes a `>` and the space after it.
  mutating func enterQuote() {
    advance(nonspace + 1 - offset, inColumns: false)
    if offset < lineEnd, isBlankByte(source[offset]) { advance(1, inColumns: true) }
  }

  mutating func headingLevel() -> Int? {
    var end = nonspace
    while end < lineEnd, source[end] == UInt8(ascii: "#") { end += 1 }
    let level = end - nonspace
    guard level <= 6, end == lineEnd || isBlankByte(source[end]) else { return nil }
    return level
  }

  mutating func openingFence(_ byte: UInt8) -> Fence? {
    guard byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") else { return nil }
    var end = nonspace
    while end < lineEnd, source[end] == byte { end += 1 }
    let length = end - nonspace
    guard length >= 3 else { return nil }
    if byte == UInt8(ascii: "`") {
      while end < lineEnd {
        if source[end] == byte { return nil }
        end += 1
      }
    }
    return Fence(byte: byte, length: length, indent: nonspace - offset)
  }

  mutating func closesFence() -> Bool {
    var end = nonspace
    while end < lineEnd, source[end] == fence.byte { end += 1 }
    guard end - nonspace >= fence.length else { return false }
    while end < lineEnd {
      guard isBlankByte(source[end]) else { return false }
      end += 1
    }
    return true
  }

  mutating func setextLevel(_ byte: UInt8) -> Int? {
    guard byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") else { return nil }
    var end = nonspace
    while end < lineEnd, source[end] == byte { end += 1 }
    while end < lineEnd, isBlankByte(source[end]) { end += 1 }
    guard end == lineEnd else { return nil }
    return byte == UInt8(ascii: "=") ? 1 : 2
  }

  mutating func isThematicBreak(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "*") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_"),
      nonspace >= thematicBreakFailsBefore
    else { return false }
    var count = 0
    for i in nonspace..<lineEnd {
      if source[i] == byte {
        count += 1
      } else if !isBlankByte(source[i]) {
        // No break can begin before the byte that broke this one: nested markers stay linear.
        thematicBreakFailsBefore = i
        return false
      }
    }
    return count >= 3
  }

  /// The list marker at the first nonspace; one that interrupts a paragraph needs content, and
  /// the number 1 where it is ordered.
  mutating func listItem(_ byte: UInt8, interrupts: Bool) -> ItemMarker? {
    var end = nonspace + 1
    if ASCII.isDigit(byte) {
      var number = Int(byte &- 48)
      while end < lineEnd, end - nonspace < 9, ASCII.isDigit(source[end]) {
        number = number * 10 + Int(source[end] &- 48)
        end += 1
      }
      guard end < lineEnd,
        source[end] == UInt8(ascii: ".") || source[end] == UInt8(ascii: ")"),
        !interrupts || number == 1
      else { return nil }
      end += 1
    } else if byte != UInt8(ascii: "-"), byte != UInt8(ascii: "*"), byte != UInt8(ascii: "+") {
      return nil
    }
    guard end == lineEnd || isBlankByte(source[end]) else { return nil }
    if interrupts {
      var i = end
      while i < lineEnd, isBlankByte(source[i]) { i += 1 }
      if i == lineEnd { return nil }
    }
    return ItemMarker(markerLength: end - nonspace)
  }

  /// Takes the space after a list marker and gives the width of marker and space.
  mutating func itemPadding(_ item: ItemMarker) -> Int {
    let saved = (offset, column, isTabPartial)
    while column - saved.1 <= 5, offset < lineEnd, isBlankByte(source[offset]) {
      advance(1, inColumns: true)
    }
    let width = column - saved.1
    if width >= 5 || width < 1 || offset >= lineEnd {
      (offset, column, isTabPartial) = saved
      if width > 0 { advance(1, inColumns: true) }
      return item.markerLength + 1
    }
    return item.markerLength + width
  }
}
