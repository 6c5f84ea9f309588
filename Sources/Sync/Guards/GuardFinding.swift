/// Something that sync does not save or send before a person has said that it is meant.
public struct GuardFinding: Equatable, Sendable {
  public enum Kind: String, Sendable {
    /// A password or key of a service.
    case secret
    /// A file larger than hosts take.
    case size
    /// Lines that a merge by hand left behind.
    case marker
    /// Many files are gone at once.
    case deletion
    /// A note that says it is private, on its way to a host for the public.
    case privacy
  }

  public let kind: Kind
  /// The file, relative to the vault; empty when it is about the vault as a whole.
  public let path: String
  public let line: Int?
  /// What is wrong, without the path.
  public let message: String
  /// Stands for a secret wherever it is found.
  public let fingerprint: String?
  /// The commit in which it is, when it is one already.
  public let commit: ObjectID?

  init(
    _ kind: Kind, _ path: String, line: Int? = nil, _ message: String, fingerprint: String? = nil,
    commit: ObjectID? = nil
  ) {
    self.kind = kind
    self.path = path
    self.line = line
    self.message = message
    self.fingerprint = fingerprint
    self.commit = commit
  }

  /// `snippets/aws.md:12: this looks like an AWS access key (in commit 1a2b3c4d)`.
  public var text: String {
    let place = path + (line.map { ":\($0)" } ?? "")
    let origin = commit.map { " (in commit \($0.short))" } ?? ""
    return (place.isEmpty ? "" : place + ": ") + message + origin
  }

  /// What to do about it.
  var remedy: String {
    switch kind {
    case .secret:
      commit == nil
        ? "Take it out of the note, or run 'folio sync --allow-secret \(fingerprint ?? "")' if it is "
          + "none; nothing was saved or sent."
        : "It is in the history already: take it out there, or run 'folio sync --allow-secret "
          + "\(fingerprint ?? "")' if it is none; nothing was sent."
    case .size:
      "Keep it elsewhere or name it in .gitignore; 'folio sync --allow-large' takes it as it is."
    case .marker:
      "Put the two versions together and take the marker lines out, or set them in a code fence; "
        + "nothing was saved or sent."
    case .deletion:
      "Bring them back with 'folio restore --deleted --all', or run 'folio sync --yes-delete' if they are meant "
        + "to go; nothing was saved or sent."
    case .privacy:
      "Run 'folio sync --allow-private' if only you can read that repository; it is remembered. "
        + "Nothing was sent."
    }
  }
}
