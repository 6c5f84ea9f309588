/// The head of an HTTP/1.1 request, as far as a server of files needs it (RFC 9112).
///
/// Strict: one line end is CR LF, one space stands between the parts, a header has a name of letters and
/// dashes. What is not of that form is refused, so that nothing is read in two ways.
struct HTTPRequest: Equatable {
  var method: String
  /// The path, decoded once, without the query: begins with `/`, no `.` or `..` part, no NUL.
  var path: String
  var headers: [(name: String, value: String)]

  static func == (a: HTTPRequest, b: HTTPRequest) -> Bool {
    a.method == b.method && a.path == b.path
      && a.headers.elementsEqual(b.headers) { $0.name == $1.name && $0.value == $1.value }
  }

  /// The longest head that is read.
  static let maximumHead = 16 << 10
  private static let maximumHeaders = 100

  /// The status to answer with when it cannot be read.
  struct Refusal: Error, Equatable { var status: Int }

  /// Reads a head up to its empty line; nil while there is more to come.
  static func read(_ bytes: [UInt8]) throws(Refusal) -> HTTPRequest? {
    guard let end = end(of: bytes) else {
      if bytes.count > maximumHead { throw Refusal(status: 431) }
      return nil
    }
    guard end <= maximumHead else { throw Refusal(status: 431) }
    guard let text = String(validating: bytes[..<end], as: UTF8.self),
      !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\r" && $0 != "\n" })
    else { throw Refusal(status: 400) }
    var lines: [String] = []
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.last == "\r", !line.dropLast().contains("\r") else { throw Refusal(status: 400) }
      lines.append(String(String.UnicodeScalarView(line.dropLast())))
    }
    let words = lines[0].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      throw Refusal(status: 400)
    }
    guard lines.count - 1 <= maximumHeaders else { throw Refusal(status: 431) }
    var headers: [(name: String, value: String)] = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        line[..<colon].utf8.allSatisfy({
          $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D || (0x30...0x39).contains($0)
        })
      else { throw Refusal(status: 400) }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      headers.append((line[..<colon].lowercased(), String(value)))
    }
    // A body is never wanted, and a request with two lengths is an attack.
    if headers.contains(where: { $0.name == "transfer-encoding" })
      || headers.contains(where: { $0.name == "content-length" && $0.value != "0" })
    {
      throw Refusal(status: 413)
    }
    return HTTPRequest(method: words[0], path: try path(words[1]), headers: headers)
  }

  /// Where the head ends: before the line end of its last line's.
  private static func end(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(bytes.count - 4)
    where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13
      && bytes[index + 3] == 10
    {
      return index + 1
    }
    return nil
  }

  private static func path(_ target: String) throws(Refusal) -> String {
    guard target.hasPrefix("/") else { throw Refusal(status: 400) }
    var bytes: [UInt8] = []
    var rest = Array(target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2,
        rest.prefix(2).allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value != 0
      else { throw Refusal(status: 400) }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    guard let path = String(validating: bytes, as: UTF8.self) else { throw Refusal(status: 400) }
    let parts = path.split(separator: "/")
    guard !parts.contains(where: { $0 == "." || $0 == ".." || $0.contains("\\") }) else {
      throw Refusal(status: 404)
    }
    return path
  }

  /// The only value of a header; nil when it is absent or there twice.
  func header(_ name: String) -> String? {
    let found = headers.filter { $0.name == name }
    return found.count == 1 ? found[0].value : nil
  }
}
