import Testing

@testable import FullText

/// Keys, symbols and spellings come back as they were given, and changed bytes do no harm.
@Suite struct DictionaryTests {
  private static let words = [
    "kubernetes", "container", "developer.mozilla.org/en-us/docs/web/api/", "https://", "index",
    "überlänge", "日本語", "\u{0}", "a", "zz", "--dry-run", "parse", "http", "response", "_id",
  ]

  private func keys(_ count: Int, seed: UInt64) -> [[UInt8]] {
    var random = SeededGenerator(seed: seed)
    var keys: Set<[UInt8]> = [[]]
    while keys.count < count {
      var key: [UInt8] = []
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: key.append(.random(in: 0...255, using: &random))
        case 1: key += "\(Int.random(in: 0...9999, using: &random))".utf8
        case 2 where key.count < 200: key += key
        default: key += Self.words.randomElement(using: &random)!.utf8
        }
      }
      keys.insert(key)
    }
    return keys.sorted(by: isBelow)
  }

  private func coder(_ texts: [[UInt8]]) -> SymbolCoder {
    var training = SymbolTraining()
    for text in texts { text.withUnsafeBufferPointer { training.add($0) } }
    return training.coder()
  }

  /// Calls `body` with the table of symbols.
  private func withTable(_ coder: SymbolCoder, _ body: (SymbolTable) throws -> Void) throws {
    let bytes = coder.encoded
    try bytes.withUnsafeBufferPointer { try body(#require(SymbolTable($0))) }
  }

  @Test func textsComeBackFromTheirSymbols() throws {
    let texts = keys(2000, seed: 1)
    let coder = coder(texts)
    #expect(coder.symbols.count == 255 && Set(coder.symbols).count == 255)
    #expect(coder.symbols.allSatisfy { (1...8).contains($0.length) })
    var (plain, coded) = (0, 0)
    try withTable(coder) { table in
      for text in texts + [Array(0...255), Array(repeating: 255, count: 99)] {
        var buffer = ByteBuffer()
        buffer.byte(7)
        let isCoded = text.withUnsafeBufferPointer { coder.append($0, to: &buffer) }
        #expect(isCoded == (buffer.count > 1) && buffer.count <= 1 + text.count)
        plain += text.count
        coded += isCoded ? buffer.count - 1 : text.count
        guard isCoded else { continue }
        let read = buffer.bytes.dropFirst().withUnsafeBufferPointer { table.decoded($0) }
        #expect(read == text)
        let short = buffer.bytes.dropFirst().withUnsafeBufferPointer { coded -> Int? in
          var room = [UInt8](repeating: 9, count: text.count + 8)
          return room.withUnsafeMutableBufferPointer {
            table.decode(coded, into: $0.baseAddress!, limit: text.count - 1)
          }
        }
        #expect(short == nil)
      }
    }
    #expect(coded * 2 < plain)
  }

  @Test func fewTextsHaveNoSymbols() throws {
    let coder = coder(keys(20, seed: 2))
    #expect(coder.isEmpty && coder.encoded.isEmpty)
    try withTable(coder) { table in
      #expect(table.isEmpty)
      #expect([UInt8(3)].withUnsafeBufferPointer { table.decoded($0) } == nil)
    }
  }

  @Test func damagedTablesOfSymbolsAreRefused() {
    let good = coder(keys(2000, seed: 1)).encoded
    func isTable(_ bytes: [UInt8]) -> Bool {
      bytes.withUnsafeBufferPointer { SymbolTable($0) } != nil
    }
    #expect(isTable(good) && isTable([]))
    #expect(!isTable(Array(good.dropLast())) && !isTable(good + [0]))
    for code in 0..<256 {
      var bad = good
      bad[code] = code == 255 ? 1 : 9
      #expect(!isTable(bad))
    }
  }

  @Test(arguments: [0, 1, 31, 32, 33, 1500]) func tablesComeBack(count: Int) throws {
    let keys = Array(keys(max(1, count), seed: UInt64(count)).prefix(count))
    var writer = FrontCodedTableWriter()
    for (number, key) in keys.enumerated() {
      let inlineCount = number % 4
      var payload = ByteBuffer()
      if inlineCount == 0 {
        for part in [number + 4, number % 300, 1] { payload.varint(part) }
      }
      payload.varint(number)
      key.withUnsafeBufferPointer {
        writer.append($0, payload: payload.bytes, inlineCount: inlineCount, bases: (number, 0))
      }
    }
    for coder in [SymbolCoder([]), coder(keys)] {
      let (sparse, data) = writer.coded(coder)
      try withTable(coder) { symbols in
        sparse.withUnsafeBufferPointer { sparse in
          data.withUnsafeBufferPointer { data in
            let table = FrontCodedTable(sparse: sparse, data: data, streams: 2, symbols: symbols)
            var cursor = table.cursor(block: 0)
            for (number, key) in keys.enumerated() {
              let isThere = cursor.next()
              #expect(isThere && cursor.key == key && cursor.ordinal == number)
              #expect(cursor.isInline == (number % 4 != 0))
              #expect(cursor.count == UInt32(number % 4 == 0 ? number + 4 : number % 4))
              var rest = ByteReader(cursor.rest)
              let last = rest.varint()
              #expect(last == UInt32(number))
              let found = key.withUnsafeBufferPointer { table.find($0) }
              #expect(found?.ordinal == number)
              expectLook(table, key, number, cursor)
              expectNoLook(table, key)
            }
            let goesOn = cursor.next()
            #expect(!goesOn && !cursor.isDamaged)
          }
        }
      }
    }
  }

  /// A look-up that puts no keys together gives the entry that a cursor stands on.
  private func expectLook(
    _ table: FrontCodedTable, _ key: [UInt8], _ number: Int, _ cursor: TableCursor
  ) {
    var isDamaged = false
    let look = key.withUnsafeBufferPointer { table.look(for: $0, isDamaged: &isDamaged) }
    for entry in [look, table.look(at: number)] {
      #expect(entry?.ordinal == number && entry?.count == cursor.count)
      #expect(entry?.isInline == cursor.isInline)
      #expect(entry.map { $0.offsets == cursor.offsets && $0.lengths == cursor.lengths } == true)
      #expect(entry.map { $0.rest.elementsEqual(cursor.rest) } == true)
    }
    #expect(!isDamaged)
  }

  /// Keys a little longer or shorter, or with another last byte, are not there unless they are.
  private func expectNoLook(_ table: FrontCodedTable, _ key: [UInt8]) {
    for other in [key + [0], Array(key.dropLast()), Array(key.dropLast()) + [0xFE]]
    where !other.isEmpty {
      var isDamaged = false
      let look = other.withUnsafeBufferPointer { table.look(for: $0, isDamaged: &isDamaged) }
      let cursor = other.withUnsafeBufferPointer { table.find($0) }
      #expect(look?.ordinal == cursor?.ordinal && !isDamaged)
    }
  }

  /// Any changed byte of a table with symbols: the keys before it are right, and the walk ends there.
  @Test func changedBytesOfATableAreNoticed() throws {
    let keys = keys(400, seed: 9)
    var writer = FrontCodedTableWriter()
    for key in keys {
      key.withUnsafeBufferPointer { writer.append($0, payload: [1, 2], inlineCount: 1) }
    }
    let coder = coder(keys + self.keys(1000, seed: 10))
    #expect(!coder.isEmpty)
    let (sparse, data) = writer.coded(coder)
    try withTable(coder) { symbols in
      for at in data.indices {
        var bad = data
        bad[at] ^= [0x01, 0x80, 0xFF][at % 3]
        sparse.withUnsafeBufferPointer { sparse in
          bad.withUnsafeBufferPointer { bad in
            let table = FrontCodedTable(sparse: sparse, data: bad, streams: 2, symbols: symbols)
            var cursor = table.cursor(block: 0)
            var number = 0
            while cursor.next() {
              #expect(cursor.key == keys[number])
              number += 1
            }
            #expect(cursor.isDamaged && number < keys.count)
          }
        }
      }
    }
  }

  /// Entries that no writer made, as under a seal that happens to be right.
  @Test func anyEntryCanBeRead() throws {
    let coder = coder(keys(2000, seed: 1))
    var random = SeededGenerator(seed: 4)
    try withTable(coder) { symbols in
      for _ in 0..<2000 {
        var bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        if let first = bytes.indices.first { bytes[first] &= 0x1F }
        bytes.withUnsafeBufferPointer { bytes in
          var reader = ByteReader(bytes)
          let entry = FrontCodedEntry(&reader)
          for limit in [0, 10, entry.longest] {
            var key = [UInt8](repeating: 0xEE, count: limit + 8 + 16)
            let length = key.withUnsafeMutableBufferPointer {
              entry.put(to: $0.baseAddress!, limit: limit, symbols)
            }
            #expect(length ?? 0 <= limit)
            #expect(key.suffix(16).allSatisfy { $0 == 0xEE })
          }
        }
      }
    }
  }

  @Test(arguments: [0, 1, 16, 17, 500]) func documentKeysComeBack(count: Int) throws {
    let keys = Array(
      // Long ends are shared as well as short ones.
      keys(max(1, count), seed: 77).flatMap { key in
        ["/index.md", "/" + String(repeating: "deep/", count: 1 + key.count % 24) + "index.md"]
          .map { Array("notes/".utf8) + key + Array($0.utf8) }
      }
      .sorted(by: isBelow).prefix(count))
    var writer = KeyColumnWriter()
    for key in keys { key.withUnsafeBufferPointer { writer.append($0) } }
    for coder in [SymbolCoder([]), coder(keys)] {
      let (offsets, bytes) = writer.coded(coder)
      try withTable(coder) { symbols in
        offsets.withUnsafeBufferPointer { offsets in
          bytes.withUnsafeBufferPointer { bytes in
            let column = KeyColumn(offsets: offsets, keys: bytes, symbols: symbols, count: count)
            var walk = column.walk(from: 0)
            for (number, key) in keys.enumerated() {
              let isThere = walk.next()
              #expect(isThere && walk.key == key)
              #expect(key.withUnsafeBufferPointer { column.lowerBound($0) } == number)
              var single = column.walk(from: number)
              #expect(single.next() && single.key == key)
            }
            let goesOn = walk.next()
            #expect(!goesOn)
          }
        }
      }
      // Whatever the bytes are, a walk ends.
      var random = SeededGenerator(seed: 5)
      for _ in 0..<(count > 0 ? 500 : 0) {
        var bad = bytes
        for _ in 0..<3 {
          bad[.random(in: bad.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
        try withTable(coder) { symbols in
          offsets.withUnsafeBufferPointer { offsets in
            bad.withUnsafeBufferPointer { bad in
              let column = KeyColumn(offsets: offsets, keys: bad, symbols: symbols, count: count)
              var walk = column.walk(from: 0)
              var steps = 0
              while walk.next() { steps += 1 }
              #expect(steps <= count)
            }
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("Web/API/AudioListener", "web/api/audiolistener"), ("x", "x"), ("", ""), ("Ä", "ä"),
    ("STRASSE", "strasse"), ("Straße", "strasse"), ("É", "e"), ("A`{@[", "a`{@["),
    (String(repeating: "aB", count: 300), String(repeating: "ab", count: 300)),
    (String(repeating: "x", count: 900) + "Z", String(repeating: "x", count: 900) + "z"),
  ])
  func spellingsComeBack(spelt: String, folded: String) {
    let coded = Spelling.coded(Array(spelt.utf8), folded: Array(folded.utf8)[...])
    #expect(coded.isEmpty == (spelt == folded))
    let read = coded.withUnsafeBufferPointer {
      Spelling.decoded($0, folded: Array(folded.utf8)[...])
    }
    #expect(read == Array(spelt.utf8))
    for at in coded.indices {
      var bad = coded
      bad[at] ^= 0xA5
      _ = bad.withUnsafeBufferPointer { Spelling.decoded($0, folded: Array(folded.utf8)[...]) }
    }
  }
}
