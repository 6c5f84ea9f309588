internal import CLibGit2

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A repository and an address, opened by libgit2: what can be asked of and sent to it.
struct RemoteCalls {
  let repository: Repository
  /// As libgit2 reads it.
  let url: String
  /// As a person may see it.
  let shown: String
  let conversation: Conversation

  /// The branches; with `forSending` as the other side shows them to one who may send.
  func tips(forSending: Bool = false) throws -> RemoteTips {
    try open { remote in
      var callbacks = conversation.callbacks
      let direction = forSending ? GIT_DIRECTION_PUSH : GIT_DIRECTION_FETCH
      try GitError.check(
        "reach \(shown)", git_remote_connect(remote, direction, &callbacks, nil, nil))
      defer { git_remote_disconnect(remote) }
      return try Self.tips(remote, shown)
    }
  }

  func fetch(_ branch: String) throws {
    try open { remote in
      var options = git_fetch_options()
      git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
      options.callbacks = conversation.callbacks
      options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
      let code = Self.withStrings(["refs/heads/" + branch]) {
        git_remote_download(remote, $0, &options)
      }
      defer { git_remote_disconnect(remote) }
      try GitError.check("fetch from \(shown)", code)
    }
  }

  /// Sends a reference; `git_remote_push` says nothing of a refusal, so that it is remembered by the
  /// conversation.
  func send(_ source: String, to reference: String) throws -> PushOutcome {
    try open { remote in
      var options = git_push_options()
      git_push_options_init(&options, UInt32(GIT_PUSH_OPTIONS_VERSION))
      options.callbacks = conversation.callbacks
      options.pb_parallelism = 0
      let code = Self.withStrings(["\(source):\(reference)"]) {
        git_remote_push(remote, $0, &options)
      }
      git_remote_disconnect(remote)
      if code == GIT_ENONFASTFORWARD.rawValue { return .behind }
      try GitError.check("send to \(shown)", code)
      guard let rejection = conversation.rejection else { return .accepted }
      let isRace = ["fetch first", "non-fast-forward", "failed to lock", "cannot lock"]
        .contains { rejection.contains($0) }
      if isRace { return .behind }
      let remarks = conversation.remarks
      return .refused(remarks.isEmpty ? rejection : "\(rejection) (it says: \(remarks))")
    }
  }

  private func open<R>(_ body: (OpaquePointer) throws -> R) throws -> R {
    var options = git_remote_create_options()
    git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))
    options.repository = repository.pointer
    options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue
    var remote: OpaquePointer?
    try GitError.check("use \(shown)", git_remote_create_with_opts(&remote, url, &options))
    defer { git_remote_free(remote) }
    guard let remote else {
      throw GitError(code: -1, operation: "use \(shown)", reason: "nothing came back")
    }
    return try withExtendedLifetime(conversation) { try body(remote) }
  }

  private static func tips(_ remote: OpaquePointer, _ shown: String) throws -> RemoteTips {
    var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
    var count = 0
    try GitError.check("list the branches of \(shown)", git_remote_ls(&heads, &count, remote))
    var tips = RemoteTips()
    var head: ObjectID?
    for place in 0..<count {
      guard let found = heads?[place]?.pointee, let raw = found.name else { continue }
      let name = String(cString: raw)
      if name == "HEAD" {
        head = ObjectID(found.oid)
        if let target = found.symref_target.map({ String(cString: $0) }),
          target.hasPrefix("refs/heads/")
        {
          tips.defaultBranch = String(target.dropFirst(11))
        }
      } else if name.hasPrefix("refs/heads/") {
        tips.branches[String(name.dropFirst(11))] = ObjectID(found.oid)
      }
    }
    if tips.defaultBranch.map({ tips.branches[$0] == nil }) ?? true {
      // An old server does not say which branch its HEAD names.
      let same = tips.branches.filter { $0.value == head }.keys.sorted()
      tips.defaultBranch = same.contains("main") ? "main" : same.first
    }
    return tips
  }

  private static func withStrings<R>(
    _ texts: [String], _ body: (UnsafePointer<git_strarray>) -> R
  ) -> R {
    var pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      var strings = git_strarray(strings: buffer.baseAddress, count: buffer.count)
      return body(&strings)
    }
  }
}
