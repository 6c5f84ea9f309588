#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What is piped into the program.
public enum StandardInput {
  /// Longest input that is taken, in bytes.
  static let maximumSize = 256 << 20

  /// Whether something was piped in on purpose: a pipe in which something arrives within two
  /// seconds, or a file. A terminal, `/dev/null`, a socket and a silent pipe are nothing.
  public static func hasContent() -> Bool {
    var status = stat()
    guard fstat(0, &status) == 0 else { return false }
    switch mode_t(status.st_mode) & mode_t(S_IFMT) {
    case mode_t(S_IFREG): return true
    case mode_t(S_IFIFO):
      var wait = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      return poll(&wait, 1, 2000) > 0
    default: return false
    }
  }

  /// All of standard input.
  public static func read() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          Darwin.read(0, buffer.baseAddress, buffer.count)
        #elseif canImport(Glibc)
          Glibc.read(0, buffer.baseAddress, buffer.count)
        #else
          Musl.read(0, buffer.baseAddress, buffer.count)
        #endif
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw Failure(
          .inputOutput, "cannot read standard input: \(String(cString: strerror(errno)))",
          "Run the command again.")
      }
      if got == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<got])
      guard bytes.count <= maximumSize else {
        throw Failure(
          .badInput, "more than 256 MB came through the pipe",
          "Put the file beside your notes and link to it.")
      }
    }
  }

  static func readText() -> String {
    String(decoding: (try? read()) ?? [], as: UTF8.self)
  }
}
