/// Looking at what the analyser makes of a text.
public enum Tokens {
  /// The folded words of `text` in reading order, without compounds and camel-case pieces.
  ///
  /// Two texts with the same words are the same text to a phrase search.
  public static func words(of text: some Sequence<UInt8>) -> [String] {
    var sink = Collector()
    let bytes = Array(text)
    bytes.withUnsafeBufferPointer {
      var analyser = Analyser()
      _ = analyser.run($0, 0..<$0.count, position: 0, into: &sink)
    }
    return sink.words
  }

  private struct Collector: TokenSink {
    var words: [String] = []
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      switch token.kind {
      case .word, .pair, .single, .symbol: words.append(String(decoding: text, as: UTF8.self))
      case .piece, .compound, .suffixed: break
      }
    }
  }
}
