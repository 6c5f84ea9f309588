internal import CLibGit2

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What is remembered while libgit2 talks to a remote. Must outlive the calls that use `callbacks`.
final class Conversation {
  /// Why the remote refused a reference; nil when it did not.
  var rejection: String?
  /// What made one of the calls below say no; says more than libgit2's own error.
  var problem: RemoteProblem?
  /// Whether the host showed a key or a certificate.
  private(set) var hasMetHost = false

  private static let heardLimit = 2000
  private var heard: [UInt8] = []
  private let moved: (@Sendable (Bool) -> Bool)?
  private let guardian: (any Guardian)?

  /// - Parameters:
  ///   - moved: Called when something came in or went out, and told whether that was the last to be
  ///     sent; false ends the conversation.
  ///   - guardian: Who decides about hosts and logs in; without one nobody is let in.
  init(_ moved: (@Sendable (Bool) -> Bool)?, _ guardian: (any Guardian)? = nil) {
    self.moved = moved
    self.guardian = guardian
  }

  private static func of(_ payload: UnsafeMutableRawPointer?) -> Conversation? {
    payload.map { Unmanaged<Conversation>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func note(
    _ payload: UnsafeMutableRawPointer?, isAllSent: Bool = false
  ) -> Int32 {
    of(payload)?.moved?(isAllSent) ?? true ? 0 : GIT_EUSER.rawValue
  }

  /// What libgit2 calls back with; holds this object without keeping it alive.
  var callbacks: git_remote_callbacks {
    var callbacks = git_remote_callbacks()
    git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
    callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
    callbacks.credentials = { out, url, _, allowed, payload in
      guard let out, let this = Conversation.of(payload) else { return GIT_EAUTH.rawValue }
      return this.logIn(out, url.map { String(cString: $0) } ?? "", allowed)
    }
    callbacks.certificate_check = { certificate, isValid, _, payload in
      guard let certificate, let this = Conversation.of(payload) else {
        return GIT_ECERTIFICATE.rawValue
      }
      return this.check(certificate, isValid: isValid == 1)
    }
    callbacks.transfer_progress = { _, payload in Conversation.note(payload) }
    callbacks.sideband_progress = { text, count, payload in
      if let text, count > 0 {
        let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
        Conversation.of(payload)?.hear(bytes)
      }
      return Conversation.note(payload)
    }
    callbacks.push_transfer_progress = { current, total, _, payload in
      Conversation.note(payload, isAllSent: current >= total)
    }
    callbacks.pack_progress = { _, _, _, payload in Conversation.note(payload) }
    callbacks.push_update_reference = { _, status, payload in
      guard let status, let this = Conversation.of(payload) else { return 0 }
      this.rejection = String(cString: status)
      return 0
    }
    return callbacks
  }

  /// Keeps the end of what the other side says aside, which explains a refusal.
  private func hear(_ bytes: UnsafeRawBufferPointer) {
    heard += bytes
    if heard.count > Self.heardLimit { heard.removeFirst(heard.count - Self.heardLimit) }
  }

  /// The last lines that the other side said aside, on one line; progress is left out.
  var remarks: String {
    let lines = heard.split { $0 == 0x0A || $0 == 0x0D }
      .map { String(decoding: $0, as: UTF8.self).split(separator: " ").joined(separator: " ") }
    return lines.filter { !$0.isEmpty && !$0.contains("% (") && !$0.hasSuffix("done.") }.suffix(6)
      .joined(separator: " ")
  }

  private func logIn(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>, _ url: String,
    _ allowed: UInt32
  ) -> Int32 {
    guard let guardian else { return no(nil, GIT_EAUTH.rawValue) }
    do throws(RemoteProblem) { return try guardian.logIn(out, url, allowed) } catch {
      return no(error, GIT_EAUTH.rawValue)
    }
  }

  private func check(_ certificate: UnsafeMutablePointer<git_cert>, isValid: Bool) -> Int32 {
    hasMetHost = true
    guard let guardian else { return no(nil, GIT_ECERTIFICATE.rawValue) }
    guard certificate.pointee.cert_type == GIT_CERT_HOSTKEY_LIBSSH2 else {
      return isValid ? 0 : no(guardian.badCertificate, GIT_ECERTIFICATE.rawValue)
    }
    return certificate.withMemoryRebound(to: git_cert_hostkey.self, capacity: 1) { key in
      guard let raw = key.pointee.hostkey, key.pointee.hostkey_len > 0 else {
        return no(nil, GIT_ECERTIFICATE.rawValue)
      }
      let blob = UnsafeRawBufferPointer(start: raw, count: key.pointee.hostkey_len).map { $0 }
      let print = withUnsafeBytes(of: key.pointee.hash_sha256) { "SHA256:" + Base64.encode($0) }
      let refusal = guardian.refusal(of: blob, fingerprint: print)
      return refusal == nil ? 0 : no(refusal, GIT_ECERTIFICATE.rawValue)
    }
  }

  private func no(_ problem: RemoteProblem?, _ code: Int32) -> Int32 {
    self.problem = problem ?? self.problem
    git_error_set_str(
      Int32(GIT_ERROR_CALLBACK.rawValue), problem?.message ?? "the host was not accepted")
    return code
  }
}

/// Who decides whether a host is the right one, and logs in there.
protocol Guardian: AnyObject {
  /// Puts a credential into `out` and returns 0, or throws why there is none.
  func logIn(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>, _ url: String,
    _ allowed: UInt32
  ) throws(RemoteProblem) -> Int32

  /// Why the key that an ssh host shows is not taken; nil when it is.
  func refusal(of blob: [UInt8], fingerprint: String) -> RemoteProblem?

  /// What to say when a web server's certificate is not valid.
  var badCertificate: RemoteProblem { get }
}
