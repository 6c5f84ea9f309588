import Foundation
import Testing

@testable import Notes

/// A folder of its own, removed with all that is in it at the end.
final class TemporaryFolder: Sendable {
  /// Absolute, symbolic links resolved.
  let path: String

  init() {
    let folder = FileManager.default.temporaryDirectory.path + "/folio-notes-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    path = Notes.FileSystem.realPath(folder) ?? folder
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func absolute(_ name: String) -> String { path + "/" + name }

  /// Writes a file in place, with the folders above it.
  func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: absolute(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Notes.FileSystem.read(absolute(name)), as: UTF8.self)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: absolute(name))
  }

  func move(_ name: String, to other: String) throws {
    guard rename(absolute(name), absolute(other)) == 0 else {
      throw FileError("move", name, code: errno)
    }
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: absolute(name), withDestinationPath: target)
  }

  func names(in folder: String = "") throws -> [String] {
    try Notes.FileSystem.names(in: folder.isEmpty ? path : absolute(folder))
  }
}

/// A vault of notes written for one test, with its index beside it.
struct TestVault {
  let folder = TemporaryFolder()
  let cache = TemporaryFolder()

  init(_ notes: [String: String] = [:]) throws {
    for (path, text) in notes { try folder.write(path, text) }
  }

  func vault() throws -> Vault { try Vault(folder: folder.path) }

  func open(
    _ freshness: NoteIndex.Freshness = .refresh
  ) throws -> (index: NoteIndex, report: NoteIndex.Report) {
    try NoteIndex.open(try vault(), directory: cache.path, freshness: freshness)
  }

  func index() throws -> NoteIndex { try open().index }
}

/// A note that is nowhere but in memory.
func note(_ text: String, at path: String = "note.md") -> Note {
  Note(path: VaultPath(known: path), bytes: Array(text.utf8))
}
