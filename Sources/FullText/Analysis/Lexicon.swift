/// Numbers for the words of a text, the forms of one word having one number.
///
/// Words that were added get the numbers 0, 1, 2 …; every other word of a text is -1. Reading costs
/// about 10 ns a byte, once each word of the texts has been met.
public struct Lexicon: Sendable {
  private var analyser = Analyser()
  private var sink: Sink

  public init(language: Language = .english) { sink = Sink(language: language) }

  /// How many numbers there are.
  public var count: Int { sink.numbers.count }

  /// The words of `text` as numbers; words that are new get numbers of their own.
  public mutating func add(_ text: String) -> [Int32] {
    let added = Lexicon.stems(of: text, sink.language).map { stem in
      if let number = sink.numbers[stem] { return number }
      let number = Int32(sink.numbers.count)
      sink.numbers[stem] = number
      return number
    }
    sink.met.removeAll()
    return added
  }

  /// The folded words of a text, in reading order, each as the stem that its forms share.
  public static func stems(of text: String, _ language: Language = .english) -> [String] {
    Tokens.words(of: text.utf8).map { language == .english ? EnglishStemmer.stem($0) : $0 }
  }

  /// Appends a number for each word of `text[range]`. The pieces of a camel-case word follow it.
  public mutating func read(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into found: inout [Int32]
  ) {
    sink.found.removeAll(keepingCapacity: true)
    _ = analyser.run(text, range, position: 0, into: &sink)
    found.append(contentsOf: sink.found)
  }

  private struct Sink: TokenSink {
    let language: Language
    var numbers: [String: Int32] = [:]
    /// By the hash of a folded word, so that a word is stemmed only when it is met first.
    var met: [UInt64: Int32] = [:]
    var found: [Int32] = []

    /// Words that are remembered at most; a vault has some 100,000.
    private static let mostMet = 1 << 20

    init(language: Language) { self.language = language }

    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      switch token.kind {
      case .word, .piece, .suffixed, .pair, .single: found.append(number(text))
      case .compound, .symbol: break
      }
    }

    private mutating func number(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      if let known = met[hash] { return known }
      let stem = language == .english ? EnglishStemmer.stem(word) : Array(word)
      let number = numbers[String(decoding: stem, as: UTF8.self)] ?? -1
      if met.count < Self.mostMet { met[hash] = number }
      return number
    }
  }
}
