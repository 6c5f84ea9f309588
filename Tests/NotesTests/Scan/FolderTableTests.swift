import TestSupport
import Testing

@testable import Notes

@Suite struct FolderTableTests {
  private func randomTable(_ generator: inout SeededGenerator) -> FolderTable {
    var table = FolderTable()
    table.fingerprint = 7
    for number in 0..<(1 + generator.below(5)) {
      let path = Array((number == 0 ? "" : "folder-é\(number)").utf8)
      table.folders.append(
        .init(
          path: table.append(path: path),
          modified: Int64.random(in: -1...(.max), using: &generator),
          ignoreModified: Int64(generator.below(3)) - 1))
    }
    let names = ["index.md", "note.md", "other-note.md", "é.md", "e.md", "md", ""]
    for number in 0..<generator.below(12) {
      let folder = generator.below(table.folders.count)
      let name = "\(generator.below(3) == 0 ? "\(number)-" : "")\(names[generator.below(7)])"
      let path = Array(table.paths[table.folders[folder].path]) + Array("/\(name)".utf8)
      table.files.append(.init(path: table.append(path: path), folder: folder))
    }
    return table
  }

  private func shape(_ table: FolderTable) -> [String] {
    table.folders.map { "\(table.text($0.path)) \($0.modified) \($0.ignoreModified)" }
      + table.files.map { "\(table.text($0.path)) \($0.folder)" }
  }

  @Test func readsWhatItWrote() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let table = randomTable(&generator)
      let read = try #require(FolderTable(table.encoded, fingerprint: 7))
      #expect(shape(read) == shape(table))
      #expect(read.saysTheSame(as: table))
      #expect(FolderTable(table.encoded, fingerprint: 8) == nil)
    }
  }

  @Test func keepsNoPathThatNothingPointsTo() {
    var generator = SeededGenerator(seed: 2)
    var table = randomTable(&generator)
    let size = table.encoded.count
    _ = table.append(path: [UInt8](repeating: 0x61, count: 1_000))
    #expect(table.encoded.count == size)
  }

  @Test func everyFlippedBitIsNoticed() {
    var generator = SeededGenerator(seed: 3)
    let bytes = randomTable(&generator).encoded
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        #expect(FolderTable(damaged, fingerprint: 7) == nil, "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func everyTruncationIsNoticed() {
    var generator = SeededGenerator(seed: 4)
    let bytes = randomTable(&generator).encoded
    for count in bytes.indices {
      #expect(FolderTable(Array(bytes.prefix(count)), fingerprint: 7) == nil)
    }
    #expect(FolderTable(bytes + [0], fingerprint: 7) == nil)
  }

  /// A table whose checksum is right but whose numbers are not, as a broken writer would make it.
  @Test func wrongNumbersUnderARightChecksumDoNoHarm() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      var bytes = randomTable(&generator).encoded
      for _ in 0...generator.below(3) {
        bytes[16 + generator.below(bytes.count - 16)] = UInt8(generator.below(256))
      }
      let checksum = FolderTable.checksum(bytes[16...])
      withUnsafeBytes(of: checksum.littleEndian) { bytes.replaceSubrange(8..<16, with: $0) }
      guard let table = FolderTable(bytes, fingerprint: 7) else { continue }
      _ = shape(table)
      #expect(table.files.allSatisfy { $0.folder < table.folders.count })
    }
  }

  @Test func tablesOfOtherContentDiffer() {
    var generator = SeededGenerator(seed: 6)
    var table = randomTable(&generator)
    let before = table
    table.folders[0].modified ^= 1
    #expect(!table.saysTheSame(as: before))
  }
}
