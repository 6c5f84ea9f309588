import Testing

@testable import FullText

/// A changed byte among the keys and stored attributes never shows: the search says that the index
/// is damaged, or answers what it did.
@Suite struct StoredDamageTests {
  @Test func noFlippedByteShowsAWrongTitle() throws {
    let documents = (0..<40).map { number in
      var document = Fixture.document("folder/note-\(number).md", "word \(number)", tags: ["a/b"])
      document.attributes.append(Attribute(name: ".title", value: "The title of \(number % 7)"))
      return document
    }
    let directory = TemporaryDirectory()
    let name = try Fixture.index(documents, in: directory).segments[0].name
    let path = directory.path + "/" + name
    let good = try #require(FileSystem.read(path, limit: 1 << 24))
    let query = Query.parse("word", syntax: Fixture.syntax)
    func shown() -> [String]? {
      guard let index = Fixture.open(directory),
        let found = try? index.search(query, options: SearchOptions(limit: 50))
      else { return nil }
      return found.hits.map { hit in
        index.key(of: hit.document)
          + index.attributes(of: hit.document).map { " \($0.name)=\($0.value)" }.joined()
      }
    }
    let expected = try #require(shown())
    let table = try #require(good.withUnsafeBufferPointer { SectionTable($0) })
    var noticed = 0
    for section in [SegmentSection.keys, .keyOffsets, .stored, .storedOffsets, .names] {
      let place = table.place(section)
      for at in place.offset..<place.offset + place.count {
        for flip: UInt8 in [1, 0xA0] {
          var bad = good
          bad[at] ^= flip
          try bad.withUnsafeBytes {
            try FileSystem.write([$0], to: path, synchronising: false)
          }
          let now = shown()
          if now == nil { noticed += 1 }
          #expect(now == nil || now == expected, "byte \(at) of \(section), \(flip)")
        }
      }
    }
    #expect(noticed > 500)
  }
}
