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
  /// Ways to log in that were tried; each is tried once, for libgit2 asks again for ever.
  private var tried: UInt32 = 0

  private let moved: (@Sendable () -> Void)?

  init(_ moved: (@Sendable () -> Void)?) { self.moved = moved }

  private static func note(_ payload: UnsafeMutableRawPointer?) -> Int32 {
    guard let payload else { return 0 }
    Unmanaged<Conversation>.fromOpaque(payload).takeUnretainedValue().moved?()
    return 0
  }

  /// What libgit2 calls back with; holds this object without keeping it alive.
  var callbacks: git_remote_callbacks {
    var callbacks = git_remote_callbacks()
    git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
    callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
    callbacks.credentials = { out, _, user, allowed, payload in
      guard let payload, let out else { return GIT_EAUTH.rawValue }
      let this = Unmanaged<Conversation>.fromOpaque(payload).takeUnretainedValue()
      return this.logIn(out, user, allowed)
    }
    callbacks.transfer_progress = { _, payload in Conversation.note(payload) }
    callbacks.sideband_progress = { _, _, payload in Conversation.note(payload) }
    callbacks.push_transfer_progress = { _, _, _, payload in Conversation.note(payload) }
    callbacks.pack_progress = { _, _, _, payload in Conversation.note(payload) }
    callbacks.push_update_reference = { _, status, payload in
      guard let status, let payload else { return 0 }
      let this = Unmanaged<Conversation>.fromOpaque(payload).takeUnretainedValue()
      this.rejection = String(cString: status)
      return 0
    }
    return callbacks
  }

  private func logIn(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>,
    _ user: UnsafePointer<CChar>?, _ allowed: UInt32
  ) -> Int32 {
    func once(_ kind: git_credential_t) -> Bool {
      guard allowed & UInt32(kind.rawValue) != 0, tried & UInt32(kind.rawValue) == 0 else {
        return false
      }
      tried |= UInt32(kind.rawValue)
      return true
    }
    let name = user.map { String(cString: $0) } ?? "git"
    if once(GIT_CREDENTIAL_USERNAME) { return git_credential_username_new(out, name) }
    if once(GIT_CREDENTIAL_SSH_KEY) { return git_credential_ssh_key_from_agent(out, name) }
    let reason =
      tried & UInt32(GIT_CREDENTIAL_SSH_KEY.rawValue) != 0
      ? "no key of the ssh agent was accepted" : "it asks for a name and a password"
    git_error_set_str(Int32(GIT_ERROR_CALLBACK.rawValue), reason)
    return GIT_EAUTH.rawValue
  }
}
