#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif
internal import EverydayCommands
internal import FullText
internal import Synchronization

/// Serves files from memory to the browsers of this machine, and to nobody else.
///
/// It listens on 127.0.0.1 only and answers only when it is asked for by that name, so that a page of
/// another host cannot read it through a name that changes its address. GET and HEAD are all it knows.
/// A thread a connection, one request each, ten seconds to send it: enough for one reader, and small
/// enough to read in one go, where a server library would be most of the program's build.
final class LoopbackServer: Sendable {
  struct File: Sendable {
    var type: String
    var bytes: [UInt8]
  }

  private static let maximumConnections = 32

  let port: UInt16
  private let socket: Int32
  private let files = Mutex<[String: File]>([:])
  private let version = Mutex<Int>(0)
  private let open = Mutex<Int>(0)
  private let watches: Bool

  /// - Parameters:
  ///   - port: 0 for one that is free.
  ///   - watches: Whether pages ask for a newer version of themselves.
  init(port: UInt16, watches: Bool) throws {
    #if os(Linux)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let socket = Self.makeSocket(stream)
    guard socket >= 0 else { throw Self.failure("a socket cannot be made", port) }
    var yes: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
    }
    guard bound == 0, listen(socket, 16) == 0 else {
      let reason = String(cString: strerror(errno))
      close(socket)
      throw Self.failure("port \(port) cannot be used: \(reason)", port)
    }
    var actual = sockaddr_in()
    var length = size
    _ = withUnsafeMutablePointer(to: &actual) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
    }
    self.port = UInt16(bigEndian: actual.sin_port)
    self.socket = socket
    self.watches = watches
  }

  private static func makeSocket(_ stream: Int32) -> Int32 {
    #if canImport(Darwin)
      Darwin.socket(AF_INET, stream, 0)
    #elseif canImport(Glibc)
      Glibc.socket(AF_INET, stream, 0)
    #else
      Musl.socket(AF_INET, stream, 0)
    #endif
  }

  private static func failure(_ what: String, _ port: UInt16) -> Failure {
    Failure(.inputOutput, what, "Choose another with '--port N', or 0 for any that is free.")
  }

  /// Puts other files in the place of those that are served now.
  func serve(_ list: [(path: String, bytes: [UInt8])]) {
    var next: [String: File] = [:]
    for (path, bytes) in list { next["/" + path] = File(type: Self.type(of: path), bytes: bytes) }
    files.withLock { $0 = next }
    version.withLock { $0 += 1 }
  }

  /// Accepts connections until the process ends.
  func run() {
    while true {
      let connection = accept(socket, nil, nil)
      guard connection >= 0 else {
        if errno == EINTR || errno == ECONNABORTED { continue }
        usleep(50_000)
        continue
      }
      let isFull = open.withLock { count -> Bool in
        guard count < Self.maximumConnections else { return true }
        count += 1
        return false
      }
      if isFull {
        close(connection)
        continue
      }
      detached { [self] in
        answer(connection)
        close(connection)
        open.withLock { $0 -= 1 }
      }
    }
  }

  // MARK: - One connection

  private func answer(_ connection: Int32) {
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    // The whole head has ten seconds, however slowly it comes.
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      let got = recv(connection, &chunk, chunk.count, 0)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return }
      bytes += chunk[..<got]
      do throws(HTTPRequest.Refusal) {
        guard let request = try HTTPRequest.read(bytes) else { continue }
        send(response(to: request), to: connection)
      } catch {
        send(Response(status: error.status), to: connection)
      }
      return
    }
    send(Response(status: 408), to: connection)
  }

  struct Response: Equatable {
    var status: Int
    var type = "text/plain; charset=utf-8"
    var body: [UInt8] = []
    var hasBody = true
  }

  func response(to request: HTTPRequest) -> Response {
    guard let host = request.header("host") else { return Response(status: 400) }
    guard host == "127.0.0.1:\(port)" || host == "localhost:\(port)" else {
      return Response(status: 403)
    }
    if let origin = request.header("sec-fetch-site"), origin != "same-origin", origin != "none",
      request.header("sec-fetch-mode") != "navigate"
    {
      return Response(status: 403)
    }
    guard request.method == "GET" || request.method == "HEAD" else { return Response(status: 405) }
    let hasBody = request.method == "GET"
    if watches, request.path == "/.folio/version" {
      let number = version.withLock { $0 }
      return Response(status: 200, body: Array("\(number)".utf8), hasBody: hasBody)
    }
    if watches, request.path == "/.folio/reload.js" {
      return Response(
        status: 200, type: "text/javascript; charset=utf-8", body: Array(Self.reloadScript.utf8),
        hasBody: hasBody)
    }
    let path = request.path.hasSuffix("/") ? request.path + "index.html" : request.path
    guard let file = files.withLock({ $0[path] }) else {
      return Response(status: 404, body: Array("There is no such page.\n".utf8), hasBody: hasBody)
    }
    var body = file.bytes
    if watches, file.type.hasPrefix("text/html") {
      body += Array("<script src=\"/.folio/reload.js\"></script>\n".utf8)
    }
    return Response(status: 200, type: file.type, body: body, hasBody: hasBody)
  }

  /// Asks twice a second whether there is a newer version of the site.
  private static let reloadScript = """
    (function () {
      var known = null;
      setInterval(function () {
        fetch("/.folio/version").then(function (answer) { return answer.text(); }).then(function (now) {
          if (known !== null && now !== known) location.reload();
          known = now;
        }).catch(function () {});
      }, 500);
    })();

    """

  private func send(_ response: Response, to connection: Int32) {
    let reason =
      switch response.status {
      case 200: "OK"
      case 400: "Bad Request"
      case 403: "Forbidden"
      case 404: "Not Found"
      case 405: "Method Not Allowed"
      case 408: "Request Timeout"
      case 413: "Content Too Large"
      default: "Request Header Fields Too Large"
      }
    let head = [
      "HTTP/1.1 \(response.status) \(reason)", "Content-Type: \(response.type)",
      "Content-Length: \(response.body.count)", "Cache-Control: no-store", "Connection: close",
      "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
      "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' "
        + "'unsafe-inline'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'",
      "", "",
    ].joined(separator: "\r\n")
    let bytes = Array(head.utf8) + (response.hasBody ? response.body : [])
    #if os(Linux)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    var sent = 0
    bytes.withUnsafeBytes { buffer in
      while sent < buffer.count {
        #if canImport(Darwin)
          let count = Darwin.send(
            connection, buffer.baseAddress! + sent, buffer.count - sent, flags)
        #elseif canImport(Glibc)
          let count = Glibc.send(connection, buffer.baseAddress! + sent, buffer.count - sent, flags)
        #else
          let count = Musl.send(connection, buffer.baseAddress! + sent, buffer.count - sent, flags)
        #endif
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        sent += count
      }
    }
    shutdown(connection, Int32(SHUT_WR))
  }

  static func type(of path: String) -> String {
    switch path.split(separator: ".").last?.lowercased() {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "xml": "application/xml; charset=utf-8"
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "gif": "image/gif"
    case "webp": "image/webp"
    default: "application/octet-stream"
    }
  }
}

/// Runs a body on a thread of its own, which nobody waits for.
private func detached(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = Unmanaged.passRetained(Box(body))
  #if canImport(Darwin)
    var thread: pthread_t?
    let status = pthread_create(
      &thread, nil,
      {
        Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body(); return nil
      },
      box.toOpaque())
    if status == 0, let thread { pthread_detach(thread) }
  #else
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      {
        Unmanaged<Box>.fromOpaque($0!).takeRetainedValue().body(); return nil
      },
      box.toOpaque())
    if status == 0 { pthread_detach(thread) }
  #endif
  if status != 0 {
    box.release()
    body()
  }
}
