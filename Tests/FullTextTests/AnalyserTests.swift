import Testing

@testable import FullText

@Suite struct AnalyserTests {
  private struct Sink: TokenSink {
    var tokens: [String] = []
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      tokens.append("\(String(decoding: text, as: UTF8.self))@\(token.position)")
    }
  }

  private func tokens(_ text: [UInt8]) -> [String] {
    var sink = Sink()
    text.withUnsafeBufferPointer {
      var analyser = Analyser()
      _ = analyser.run($0, 0..<$0.count, position: 0, into: &sink)
    }
    return sink.tokens
  }

  @Test(arguments: [
    ("Hello, World", "hello@0 world@1"),
    ("dag_run_id", "dag@0 run@1 id@2 dag_run_id@0"),
    ("foo.bar.baz", "foo@0 bar@1 baz@2 foo.bar.baz@0"),
    ("foo.bar_baz x", "foo@0 bar@1 baz@2 bar_baz@1 foo.bar_baz@0 x@3"),
    (
      "parseHTTPResponse_v2",
      "parsehttpresponse@0 parse@0 http@0 response@0 v2@1 parsehttpresponse_v2@0"
    ),
    ("AWS::S3::Bucket", "aws@0 s3@1 bucket@2 aws::s3::bucket@0"),
    ("--dry-run", "dry@0 run@1 dry-run@0"),
    ("error E0308.", "error@0 e0308@1"),
    ("v1.2.3", "v1@0 2@1 3@2 v1.2.3@0"),
    ("a/b/c.md", "a@0 b@1 c@2 md@3 a/b/c.md@0"),
    ("C++ and C#", "c@0 c++@0 and@1 c@2 c#@2"),
    ("GitHub's don't", "github@0 git@0 hub@0 dont@1"),
    ("naïve Straße Ærø", "naive@0 strasse@1 aero@2"),
    ("e\u{301}te\u{301} ÉTÉ", "ete@0 ete@1"),
    ("Ωμέγα ЁЛКА", "ωμεγα@0 елка@1"),
    ("ＦＵＬＬ", "full@0"),
    ("日本語 x", "日本@0 本語@1 語@2 x@3"),
    ("한국", "한국@0 국@1"),
    ("ship 🚀!", "ship@0 🚀@1"),
    ("Python編程", "python@0 編程@1 程@2"),
    ("__init__ x", "init@0 x@1"),
    ("HTTP/2", "http@0 2@1 http/2@0"),
    ("https://example.com/x", "https@0 example@1 com@2 x@3 example.com/x@1"),
    ("foo--bar", "foo@0 bar@1"),
    ("soft\u{AD}hyphen", "softhyphen@0"),
    ("", ""), ("...", ""), ("\u{0}\u{1}", ""),
  ])
  func cutsWords(text: String, expected: String) {
    #expect(tokens(Array(text.utf8)).joined(separator: " ") == expected)
  }

  @Test func longWordsTakeAPositionOnly() {
    let text = "a " + String(repeating: "x", count: 65) + " b"
    #expect(tokens(Array(text.utf8)) == ["a@0", "b@2"])
    let fits = String(repeating: "x", count: 64)
    #expect(tokens(Array(fits.utf8)) == [fits + "@0"])
  }

  @Test func invalidBytesSeparate() {
    #expect(tokens([0x61, 0xFF, 0x62, 0xC3]) == ["a@0", "b@1"])
    #expect(tokens([0x61, 0xE2, 0x82]) == ["a@0"])
    #expect(tokens([0xED, 0xA0, 0x80, 0x63]) == ["c@0"])
  }

  @Test func anyBytesAreTaken() {
    var random = SeededGenerator(seed: 3)
    let alphabet: [UInt8] = Array("aB1_-.:/#+'* \u{2019}日é🚀".utf8) + [0xFF, 0x00, 0xC3, 0xE6]
    for _ in 0..<3000 {
      let count = Int.random(in: 0...40, using: &random)
      let text = (0..<count).map { _ in alphabet.randomElement(using: &random)! }
      var last = -1
      for token in tokens(text) {
        let position = Int(token.split(separator: "@").last ?? "") ?? 0
        #expect(position <= last + 1)
        last = max(last, position)
      }
    }
    _ = tokens([UInt8](repeating: 0x61, count: 100_000))
    _ = tokens(Array(String(repeating: "日", count: 5000).utf8))
    _ = tokens(Array(String(repeating: "a.", count: 50_000).utf8))
    _ = tokens(Array(String(repeating: "aB", count: 50_000).utf8))
  }

  @Test(arguments: [
    ("Ärger", "arger"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("ＡＢ", "ab"), ("İ", "i"),
    ("ﬁle", "file"), ("Œuvre", "oeuvre"), ("Łódź", "lodz"), ("ñ/Ñ", "n/n"), ("ΣΑΣ", "σασ"),
    ("Data Quality", "data quality"), ("हिन्दी", "हिन्दी"),
  ])
  func folds(text: String, expected: String) {
    #expect(TextFolding.fold(text) == expected)
    #expect(TextFolding.fold(expected) == expected)
  }

  @Test(arguments: [
    ("running", "run"), ("runs", "run"), ("hoping", "hope"), ("hopping", "hop"),
    ("happy", "happi"), ("happiness", "happi"), ("generalization", "general"),
    ("communication", "communic"), ("skies", "sky"), ("dying", "die"), ("ties", "tie"),
    ("cries", "cri"), ("agreed", "agre"), ("feed", "feed"), ("sensational", "sensat"),
    ("conditional", "condit"), ("rational", "ration"), ("allowance", "allow"),
    ("adjustment", "adjust"), ("replacement", "replac"), ("adoption", "adopt"),
    ("controlling", "control"), ("rolled", "roll"), ("gas", "gas"), ("this", "this"),
    ("gaps", "gap"), ("kiwis", "kiwi"), ("luxuriated", "luxuri"), ("youth", "youth"),
    ("yesterday", "yesterday"), ("boyish", "boyish"), ("say", "say"), ("by", "by"),
    ("exceed", "exceed"), ("succeeded", "succeed"), ("consign", "consign"),
    ("consistency", "consist"), ("knightly", "knight"), ("databases", "databas"),
    ("queries", "queri"), ("scheduling", "schedul"), ("failures", "failur"),
  ])
  func stems(word: String, stem: String) {
    #expect(EnglishStemmer.stem(word) == stem)
  }
}
