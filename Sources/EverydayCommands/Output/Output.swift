internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Standard output, collected and written in large pieces, and standard error for remarks.
///
/// A reader that closes the pipe has all it wants: the program then ends quietly with success.
public struct Output: ~Copyable {
  private var buffer: [UInt8] = []
  private static let size = 1 << 16

  public init() { buffer.reserveCapacity(1 << 12) }

  public mutating func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.size { flush() }
  }

  public mutating func write(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.size { flush() }
  }

  public mutating func line(_ text: String = "") {
    write(text)
    buffer.append(0x0A)
  }

  mutating func line(_ json: JSONText) {
    write(json.bytes)
    buffer.append(0x0A)
  }

  public mutating func flush() {
    Output.send(buffer, to: 1)
    buffer.removeAll(keepingCapacity: true)
  }

  deinit { Output.send(buffer, to: 1) }

  /// A sentence for the person on standard error.
  public static func remark(_ text: String) {
    send(Array((text + "\n").utf8), to: 2)
  }

  public static func send(_ bytes: [UInt8], to descriptor: Int32) {
    var done = 0
    while case let code = FileDescriptor.write(bytes, from: &done, to: descriptor), code != 0 {
      if code == EPIPE {
        exit(0)
      } else if code == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, 1000)
      } else {
        if descriptor == 1 {
          send(
            Array("folio: cannot write the output: \(String(cString: strerror(code)))\n".utf8),
            to: 2)
        }
        exit(74)
      }
    }
  }
}
