/// Changes an index. One at a time: the lock is held as long as the writer lives.
///
/// Each change is all or nothing: it writes new files, then replaces HEAD by renaming. Files of the
/// state before are removed by the next change, so a reader that has just read HEAD finds them.
public final class IndexWriter {
  private let directory: String
  private let schema: Schema
  private let options: IndexOptions
  private let lock: IndexLock

  /// What a change did.
  public struct UpdateSummary: Sendable, Equatable {
    /// Documents put in, replaced ones too.
    public var added = 0
    /// Documents taken out that were not put in again.
    public var removed = 0
    /// Live documents afterwards.
    public var documents = 0
    /// Segments afterwards.
    public var segments = 0
  }

  /// Takes the lock, waiting up to `wait` for another writer; makes the directory when needed.
  public init(
    directory: String, schema: Schema, options: IndexOptions, wait: Duration = .zero
  ) throws(IndexError) {
    try FileSystem.makeDirectory(directory)
    self.directory = directory
    self.schema = schema
    self.options = options
    lock = try IndexLock(directory, patience: wait)
  }

  /// Removes and adds documents; readers see the old state or the new one.
  ///
  /// An index that is absent, damaged or of another kind counts as empty.
  /// - Parameters:
  ///   - remove: Keys of documents that are gone.
  ///   - add: Keys of documents that are new or changed.
  ///   - threads: How many threads read and analyse, at least 1.
  ///   - load: Called on those threads, each with an ascending stretch of `add`; nil for a
  ///     document that is gone, which is then removed.
  ///   - progress: Called on those threads with the number of documents done so far.
  public func update(
    remove: [String], add: [String], threads: Int, load: @escaping @Sendable (String) -> Document?,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(IndexError) -> UpdateSummary {
    try change(remove, add, threads, load, progress, fromNothing: false)
  }

  /// Makes the index anew from the documents in `add`; see `update`.
  public func rebuild(
    add: [String], threads: Int, load: @escaping @Sendable (String) -> Document?,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(IndexError) -> UpdateSummary {
    try change([], add, threads, load, progress, fromNothing: true)
  }

  /// Makes one segment of all and drops deleted documents for good.
  public func optimise() throws(IndexError) -> UpdateSummary {
    var change = try Change(directory, schema, options, fromNothing: false)
    do {
      if change.needsOptimising { try change.mergeAll() }
      try change.commit()
    } catch {
      change.abandon()
      throw error
    }
    return change.summary
  }

  private func change(
    _ remove: [String], _ add: [String], _ threads: Int,
    _ load: @escaping @Sendable (String) -> Document?, _ progress: (@Sendable (Int) -> Void)?,
    fromNothing: Bool
  ) throws(IndexError) -> UpdateSummary {
    var change = try Change(directory, schema, options, fromNothing: fromNothing)
    do {
      try change.apply(
        remove: remove, add: add, threads: threads, load: load, progress: progress)
      if fromNothing { try change.mergeAll() } else { try change.mergeByPolicy() }
      try change.commit()
    } catch {
      change.abandon()
      throw error
    }
    return change.summary
  }
}
