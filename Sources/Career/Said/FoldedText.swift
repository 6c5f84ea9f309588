/// A text in lower case as bytes, for looking things up in it: each page of a site is read through the
/// gate twice, so that this is done without strings of its own.
struct FoldedText {
  /// UTF-8.
  let bytes: [UInt8]

  init(_ text: String) {
    var text = text
    bytes = text.withUTF8 { Self.folded($0) }
  }

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes.withUnsafeBufferPointer { Self.folded($0) }
  }

  private static func folded(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(source.count)
    var at = 0
    while at < source.count {
      let byte = source[at]
      if byte < 0x80 {
        out.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        at += 1
      } else {
        let (scalar, length) = Self.scalar(source, at)
        out.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        at += length
      }
    }
    return out
  }

  /// The scalar that begins at a byte above ASCII, and its bytes; damaged ones are a sign of their own.
  private static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (scalar: Unicode.Scalar, length: Int) {
    let lead = bytes[at]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, at + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      guard bytes[at + offset] & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | UInt32(bytes[at + offset] & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// Whether a scalar is part of a word: a letter, a number, or a sign upon one.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.isAlphabetic || properties.numericType != nil { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static func isASCIIWord(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
  }

  /// The words as hashes of 64 bits (FNV-1a), in their order.
  var words: [UInt64] { Self.words(bytes[...]) }

  static func words(_ slice: ArraySlice<UInt8>) -> [UInt64] {
    var words: [UInt64] = []
    slice.withUnsafeBufferPointer { bytes in
      var hash: UInt64 = 0
      var at = 0
      func end() {
        if hash != 0 { words.append(hash) }
        hash = 0
      }
      while at < bytes.count {
        let byte = bytes[at]
        var length = 1
        let isPart: Bool
        if byte < 0x80 {
          isPart = isASCIIWord(byte)
        } else {
          let (scalar, size) = Self.scalar(bytes, at)
          length = size
          isPart = isWord(scalar)
        }
        if isPart {
          if hash == 0 { hash = 0xcbf2_9ce4_8422_2325 }
          for offset in 0..<length { hash = (hash ^ UInt64(bytes[at + offset])) &* 0x100_0000_01b3 }
        } else {
          end()
        }
        at += length
      }
      end()
    }
    return words
  }

  /// Whether `needle` stands in it, and not as the beginning of a longer address or number.
  func has(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= bytes.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        var at = 0
        let last = bytes.count - needle.count
        while at <= last {
          guard bytes[at] == first else {
            at += 1
            continue
          }
          var same = 1
          while same < needle.count, bytes[at + same] == needle[same] { same += 1 }
          if same == needle.count, !Self.goesOn(bytes, at + same) { return true }
          at += 1
        }
        return false
      }
    }
  }

  private static func goesOn(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at < bytes.count else { return false }
    let next = bytes[at]
    if next < 0x80 { return isASCIIWord(next) || "/-_".utf8.contains(next) }
    return isWord(scalar(bytes, at).scalar)
  }

  /// Runs of digits, written together where only spaces and the signs of phone numbers part them, with
  /// a bar between runs.
  var digitRuns: FoldedText {
    var out: [UInt8] = []
    var isPending = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        out.append(byte)
        isPending = true
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "/"), UInt8(ascii: "+"), 0xC2, 0xA0:
        continue
      default:
        if isPending { out.append(UInt8(ascii: "|")) }
        isPending = false
      }
    }
    return FoldedText(out[...])
  }

  /// Whether `needle` stands in it, whatever is beside.
  func contains(_ needle: [UInt8]) -> Bool {
    guard !needle.isEmpty, needle.count <= bytes.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for at in 0...(bytes.count - needle.count) where bytes[at] == needle[0] {
        var same = 1
        while same < needle.count, bytes[at + same] == needle[same] { same += 1 }
        if same == needle.count { return true }
      }
      return false
    }
  }
}
