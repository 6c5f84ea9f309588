/// Code in a fence.
public enum CodeFence {
  /// The text in a fence that nothing in it can close.
  ///
  /// - Parameter language: What stands behind the fence; nil for a guess.
  public static func around(_ text: String, language: String?) -> String {
    var text = text[...]
    while text.last?.isNewline == true { text.removeLast() }
    while text.first?.isNewline == true { text.removeFirst() }
    var longest = 0
    for line in text.utf8.split(separator: 0x0A) {
      let bare = line.drop { $0 == 0x20 || $0 == 0x09 }
      longest = max(longest, bare.prefix { $0 == UInt8(ascii: "`") }.count)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let info = language ?? LanguageGuess.language(of: String(text)) ?? ""
    return "\(fence)\(info)\n\(text)\n\(fence)"
  }
}
