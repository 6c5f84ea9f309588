extension Index {
  /// How many documents have this word, as it is written but folded. Documents that are deleted and
  /// still take space count too. Cost: one look-up a segment.
  public func documentFrequency(ofWord word: String) -> Int {
    var count = 0
    for term in Tokens.words(of: word.utf8).prefix(1) {
      Array(term.utf8).withUnsafeBufferPointer { key in
        for segment in segments {
          let cursor = segment.terms.cursor(atOrAfter: key)
          if cursor.isValid, cursor.key.elementsEqual(key) { count += Int(cursor.count) }
        }
      }
    }
    return count
  }
}
