public import Notes

/// Bringing a vault and its remote to the same state.
///
/// One run saves what lies on the disk as a commit, fetches, merges in memory, changes the files
/// under a journal, moves the branch last, sends, and asks the remote whether it arrived. It can be
/// killed at any moment: the next run finishes or takes back what was begun. No branch is ever moved
/// to a commit that does not contain the one before, here or on the remote.
public struct Sync {
  /// How a sync is made.
  public struct Options: Sendable {
    /// Do nothing but say what would be done.
    public var isDryRun = false
    /// The message of the commit; nil for one that lists the notes.
    public var message: String?
    /// The name of this device, for the commit.
    public var device: String
    /// The author when neither git's settings nor the profile name one.
    public var fallbackAuthor: Author
    /// Flush to the disk what must outlive a power cut.
    public var isDurable = true
    /// How long another program may hold git's index, in seconds.
    public var patience = 10
    /// Whether a file is one that a new vault begins with and nobody has touched: path inside the
    /// vault and bytes. Such a file gives way when an empty vault takes what the remote has.
    public var isStarterFile: @Sendable (String, [UInt8]) -> Bool = { _, _ in false }

    /// The time of commits in seconds after 1970, UTC; nil for the clock's.
    public var date: Int64?

    /// Let many files go at once.
    public var allowsDeletion = false
    /// Take files of any size.
    public var allowsLarge = false
    /// Send notes that say they are private to a host for the public; remembered.
    public var allowsPrivate = false
    /// Follow a remote whose history was rewritten.
    public var acceptsRewrite = false
    /// Put two histories together that have nothing in common.
    public var joins = false
    /// Fingerprints of findings that are no secrets; remembered on this device.
    public var allowedSecrets: [String] = []

    public init(device: String, fallbackAuthor: Author) {
      self.device = device
      self.fallbackAuthor = fallbackAuthor
    }
  }

  private let vault: Vault
  private let options: Options
  private let transport: any Transport
  /// Called at each step; what it throws ends the run there, as a kill would.
  var hook: SyncHook = { _ in }

  public init(_ vault: Vault, _ options: Options, transport: any Transport) {
    self.vault = vault
    self.options = options
    self.transport = transport
  }

  /// Syncs the vault.
  ///
  /// - Parameter progress: Told what is being done: "looking for changes", "sending".
  /// - Returns: What was done. When something was saved here and the remote could not be reached or
  ///   refused, that is in `failure`; a sync that did nothing throws.
  public func run(
    progress: @escaping (String) -> Void = { _ in }
  ) throws(SyncError) -> SyncReport {
    do {
      var run = try SyncRun(vault, options, transport, hook, progress)
      return try run.run()
    } catch {
      guard let known = SyncError(any: error) else {
        throw SyncError.damaged("\(error)")
      }
      throw known
    }
  }

  /// Takes back what a sync brought into the vault, or brings it again: the way from `old` to `new` is
  /// undone as a new commit, and what was written since stays.
  public func undo(
    from old: ObjectID, to new: ObjectID, progress: @escaping (String) -> Void = { _ in }
  ) throws(SyncError) -> SyncReport {
    do {
      var run = try SyncRun(vault, options, transport, hook, progress)
      return try run.takeBack(from: old, to: new)
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  /// As `run`, with whatever the hook throws.
  func runHooked() throws -> SyncReport {
    var run = try SyncRun(vault, options, transport, hook, { _ in })
    return try run.run()
  }
}
