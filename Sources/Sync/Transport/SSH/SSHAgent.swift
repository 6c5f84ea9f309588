#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The ssh agent: the keys it holds, and signatures by one of them.
///
/// Messages are a length of four bytes, a byte that says what it is, and its parts
/// (draft-miller-ssh-agent). libssh2's own way tries the keys in the order of the agent, and a server
/// hangs up after six wrong ones.
struct SSHAgent {
  struct Identity: Equatable {
    let blob: [UInt8]
    let comment: String

    var type: String { SSHKeyFile.type(blob) ?? "" }
  }

  private static let requestIdentities: UInt8 = 11
  private static let identitiesAnswer: UInt8 = 12
  private static let signRequest: UInt8 = 13
  private static let signResponse: UInt8 = 14

  let socketPath: String

  /// The keys of the agent; nil when it does not answer.
  func identities() -> [Identity]? {
    guard var answer = ask([Self.requestIdentities]), answer.byte() == Self.identitiesAnswer,
      let count = answer.number(), count <= 1000
    else { return nil }
    var found: [Identity] = []
    for _ in 0..<count {
      guard let blob = answer.next(), let comment = answer.next() else { return nil }
      found.append(Identity(blob: blob, comment: String(decoding: comment, as: UTF8.self)))
    }
    return found
  }

  /// The signature over some bytes by a key, without the name of its kind; nil when refused.
  func sign(_ data: [UInt8], with blob: [UInt8]) -> [UInt8]? {
    let request =
      [Self.signRequest] + SSHBlob.part(blob) + SSHBlob.part(data) + [0, 0, 0, 0]
    guard var answer = ask(request), answer.byte() == Self.signResponse,
      let signature = answer.next()
    else { return nil }
    var parts = SSHBlob(signature)
    guard parts.next() != nil else { return nil }
    return parts.next()
  }

  private func ask(_ message: [UInt8]) -> SSHBlob? {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array(socketPath.utf8)
    guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard isConnected else { return nil }
    let whole = SSHBlob.part(message)
    var sent = 0
    while sent < whole.count {
      let count = whole[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { return nil }
      sent += count
    }
    guard let head = receive(4, descriptor) else { return nil }
    let count = head.reduce(0) { $0 << 8 | Int($1) }
    guard count <= 1 << 20, let body = receive(count, descriptor) else { return nil }
    return SSHBlob(body)
  }

  private func receive(_ count: Int, _ descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var have = 0
    while have < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        recv(descriptor, buffer.baseAddress! + have, count - have, 0)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      have += got
    }
    return bytes
  }
}
