/// Bytes that take the place of others in a file.
public struct Splice: Equatable, Sendable {
  /// Where it begins, in the file as it was before any splice.
  public var offset: Int
  public var removed: [UInt8]
  public var inserted: [UInt8]

  public init(offset: Int, removed: [UInt8], inserted: [UInt8]) {
    self.offset = offset
    self.removed = removed
    self.inserted = inserted
  }

  /// The one splice that turns `old` into `new`: all between what both begin and end with.
  static func between(_ old: [UInt8], _ new: [UInt8]) -> Splice {
    let limit = min(old.count, new.count)
    var head = 0
    while head < limit, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < limit - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    return Splice(
      offset: head, removed: Array(old[head..<(old.count - tail)]),
      inserted: Array(new[head..<(new.count - tail)]))
  }

  /// The bytes with the splices, which ascend and do not overlap; nil when they do not fit.
  static func apply(_ splices: [Splice], to bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var at = 0
    for splice in splices {
      let end = splice.offset + splice.removed.count
      guard splice.offset >= at, end <= bytes.count,
        bytes[splice.offset..<end].elementsEqual(splice.removed)
      else { return nil }
      result += bytes[at..<splice.offset]
      result += splice.inserted
      at = end
    }
    return result + bytes[at...]
  }

  /// The splices that take these back.
  static func inverse(_ splices: [Splice]) -> [Splice] {
    var shift = 0
    return splices.map { splice in
      defer { shift += splice.inserted.count - splice.removed.count }
      return Splice(
        offset: splice.offset + shift, removed: splice.inserted, inserted: splice.removed)
    }
  }
}

/// Changes of files that belong together: all of them happen or none does.
public struct ChangeSet: Equatable, Sendable {
  /// One change; a path is the one that the file has when the steps before it have been made.
  public enum Step: Equatable, Sendable {
    case edit(VaultPath, before: ContentMark, after: ContentMark, [Splice])
    /// Of a file or a whole folder; never over something that is there.
    case move(from: VaultPath, to: VaultPath)
    case create(VaultPath, [UInt8])
    case remove(VaultPath, [UInt8])
    /// A folder that is made, and one that goes when it is empty.
    case makeFolder(VaultPath)
    case removeFolder(VaultPath)
    /// Something that another part of folio knows how to take back, such as a sync.
    case other(kind: String, payload: String)
  }

  /// What a person asked for, as `folio undo` tells it: `mv old new`.
  public var title: String
  /// When it was asked for, in seconds of UTC.
  public var moment: Int64
  public var steps: [Step]

  public init(title: String, moment: Int64, steps: [Step] = []) {
    self.title = title
    self.moment = moment
    self.steps = steps
  }

  public mutating func edit(_ path: VaultPath, from old: [UInt8], to new: [UInt8]) {
    edit(path, old, [.between(old, new)], new)
  }

  mutating func edit(_ path: VaultPath, _ old: [UInt8], _ splices: [Splice], _ new: [UInt8]) {
    steps.append(.edit(path, before: ContentMark(old), after: ContentMark(new), splices))
  }

  /// Adds what has become of files since, given as their paths and bytes then; nil bytes for a file
  /// that was not there.
  public mutating func add(since before: [(path: VaultPath, bytes: [UInt8]?)], in vault: Vault) {
    for (path, old) in before {
      switch (old, try? FileSystem.read(vault.absolute(path))) {
      case (let old?, let new?) where old != new: edit(path, from: old, to: new)
      case (nil, let new?): steps.append(.create(path, new))
      case (let old?, nil): steps.append(.remove(path, old))
      default: break
      }
    }
  }

  /// The same with new files as they are now: an editor may have been at them since.
  public func asItStands(in vault: Vault) -> ChangeSet {
    var changes = self
    changes.steps = steps.map { step in
      guard case .create(let path, _) = step,
        let bytes = try? FileSystem.read(vault.absolute(path))
      else { return step }
      return .create(path, bytes)
    }
    return changes
  }

  /// The changes that take these back.
  public var inverse: ChangeSet {
    ChangeSet(title: title, moment: moment, steps: steps.reversed().map(\.inverse))
  }

  /// The files that are other files afterwards: paths to index anew, and paths that are gone.
  public var touched: (written: [VaultPath], removed: [VaultPath]) {
    var written: [VaultPath] = []
    var removed: [VaultPath] = []
    for step in steps {
      switch step {
      case .edit(let path, _, _, _), .create(let path, _): written.append(path)
      case .remove(let path, _): removed.append(path)
      case .move(let from, let to):
        if VaultPath.isNote(from.name) { removed.append(from) }
        if VaultPath.isNote(to.name) { written.append(to) }
        written = written.map { $0.moved(from: from, to: to) ?? $0 }
      case .makeFolder, .removeFolder, .other: break
      }
    }
    var seen: Set<VaultPath> = []
    let last = written.filter { seen.insert($0).inserted }
    return (last, removed.filter { !seen.contains($0) })
  }

  /// Where the file that step `index` calls `path` lies before any step is made.
  func original(_ path: VaultPath, at index: Int) -> VaultPath {
    var path = path
    for step in steps[..<index].reversed() {
      if case .move(let from, let to) = step, let before = path.moved(from: to, to: from) {
        path = before
      }
    }
    return path
  }

  /// Where the file that step `index` calls `path` lies when every step has been made.
  func final(_ path: VaultPath, at index: Int) -> VaultPath {
    var path = path
    for step in steps[(index + 1)...] {
      if case .move(let from, let to) = step, let after = path.moved(from: from, to: to) {
        path = after
      }
    }
    return path
  }
}

extension ChangeSet.Step {
  var inverse: ChangeSet.Step {
    switch self {
    case .edit(let path, let before, let after, let splices):
      .edit(path, before: after, after: before, Splice.inverse(splices))
    case .move(let from, let to): .move(from: to, to: from)
    case .create(let path, let bytes): .remove(path, bytes)
    case .remove(let path, let bytes): .create(path, bytes)
    case .makeFolder(let path): .removeFolder(path)
    case .removeFolder(let path): .makeFolder(path)
    case .other: self
    }
  }
}

extension VaultPath {
  /// The path that this one becomes when `from` is moved to `to`; nil when it is not concerned.
  func moved(from: VaultPath, to: VaultPath) -> VaultPath? {
    if self == from { return to }
    let path = description.utf8
    let folder = from.description.utf8
    guard path.count > folder.count, path.starts(with: folder),
      path[path.index(path.startIndex, offsetBy: folder.count)] == UInt8(ascii: "/")
    else { return nil }
    let rest = String(decoding: path.dropFirst(folder.count), as: UTF8.self)
    return VaultPath(known: to.description + rest)
  }
}
