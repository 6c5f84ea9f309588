internal import EverydayCommands
internal import Notes

/// A folder that commands write, with the mark that says which of its files are theirs.
///
/// The mark `.folio-output` has a line for each file: a hash of the bytes as 16 hexadecimal digits, a
/// space, the path. Only files listed there, and unchanged since, are ever replaced or removed.
struct OutputFolder {
  struct Report {
    var written = 0
    var removed = 0
  }

  static let mark = ".folio-output"

  private let root: String
  private let display: String

  /// - Parameter root: The absolute path; made when it is not there, if the folder above is.
  init(_ root: String, display: String) {
    self.root = root
    self.display = display
  }

  /// Brings the folder to exactly `files`. Everything is looked at before anything is written.
  func write(_ files: [(path: String, bytes: [UInt8])]) throws -> Report {
    let known = try self.known()
    var report = Report()
    var original: [String: [UInt8]] = [:]
    for path in Set(files.map(\.path)).union(known.keys).sorted() {
      guard let status = FileSystem.status(root + "/" + path, followingLinks: false) else {
        continue
      }
      guard status.kind == .file else {
        throw refusal("\(display)/\(path) is no plain file")
      }
      let bytes = try FileSystem.read(root + "/" + path)
      original[path] = bytes
      guard let hash = known[path] else {
        throw refusal("\(display)/\(path) was not written by folio")
      }
      let isSame = files.contains { $0.path == path && $0.bytes == bytes }
      guard hash == Self.hash(bytes) || isSame else {
        throw refusal("\(display)/\(path) was edited since it was written")
      }
    }
    do throws(FileError) {
      try FileSystem.createFolder(root)
      // The mark comes first and lists old and new files: whatever stops the work half-way, what it
      // wrote is known to be folio's.
      var lines = known
      for file in files { lines[file.path] = Self.hash(file.bytes) }
      try writeMark(
        lines.merging(known.filter { original[$0.key] != nil && lines[$0.key] == nil }) { a, _ in a
        })
      for file in files where original[file.path] != file.bytes {
        let path = root + "/" + file.path
        try FileSystem.createFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        if let before = original[file.path] {
          _ = try SafeFile.replace(path, original: before, with: file.bytes)
        } else {
          try SafeFile.create(path, file.bytes)
        }
        report.written += 1
      }
      for path in known.keys.sorted() where !files.contains(where: { $0.path == path }) {
        guard original[path] != nil else { continue }
        try FileSystem.remove(root + "/" + path)
        report.removed += 1
      }
      try writeMark(Dictionary(uniqueKeysWithValues: files.map { ($0.path, Self.hash($0.bytes)) }))
    } catch {
      throw Failure(
        error.isDenied || error.isMissing ? .badInput : .inputOutput,
        "cannot \(error.operation) \(FileSystem.display(error.path)): \(error.reason)",
        error.isFull ? "Free some space and build again." : "Choose another folder, or mend it.")
    }
    return report
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
    guard let bytes = try? FileSystem.read(root + "/" + Self.mark, limit: 1 << 22) else {
      guard try FileSystem.names(in: root).isEmpty else {
        throw Failure(
          .unsafe, "\(display) has files that folio did not write",
          "Choose an empty or new folder; nothing was written.")
      }
      return [:]
    }
    var known: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0].count == 16, (try? VaultPath(parts[1])) != nil else {
        continue
      }
      known[parts[1]] = parts[0]
    }
    return known
  }

  private func writeMark(_ files: [String: String]) throws(FileError) {
    let lines = files.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }
    try SafeFile.overwrite(root + "/" + Self.mark, Array(lines.joined().utf8))
  }

  /// FNV-1a with 64 bits: tells an edited file from an untouched one; no guard against malice.
  private static func hash(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
