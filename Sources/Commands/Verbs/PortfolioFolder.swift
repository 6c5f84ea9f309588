internal import EverydayCommands
internal import Notes

/// A folder that commands write, with the mark that says which of its files are theirs.
///
/// The mark `.folio-output` has a line for each file: a hash of the bytes as 16 hexadecimal digits, a
/// space, the path. Only files listed there, and unchanged since, are ever replaced or removed.
///
/// The new content is laid out in a folder beside, `.NAME.folio-next`, where files that stay the same
/// are second names of the old ones, and then the two folders change places in one step: whatever
/// stops the work, readers see the old content whole or the new content whole.
struct OutputFolder {
  struct Report {
    var written = 0
    var removed = 0
  }

  static let mark = ".folio-output"

  private let root: String
  private let display: String
  private let next: String

  /// - Parameter root: The absolute path; made when it is not there, if the folder above is.
  init(_ root: String, display: String) {
    // A link to a folder stays a link; the folder it means is the one that changes.
    self.root = FileSystem.realPath(root) ?? root
    self.display = display
    let slash = self.root.lastIndex(of: "/") ?? self.root.startIndex
    next = self.root[..<slash] + "/." + self.root[self.root.index(after: slash)...] + ".folio-next"
  }

  /// Brings the folder to exactly `files`. Everything is looked at before anything is written.
  func write(_ files: [(path: String, bytes: [UInt8])]) throws -> Report {
    let wanted = Dictionary(files.map { ($0.path, $0.bytes) }) { _, last in last }
    do throws(FileError) { try recover() } catch { throw failure(error) }
    let known = try self.known()
    let unchanged = try compare(wanted, known)
    var report = Report()
    report.written = wanted.count - unchanged.count
    report.removed = known.keys.count {
      wanted[$0] == nil && FileSystem.status(root + "/" + $0, followingLinks: false) != nil
    }
    guard report.written > 0 || report.removed > 0 || known.count != wanted.count else {
      return report
    }
    do throws(FileError) {
      try FileSystem.createFolder(next)
      // The mark comes first: what is in a folder without one is not folio's to take away.
      let lines = wanted.map { "\(Self.hash($0.value)) \($0.key)\n" }.sorted()
      try SafeFile.overwrite(next + "/" + Self.mark, Array(lines.joined().utf8))
      var folders: Set<String> = [""]
      for (path, bytes) in files {
        let place = next + "/" + path
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        if folders.insert(folder).inserted { try FileSystem.createFolder(next + "/" + folder) }
        if unchanged.contains(path), FolderExchange.link(root + "/" + path, as: place) { continue }
        try SafeFile.create(place, bytes, durably: false)
      }
      try FolderExchange.place(next, at: root)
      try recover()
    } catch {
      throw failure(error)
    }
    return report
  }

  /// The files that already are as they should be. Throws for one that is not folio's to change.
  private func compare(
    _ wanted: [String: [UInt8]], _ known: [String: String]
  ) throws -> Set<String> {
    var unchanged: Set<String> = []
    for path in Set(wanted.keys).union(known.keys).sorted() {
      guard let status = FileSystem.status(root + "/" + path, followingLinks: false) else {
        continue
      }
      guard status.kind == .file else { throw refusal("\(display)/\(path) is no plain file") }
      guard let hash = known[path] else {
        throw refusal("\(display)/\(path) was not written by folio")
      }
      let bytes = try FileSystem.read(root + "/" + path)
      if wanted[path] == bytes {
        unchanged.insert(path)
      } else if hash != Self.hash(bytes) {
        throw refusal("\(display)/\(path) was edited since it was written")
      }
    }
    return unchanged
  }

  /// Clears the folder beside: what is folio's there goes, what somebody else put into the output
  /// folder (a `CNAME`, a repository) moves to the folder that took its place.
  private func recover() throws(FileError) {
    guard FileSystem.isFolder(next) else { return }
    let listed = Self.listed(in: next)
    // An exchange without the system's help may have stopped in the middle.
    if FileSystem.status(root, followingLinks: false) == nil, FileSystem.isFolder(next + "-old") {
      try FolderExchange.move(next + "-old", to: root)
    }
    try clear("", listed)
    // The mark goes last: without it nobody could tell any more what is folio's here.
    if FileSystem.status(next + "/" + Self.mark, followingLinks: false) != nil,
      try FileSystem.names(in: next) == [Self.mark]
    {
      try FileSystem.remove(next + "/" + Self.mark)
    }
    FolderExchange.removeEmptyFolder(next)
  }

  private func clear(_ folder: String, _ listed: [String: String]) throws(FileError) {
    let here = folder.isEmpty ? next : next + "/" + folder
    for name in try FileSystem.names(in: here) {
      let path = folder.isEmpty ? name : folder + "/" + name
      if path == Self.mark { continue }
      let holdsListed = listed.keys.contains { $0.hasPrefix(path + "/") }
      if listed[path] != nil || SafeFile.isLeftover(Array(name.utf8)) {
        try FileSystem.remove(next + "/" + path)
      } else if holdsListed {
        try clear(path, listed)
        FolderExchange.removeEmptyFolder(next + "/" + path)
      } else if FileSystem.status(root + "/" + path, followingLinks: false) == nil {
        try FileSystem.createFolder(folder.isEmpty ? root : root + "/" + folder)
        try FolderExchange.move(next + "/" + path, to: root + "/" + path)
      }
    }
  }

  private func failure(_ error: FileError) -> Failure {
    Failure(
      error.isDenied || error.isMissing ? .badInput : .inputOutput,
      "cannot \(error.operation) \(FileSystem.display(error.path)): \(error.reason)",
      error.isFull
        ? "Free some space and build again; \(display) is as it was."
        : "Choose another folder, or mend it; \(display) is as it was.")
  }

  private func refusal(_ what: String) -> Failure {
    Failure(
      .unsafe, what + " and is left as it is",
      "Choose an empty or new folder with '-o', or delete that file; nothing was written.")
  }

  /// What the mark lists; throws for a folder with files but without a mark.
  private func known() throws -> [String: String] {
    guard let status = FileSystem.status(root) else {
      let above = String(root[..<(root.lastIndex(of: "/") ?? root.startIndex)])
      guard above.isEmpty || FileSystem.isFolder(above) else {
        throw Failure(
          .badInput, "there is no folder \(FileSystem.display(above)) to make \(display) in",
          "Make it with 'mkdir -p \(FileSystem.display(above))'.")
      }
      return [:]
    }
    guard status.kind == .folder else {
      throw Failure(.badInput, "\(display) is no folder", "Name a folder with '-o'.")
    }
    guard FileSystem.status(root + "/" + Self.mark) != nil else {
      guard try FileSystem.names(in: root).isEmpty else {
        throw Failure(
          .unsafe, "\(display) has files that folio did not write",
          "Choose an empty or new folder; nothing was written.")
      }
      return [:]
    }
    return Self.listed(in: root)
  }

  private static func listed(in folder: String) -> [String: String] {
    guard let bytes = try? FileSystem.read(folder + "/" + mark, limit: 1 << 24) else { return [:] }
    var listed: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0].count == 16, (try? VaultPath(parts[1])) != nil else {
        continue
      }
      listed[parts[1]] = parts[0]
    }
    return listed
  }

  /// FNV-1a with 64 bits: tells an edited file from an untouched one; no guard against malice.
  private static func hash(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
