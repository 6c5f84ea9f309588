import Testing

@testable import Commands

/// Heads of requests as browsers send them, and as nobody should.
@Suite struct HTTPRequestTests {
  private static func read(_ text: String) throws(HTTPRequest.Refusal) -> HTTPRequest? {
    try HTTPRequest.read(Array(text.replacing("\n", with: "\r\n").utf8))
  }

  @Test func aHeadIsReadOnceItIsThere() throws {
    let head = "GET /notes/a%20b.html?q=1#x HTTP/1.1\nHost: 127.0.0.1:80\nAccept:  text/html\n\n"
    let bytes = Array(head.replacing("\n", with: "\r\n").utf8)
    for length in 0..<bytes.count {
      #expect(try HTTPRequest.read(Array(bytes.prefix(length))) == nil)
    }
    let request = try #require(try HTTPRequest.read(bytes))
    #expect(request.method == "GET")
    #expect(request.path == "/notes/a b.html")
    #expect(request.header("host") == "127.0.0.1:80")
    #expect(request.header("accept") == "text/html")
    #expect(request.header("cookie") == nil)
  }

  @Test(arguments: [
    ("GET /../etc/passwd HTTP/1.1\n\n", 404), ("GET /a/../../b HTTP/1.1\n\n", 404),
    ("GET /%2e%2e/etc/passwd HTTP/1.1\n\n", 404), ("GET /%2E%2E%2Fetc HTTP/1.1\n\n", 404),
    ("GET /a\\..\\b HTTP/1.1\n\n", 404), ("GET /%5c..%5cb HTTP/1.1\n\n", 404),
    ("GET /a%00b HTTP/1.1\n\n", 400), ("GET /a%zz HTTP/1.1\n\n", 400),
    ("GET /%ff HTTP/1.1\n\n", 400), ("GET /%2 HTTP/1.1\n\n", 400),
    ("GET http://evil.example/ HTTP/1.1\n\n", 400), ("GET a HTTP/1.1\n\n", 400),
    ("GET / HTTP/2\n\n", 400), ("GET /\n\n", 400), ("GET  / HTTP/1.1\n\n", 400),
    ("\n\n", 400), ("GET / HTTP/1.1\nHost : a\n\n", 400), ("GET / HTTP/1.1\n: a\n\n", 400),
    ("GET / HTTP/1.1\nno colon\n\n", 400), ("GET / HTTP/1.1\nA: \u{1}\n\n", 400),
    ("POST / HTTP/1.1\nContent-Length: 5\n\nhello", 413),
    ("GET / HTTP/1.1\nTransfer-Encoding: chunked\n\n", 413),
    ("GET / HTTP/1.1\nContent-Length: 0\nContent-Length: 9\n\n", 413),
  ])
  func whatIsNotOfTheFormIsRefused(text: String, status: Int) {
    let error = #expect(throws: HTTPRequest.Refusal.self) { try Self.read(text) }
    #expect(error?.status == status)
  }

  @Test func linesEndWithBothSigns() {
    #expect(throws: HTTPRequest.Refusal.self) {
      try HTTPRequest.read(Array("GET / HTTP/1.1\nHost: a\n\r\n\r\n".utf8))
    }
    #expect(throws: HTTPRequest.Refusal.self) {
      try HTTPRequest.read(Array("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n".utf8))
    }
  }

  @Test func longHeadsAreRefusedBeforeTheyEnd() {
    let line = "GET /" + String(repeating: "a", count: 20_000)
    #expect(throws: HTTPRequest.Refusal(status: 431)) { try HTTPRequest.read(Array(line.utf8)) }
    let many = "GET / HTTP/1.1\n" + String(repeating: "A: b\n", count: 200) + "\n"
    #expect(throws: HTTPRequest.Refusal(status: 431)) { try Self.read(many) }
  }

  @Test func aHeaderThatIsThereTwiceIsNoHeader() throws {
    let request = try #require(try Self.read("GET / HTTP/1.1\nHost: a\nHost: b\n\n"))
    #expect(request.header("host") == nil)
  }

  @Test func damagedHeadsAreReadOrRefused() throws {
    let whole = Array("GET /a%20b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)
    for index in whole.indices {
      for byte: UInt8 in [0, 10, 13, 32, 37, 47, 58, 127, 128, 255] {
        var damaged = whole
        damaged[index] = byte
        do throws(HTTPRequest.Refusal) {
          let request = try HTTPRequest.read(damaged)
          #expect(request?.path.hasPrefix("/") ?? true)
        } catch {
          #expect([400, 404, 413, 431].contains(error.status))
        }
      }
    }
  }
}
