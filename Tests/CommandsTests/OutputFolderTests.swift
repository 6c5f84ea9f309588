import EverydayCommands
import Foundation
import Testing

@testable import Commands

/// The folder that `portfolio build` writes.
@Suite struct OutputFolderTests {
  /// A place of its own on the disk, gone with the value.
  final class Place {
    let root = NSTemporaryDirectory() + "folio-output-" + UUID().uuidString
    var site: String { root + "/site" }

    init() throws {
      try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ files: [String: String]) throws -> OutputFolder.Report {
      try OutputFolder(site, display: "site").write(
        files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
    }

    /// Every file but the mark, with its text.
    func files() throws -> [String: String] {
      var found: [String: String] = [:]
      for path in try FileManager.default.subpathsOfDirectory(atPath: site) {
        var isFolder: ObjCBool = false
        FileManager.default.fileExists(atPath: site + "/" + path, isDirectory: &isFolder)
        guard !isFolder.boolValue, path != OutputFolder.mark else { continue }
        found[path] = try String(contentsOfFile: site + "/" + path, encoding: .utf8)
      }
      return found
    }

    func inode(_ path: String) throws -> Int {
      try #require(
        FileManager.default.attributesOfItem(atPath: site + "/" + path)[.systemFileNumber] as? Int)
    }
  }

  @Test func theFolderHasExactlyTheFiles() throws {
    let place = try Place()
    let first = ["index.html": "a", "notes/x.html": "b", "notes/deep/y.html": "c"]
    #expect(try place.write(first).written == 3)
    #expect(try place.files() == first)
    let second = ["index.html": "a", "notes/z.html": "d"]
    let report = try place.write(second)
    #expect(report.written == 1)
    #expect(report.removed == 2)
    #expect(try place.files() == second)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.root) == ["site"])
    #expect(!FileManager.default.fileExists(atPath: place.site + "/notes/deep"))
  }

  @Test func filesThatStayTheSameAreTheSameFiles() throws {
    let place = try Place()
    _ = try place.write(["a": "1", "b/c": "2", "b/d": "3"])
    let (a, c, d) = (try place.inode("a"), try place.inode("b/c"), try place.inode("b/d"))
    _ = try place.write(["a": "1", "b/c": "changed", "b/d": "3"])
    #expect(try place.inode("a") == a)
    #expect(try place.inode("b/d") == d)
    #expect(try place.inode("b/c") != c)
  }

  @Test func whatSomebodyElsePutThereStays() throws {
    let place = try Place()
    _ = try place.write(["a": "1", "b/c": "2"])
    try "mine".write(toFile: place.site + "/CNAME", atomically: true, encoding: .utf8)
    try "mine too".write(toFile: place.site + "/b/own", atomically: true, encoding: .utf8)
    _ = try place.write(["a": "2"])
    #expect(try place.files() == ["a": "2", "CNAME": "mine", "b/own": "mine too"])
  }

  @Test func whatWasEditedIsLeftAndNothingIsWritten() throws {
    let place = try Place()
    _ = try place.write(["a": "1", "b": "2"])
    try "edited".write(toFile: place.site + "/b", atomically: true, encoding: .utf8)
    #expect(throws: Failure.self) { try place.write(["a": "3", "b": "4"]) }
    #expect(try place.files() == ["a": "1", "b": "edited"])
  }

  @Test func aFolderOfSomebodyElseIsLeft() throws {
    let place = try Place()
    try FileManager.default.createDirectory(atPath: place.site, withIntermediateDirectories: true)
    try "mine".write(toFile: place.site + "/index.html", atomically: true, encoding: .utf8)
    #expect(throws: Failure.self) { try place.write(["index.html": "x"]) }
    #expect(try place.files() == ["index.html": "mine"])
  }

  @Test func aMarkThatLeadsOutsideIsNotFollowed() throws {
    let place = try Place()
    _ = try place.write(["a": "1"])
    try "outside".write(toFile: place.root + "/outside", atomically: true, encoding: .utf8)
    let mark = place.site + "/" + OutputFolder.mark
    for line in ["0123456789abcdef ../outside", "0123456789abcdef /etc/passwd", "x", "\u{0}"] {
      try (line + "\n").write(toFile: mark, atomically: true, encoding: .utf8)
      _ = try? place.write(["a": "2"])
      #expect(FileManager.default.fileExists(atPath: place.root + "/outside"))
    }
  }

  @Test func aLinkInThePlaceOfAPageIsNotWrittenThrough() throws {
    let place = try Place()
    _ = try place.write(["a": "1"])
    try "precious".write(toFile: place.root + "/target", atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: place.site + "/a")
    try FileManager.default.createSymbolicLink(
      atPath: place.site + "/a", withDestinationPath: place.root + "/target")
    #expect(throws: Failure.self) { try place.write(["a": "2"]) }
    #expect(try String(contentsOfFile: place.root + "/target", encoding: .utf8) == "precious")
  }

  /// What a stopped build left beside is cleared by the next one, whatever it was.
  @Test func theNextBuildClearsWhatAStoppedOneLeft() throws {
    let place = try Place()
    _ = try place.write(["a": "1"])
    let beside = place.root + "/.site.folio-next"
    try FileManager.default.createDirectory(
      atPath: beside + "/notes", withIntermediateDirectories: true)
    try "half".write(toFile: beside + "/notes/x.html", atomically: true, encoding: .utf8)
    try "0123456789abcdef notes/x.html\n".write(
      toFile: beside + "/" + OutputFolder.mark, atomically: true, encoding: .utf8)
    _ = try place.write(["a": "2"])
    #expect(try place.files() == ["a": "2"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.root) == ["site"])
  }

  /// A build may be stopped while it clears the old site away, at any file of it.
  @Test func whatWasLeftOfTheOldSiteDoesNotComeBack() throws {
    for left in 0...3 {
      let place = try Place()
      _ = try place.write(["a": "1"])
      let beside = place.root + "/.site.folio-next"
      try FileManager.default.createDirectory(
        atPath: beside + "/notes", withIntermediateDirectories: true)
      let old = ["gone.html", "notes/gone.html", "notes/too.html"]
      try (old.map { "0123456789abcdef \($0)\n" }.joined()).write(
        toFile: beside + "/" + OutputFolder.mark, atomically: true, encoding: .utf8)
      for path in old.prefix(left) {
        try "old".write(toFile: beside + "/" + path, atomically: true, encoding: .utf8)
      }
      // The name of a temporary file whose process is gone.
      try "half".write(
        toFile: beside + "/.folio-4194303-0123456789abcdef", atomically: true, encoding: .utf8)
      _ = try place.write(["a": "1"])
      #expect(try place.files() == ["a": "1"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: place.root) == ["site"])
    }
  }
}
