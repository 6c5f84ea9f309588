internal import EverydayCommands
internal import Notes
internal import Sync

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Asks the person what only they can answer, on the terminal; passphrases also through the program
/// that `SSH_ASKPASS` names, and tokens first from where they are kept.
enum RemoteQuestions {
  static func answer(_ question: Question, _ progress: SyncProgress) -> String? {
    progress.clear()
    switch question {
    case .newHost(let name, let type, let fingerprint, let remark):
      let known = remark.isEmpty ? "" : "\n" + remark
      return yes(
        "\(name) is not known yet. Its key is \(type)\n  \(fingerprint)\(known)\n"
          + "Compare that with what its keeper publishes. Trust it from now on?")
    case .otherAddress(let written, let used):
      return yes("Git's settings turn the address \(written) into\n  \(used)\nIs that wanted?")
    case .plain(let address):
      return yes(
        "\(address) is not private: everybody on the way can read the notes and the token. Use it?")
    case .passphrase(let path, let isAgain):
      let again = isAgain ? "That was not it. " : ""
      return secret("\(again)Passphrase of \(path): ")
    case .token(let host, let user):
      if let kept = Tokens.token(of: host, user: user) { return kept }
      return secret("Token for \(user.map { $0 + "@" } ?? "")\(host): ")
    }
  }

  private static var isTerminal: Bool { Terminal.isInput && Terminal.isError }

  /// "yes" when the person says so; nil when there is nobody.
  private static func yes(_ text: String) -> String? {
    guard isTerminal else { return nil }
    Output.send(
      Array((Terminal.harmless(text, keepingLines: true) + " [yes/no] ").utf8), to: 2)
    let said = readLine(strippingNewline: true)?.lowercased()
    return said == "yes" || said == "y" ? "yes" : "no"
  }

  private static func secret(_ prompt: String) -> String? {
    if isTerminal { return typedUnseen(Terminal.harmless(prompt)) }
    let chosen = [Environment["SSH_ASKPASS"]].compactMap { $0 }.first { !$0.isEmpty }
    guard let program = chosen,
      let bytes = try? ChildProcess.output(of: program, [Terminal.harmless(prompt)])
    else { return nil }
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// A line typed on the terminal, which shows none of it.
  private static func typedUnseen(_ prompt: String) -> String? {
    var before = termios()
    guard tcgetattr(0, &before) == 0 else { return nil }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO)
    // Before the question is shown: whoever answers at once is not heard otherwise, and seen.
    tcsetattr(0, TCSAFLUSH, &quiet)
    Output.send(Array(prompt.utf8), to: 2)
    defer {
      tcsetattr(0, TCSAFLUSH, &before)
      Output.send([0x0A], to: 2)
    }
    let line = readLine(strippingNewline: true)
    return line?.isEmpty ?? true ? nil : line
  }
}

/// Tokens for web servers: `$FOLIO_TOKEN`, else the file `~/.config/folio/tokens`, which nobody else
/// may read, with a line a host:
///
///     HOST [USER] TOKEN
enum Tokens {
  /// The user and the token, with a line feed between; nil when there is none.
  static func token(of host: String, user: String?) -> String? {
    if let token = Environment["FOLIO_TOKEN"], !token.isEmpty {
      return "\(user ?? "git")\n\(token)"
    }
    let settings = Environment.userSettings
    guard let slash = settings.lastIndex(of: "/") else { return nil }
    let path = settings[..<slash] + "/tokens"
    guard let status = FileSystem.status(String(path)),
      let bytes = try? FileSystem.read(String(path), limit: 1 << 20)
    else { return nil }
    guard status.mode & 0o077 == 0 else {
      Output.remark(
        "folio: \(path) is not used, for others can read it; run 'chmod 600 \(path)'.")
      return nil
    }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      guard words.count == 2 || words.count == 3, words[0] == host else { continue }
      let named = words.count == 3 ? String(words[1]) : nil
      if let user, let named, user != named { continue }
      return "\(named ?? user ?? "git")\n\(words[words.count - 1])"
    }
    return nil
  }
}
