internal import CLibGit2
internal import Notes

/// Objects on their way into a repository, which are written together: few as a file each, as git does
/// when it commits, many as one pack.
///
/// A file has to be flushed for each object, a pack once: that is what makes the difference between a
/// first sync of seconds and one of minutes.
final class ObjectBatch {
  /// More objects than this, or more bytes, are a pack.
  private static let mostLoose = 16
  private static let largestLoose = 4 << 20

  private let packs: String
  private var few: [(id: ObjectID, kind: ObjectKind, bytes: [UInt8])] = []
  private var size = 0
  private var pack: PackWriter?

  /// - Parameter packs: `objects/pack` of the repository.
  init(packs: String) { self.packs = packs }

  func contains(_ id: ObjectID) -> Bool {
    pack?.contains(id) ?? few.contains { $0.id == id }
  }

  func bytes(of id: ObjectID) throws(FileError) -> [UInt8]? {
    if let pack { return try pack.bytes(of: id) }
    return few.first { $0.id == id }?.bytes
  }

  func add(_ id: ObjectID, _ kind: ObjectKind, _ bytes: [UInt8]) throws {
    if contains(id) { return }
    if let pack { return try bytes.withUnsafeBytes { try pack.add(id, kind, $0) } }
    few.append((id, kind, bytes))
    size += bytes.count
    guard few.count > Self.mostLoose || size > Self.largestLoose else { return }
    let pack = try PackWriter(in: packs)
    for object in few {
      try object.bytes.withUnsafeBytes { try pack.add(object.id, object.kind, $0) }
    }
    self.pack = pack
    few = []
  }

  /// Hands the objects to the repository.
  ///
  /// - Parameter loose: Writes one object as a file.
  func finish(
    durably: Bool, loose: (ObjectKind, [UInt8]) throws -> Void
  ) throws {
    try pack?.finish(durably: durably)
    for object in few { try loose(object.kind, object.bytes) }
  }
}
