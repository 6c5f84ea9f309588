import Manuscript
import Testing

@testable import Typesetting

@Suite struct SitePartsTests {
  @Test func theFeedHoldsWhateverATitleSays() {
    let feed = FeedWriter(address: "https://a.example/x").feed(
      title: "A & \"B\" <c>", author: "Ö", day: "2026-11-22",
      entries: [
        FeedWriter.Entry(
          title: "]]>\u{1}<script>", path: "notes/a.html", day: "2026-11", summary: "'x'")
      ])
    #expect(feed.contains("<title>A &amp; &quot;B&quot; &lt;c&gt;</title>"))
    #expect(feed.contains("<title>]]&gt;&lt;script&gt;</title>"))
    #expect(feed.contains("<updated>2026-11-01T00:00:00Z</updated>"))
    #expect(feed.contains("<link href=\"https://a.example/x/notes/a.html\"/>"))
  }

  @Test func theSearchIndexFindsPagesByTheirTerms() throws {
    var writer = SearchIndexWriter()
    for (path, title, text) in [
      ("a.html", "Größe", "retries </script> and more"),
      ("b.html", "Two", "retries \u{2028} twice"),
    ] {
      writer.add(
        path: path,
        document: Document(
          title: title, author: "", day: "2026-01-01", masthead: Masthead(name: title),
          sections: [
            Section(id: "x", title: "Part", blocks: [.paragraph(.plain(text), tone: .body)])
          ]))
    }
    let script = writer.script()
    #expect(
      SearchIndexWriter.words("Ab-c_D9 x") == ["ab", "c", "d9", "x"]
        && SearchIndexWriter.words("Ab-c_D9 é") == ["ab", "c", "d9", "e"])
    #expect(SearchIndexWriter.words(String(repeating: "a", count: 41) + " b") == ["b"])
    #expect(script.contains("\"grosse 0.8\""))
    #expect(script.contains("\"retries 0 1\""))
    #expect(script.contains("\"part 0.3 1.3\""))
    #expect(!script.contains("</script>"))
    #expect(script.hasPrefix("folioIndex({") && script.hasSuffix("});\n"))
  }

  /// A JPEG of segments, each with its marker and its content.
  private static func jpeg(_ segments: [(UInt8, [UInt8])]) -> [UInt8] {
    var out: [UInt8] = [0xFF, 0xD8]
    for (marker, content) in segments {
      let size = content.count + 2
      out += [0xFF, marker, UInt8(size >> 8), UInt8(size & 0xFF)]
      out += content
    }
    return out
  }

  private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0, 0, UInt8(content.count >> 8), UInt8(content.count & 0xFF)]
    out += Array(type.utf8)
    out += content
    out += [1, 2, 3, 4]
    return out
  }

  private static func bytes(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined()) }
  private static let canary = Array("canary".utf8)

  static let pictures: [[UInt8]] = [
    bytes([
      jpeg([
        (0xE0, Array("JFIF".utf8)), (0xE1, Array("Exif canary".utf8)), (0xFE, canary),
        (0xE2, Array("ICC".utf8)), (0xDA, [1, 2]),
      ]), [9, 9, 0xFF, 0xD9], canary,
    ]),
    bytes([
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], chunk("IHDR", [1]), chunk("tEXt", canary),
      chunk("eXIf", canary), chunk("IDAT", [5, 6]), chunk("IEND", []), canary,
    ]),
    bytes([
      Array("GIF89a".utf8), [1, 0, 1, 0, 0, 0, 0], [0x21, 0xFE, 6], canary, [0],
      [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 7, 0, 0x3B], canary,
    ]),
    bytes([
      Array("RIFF".utf8), [60, 0, 0, 0], Array("WEBPVP8 ".utf8), [2, 0, 0, 0, 5, 6],
      Array("EXIF".utf8), [6, 0, 0, 0], canary,
    ]),
  ]

  @Test(arguments: pictures) func whatCamerasWriteIsTakenOut(bytes: [UInt8]) throws {
    let clean = try #require(ImageMetadata.stripped(bytes))
    #expect(!String(decoding: clean, as: UTF8.self).contains("canary"))
    #expect(clean.count > 12)
    #expect(ImageMetadata.stripped(clean) == clean)
  }

  @Test(arguments: pictures) func damagedPicturesAreNotVouchedFor(bytes: [UInt8]) {
    for length in 0..<bytes.count {
      if let cut = ImageMetadata.stripped(Array(bytes.prefix(length))) {
        #expect(!String(decoding: cut, as: UTF8.self).contains("canary"))
      }
    }
    for index in bytes.indices {
      var flipped = bytes
      flipped[index] ^= 0xFF
      _ = ImageMetadata.stripped(flipped)
    }
  }

  @Test func newBlocksAreSetInEveryFormat() {
    let document = Document(
      title: "T", author: "A", day: "2026-01-01", masthead: Masthead(name: "T"),
      sections: [
        Section(
          id: "x", title: "S",
          blocks: [
            .subheading(.plain("Sub"), level: 4),
            .code(Code(language: "sh", text: "a `b`\n\n```\nc")),
            .items(
              ItemList(
                start: 3,
                items: [
                  .init(blocks: [.paragraph(.plain("one"), tone: .body)]),
                  .init(
                    isDone: true,
                    blocks: [.paragraph(.plain("two"), tone: .body), .list([.plain("in")])]),
                ])),
            .quote([.paragraph([Run("q"), Run("x`y", .code)], tone: .body)], label: "Note"),
          ])
      ])
    #expect(
      MarkdownWriter.write(document) == """
        # T

        ## S

        #### Sub

        ````sh
        a `b`

        ```
        c
        ````

        3. one
        4. [x] two

           - in

        > **Note**
        >
        > q`` x`y ``

        """)
    let text = PlainTextWriter.write(document)
    for line in ["Sub:", "    a `b`", "3. one", "4. [x] two", "  Note:"] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
  }
}
