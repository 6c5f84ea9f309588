/// Any bytes are a text: tokens are folded, in order, inside the text and of bounded length.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  guard count > 0 else { return 0 }
  var analyser = Analyser()
  var sink = Sink(count: count)
  let end = analyser.run(bytes, 0..<count, position: 0, into: &sink)
  precondition(end >= sink.highest)
  let folded = TextFolding.fold(bytes)
  precondition(folded.withUnsafeBufferPointer { TextFolding.fold($0) } == folded)
  if let word = sink.word { _ = EnglishStemmer.stem(String(decoding: word, as: UTF8.self)) }
  return 0
}

private struct Sink: TokenSink {
  let count: Int
  var highest = 0
  var word: [UInt8]?

  init(count: Int) { self.count = count }

  mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
    precondition(!text.isEmpty && text.count <= Analyser.longestToken)
    precondition(token.start >= 0 && token.start < token.end && token.end <= count)
    // A word too long to be a token still counts as a position, so there may be gaps.
    precondition(token.position >= 0 && token.position <= count)
    if token.kind != .piece && token.kind != .compound && token.kind != .suffixed {
      highest = token.position + 1
    }
    if EnglishStemmer.accepts(text) { word = Array(text) }
  }
}
