import Testing

@testable import Markup

@Suite struct CodeTokensTests {
  @Test(arguments: [
    ("python", "def f(x):  # say \"hi\"\n    return '''a\nb''' + \"c\\\"d\" + 3.5"),
    ("bash", "echo \"$# args\" # count\nif [ -n \"$x\" ]; then exit 1; fi"),
    ("sql", "SELECT a -- comment\nFROM t WHERE b = 'it''s' /* and */ LIMIT 10"),
    ("yaml", "key: \"v\" # c\nlist: [true, 12]"), ("json", "{\"a\": [1, null]}"),
    ("go", "func main() { /* never closed"), ("js", "const a = `x\ny`; // end"),
    ("python", "\"never closed\nnext = 1"), ("nothing-known", "a \"b\" # c"), ("python", "\\"),
    ("python", ""), ("sql", "ÄÖ '日本"),
  ])
  func tokensAreTheCodeItself(language: String, text: String) {
    let tokens = CodeTokens(text, language: language).tokens
    #expect(tokens.map(\.text).joined() == text)
  }

  @Test func wordsStringsAndCommentsAreTold() {
    let tokens = CodeTokens("return \"a # b\"  # c", language: "python").tokens
    #expect(
      tokens.map(\.kind) == [.keyword, .plain, .string, .plain, .comment])
    func names(_ text: String, _ language: String) -> [String] {
      CodeTokens(text, language: language).tokens.filter { $0.kind == .name }.map(\.text)
    }
    #expect(names("a-b: x\n  - c: \"d: e\"\nurl: http://f:80", "yaml") == ["a-b", "c", "url"])
    #expect(names("{\"a\": \"b\", \"c\" : [1]}", "json") == ["\"a\"", "\"c\""])
    #expect(
      names("@dag(x=1)\ndef f(): if(g(2)): h.i()", "python") == ["@dag", "f", "g", "i"])
    #expect(names("echo $HOME/${A:-b} $# $(ls)", "bash") == ["$HOME", "${A:-b}"])
    let shell = CodeTokens("echo $# a#b", language: "bash").tokens
    #expect(!shell.contains { $0.kind == .comment })
  }
}
