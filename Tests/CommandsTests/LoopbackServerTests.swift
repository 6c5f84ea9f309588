import Foundation
import Testing

@testable import Commands

/// The server of `portfolio serve`, spoken to through sockets.
@Suite(.serialized, .timeLimit(.minutes(10))) struct LoopbackServerTests {
  private static func served(_ watches: Bool = false) throws -> LoopbackServer {
    let server = try LoopbackServer(port: 0, watches: watches)
    server.serve([
      ("index.html", Array("<p>hello</p>".utf8)), ("notes/a.html", Array("a".utf8)),
      ("style.css", Array("p{}".utf8)),
    ])
    Thread.detachNewThread { server.run() }
    return server
  }

  /// Sends bytes to an address and gives what comes back until the other side closes.
  private static func exchange(
    _ parts: [String], port: UInt16, pause: Double = 0, address: String = "127.0.0.1"
  ) throws -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = inet_addr(address)
    let connected = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw CocoaError(.fileReadUnknown) }
    for part in parts {
      let bytes = Array(part.utf8)
      _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      if pause > 0 { Thread.sleep(forTimeInterval: pause) }
    }
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { break }
      answer += chunk[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }

  private static func get(
    _ path: String, _ server: LoopbackServer, host: String? = nil, more: String = "",
    method: String = "GET"
  ) throws -> String {
    try exchange(
      [
        "\(method) \(path) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(server.port)")\r\n\(more)\r\n"
      ], port: server.port)
  }

  private static func status(_ answer: String) -> String {
    String(answer.dropFirst("HTTP/1.1 ".count).prefix(3))
  }

  @Test func pagesAreServedWithGuards() throws {
    let server = try Self.served()
    let page = try Self.get("/", server)
    #expect(Self.status(page) == "200")
    #expect(page.hasSuffix("\r\n\r\n<p>hello</p>"))
    for header in [
      "Content-Type: text/html; charset=utf-8", "Content-Length: 12", "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff", "default-src 'none'", "frame-ancestors 'none'",
    ] { #expect(page.contains(header), "\(header)") }
    #expect(try Self.get("/notes/a.html?x=1", server).hasSuffix("\r\n\r\na"))
    #expect(try Self.get("/style.css", server).contains("Content-Type: text/css"))
    let head = try Self.get("/", server, method: "HEAD")
    #expect(Self.status(head) == "200")
    #expect(head.hasSuffix("\r\n\r\n"))
  }

  @Test(arguments: [
    ("/nothing", "404"), ("/../index.html", "404"), ("/%2e%2e/index.html", "404"),
    ("//index.html", "404"), ("/index.html/", "404"), ("/.folio/version", "404"),
  ])
  func nothingElseIsServed(path: String, status: String) throws {
    #expect(Self.status(try Self.get(path, try Self.served())) == status)
  }

  /// A name of somebody else's that leads to this machine (DNS rebinding) gets nothing.
  @Test(arguments: [
    "evil.example", "evil.example:80", "127.0.0.1", "localhost", "127.0.0.1:1", "[::1]",
    "127.0.0.1.evil.example", "",
  ])
  func otherNamesGetNothing(host: String) throws {
    let answer = try Self.get("/", try Self.served(), host: host)
    #expect(["400", "403"].contains(Self.status(answer)))
    #expect(!answer.contains("hello"))
  }

  @Test func itsOwnNamesAreAnswered() throws {
    let server = try Self.served()
    #expect(Self.status(try Self.get("/", server, host: "localhost:\(server.port)")) == "200")
    #expect(
      Self.status(try Self.exchange(["GET / HTTP/1.1\r\n\r\n"], port: server.port)) == "400")
  }

  @Test func pagesOfOtherSitesCannotReadIt() throws {
    let server = try Self.served()
    let other = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"
    #expect(Self.status(try Self.get("/style.css", server, more: other)) == "403")
    let link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
    #expect(Self.status(try Self.get("/", server, more: link)) == "200")
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
  func otherMethodsAreRefused(method: String) throws {
    #expect(Self.status(try Self.get("/", try Self.served(), method: method)) == "405")
  }

  @Test func aRequestMayComeInPieces() throws {
    let server = try Self.served()
    let answer = try Self.exchange(
      ["GET / HT", "TP/1.1\r\nHost: 127.0.0.1:\(server.port)", "\r\n\r", "\n"], port: server.port,
      pause: 0.05)
    #expect(Self.status(answer) == "200")
  }

  @Test func longHeadsAreRefused() throws {
    let server = try Self.served()
    let answer = try Self.exchange(
      ["GET /" + String(repeating: "a", count: 30_000)], port: server.port)
    // It may hang up while the rest still comes in.
    #expect(answer.isEmpty || Self.status(answer) == "431")
    #expect(Self.status(try Self.get("/", server)) == "200")
  }

  /// Clients that say nothing take a connection each, and the rest are still answered.
  @Test func silentClientsDoNotStopTheOthers() throws {
    let server = try Self.served()
    var silent: [Int32] = []
    defer { for descriptor in silent { close(descriptor) } }
    for _ in 0..<20 {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var place = sockaddr_in()
      place.sin_family = sa_family_t(AF_INET)
      place.sin_port = server.port.bigEndian
      place.sin_addr.s_addr = inet_addr("127.0.0.1")
      _ = withUnsafePointer(to: &place) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      silent.append(descriptor)
    }
    #expect(Self.status(try Self.get("/", server)) == "200")
  }

  @Test func onlyThisMachineIsListenedTo() throws {
    let server = try Self.served()
    #expect(throws: (any Error).self) {
      try Self.exchange(["GET / HTTP/1.1\r\n\r\n"], port: server.port, address: "127.0.0.2")
    }
  }

  @Test func watchedPagesAskForTheirVersion() throws {
    let server = try Self.served(true)
    #expect(try Self.get("/", server).hasSuffix("<script src=\"/.folio/reload.js\"></script>\n"))
    let first = try Self.get("/.folio/version", server)
    server.serve([("index.html", Array("new".utf8))])
    #expect(try Self.get("/.folio/version", server) != first)
    #expect(try Self.get("/", server).contains("new"))
    #expect(Self.status(try Self.get("/notes/a.html", server)) == "404")
  }
}
