/// One state of an index, for reading.
///
/// A snapshot: what writers do later does not show. It holds no lock; its files are mapped, so any
/// number of processes may read while one writes. What costs is the pages a query touches.
public final class Index: Sendable {
  /// A document of this snapshot; of no use in another one.
  public struct DocumentID: Sendable, Hashable {
    let segment: UInt16
    let local: UInt32
  }

  /// The size of an index.
  public struct Statistics: Sendable, Equatable {
    /// Live documents.
    public var documents = 0
    /// Documents that are deleted and still take space.
    public var deleted = 0
    public var segments = 0
    /// Distinct terms, summed over the segments.
    public var terms = 0
    /// Bytes of the segment files.
    public var bytes = 0
    /// Tokens, those of deleted documents too.
    public var tokens = 0
  }

  public let schema: Schema
  public let options: IndexOptions
  let segments: [Segment]
  /// Live documents.
  public let documentCount: Int
  /// The mean lengths of the live documents.
  let meanLengths: MeanLengths
  /// What they make of lengths.
  let lengthFactors: LengthFactors

  private init(schema: Schema, options: IndexOptions, segments: [Segment]) {
    self.schema = schema
    self.options = options
    self.segments = segments
    documentCount = segments.reduce(0) { $0 + $1.liveCount }
    meanLengths = segments.reduce(LengthSums()) { $0 + $1.liveLengths }.means(of: documentCount)
    lengthFactors = LengthFactors(meanLengths)
  }

  /// Opens the index in `directory`.
  ///
  /// Nil when it is absent, damaged, of another version, or made with another schema or other
  /// options: the caller then rebuilds it. Field weights may differ. Cost: a few system calls a
  /// segment; nothing is read ahead.
  public static func open(
    _ directory: String, schema: Schema, options: IndexOptions
  ) -> Index? {
    // A writer may remove files between reading the head and opening them; then the head is new. One
    // that is still the same and cannot be opened is damaged.
    var before: Head?
    while let head = Head(directory), head != before,
      head.settings == Head.settings(schema, options)
    {
      if let index = Index(directory, head, schema, options) { return index }
      before = head
    }
    return nil
  }

  convenience init?(
    _ directory: String, _ head: Head, _ schema: Schema, _ options: IndexOptions
  ) {
    var segments: [Segment] = []
    for entry in head.entries {
      guard let segment = Segment(directory, entry) else { return nil }
      segments.append(segment)
    }
    self.init(schema: schema, options: options, segments: segments)
  }

  /// Reads every byte of the index in `directory` and returns what is wrong, as sentences.
  public static func verify(_ directory: String) -> [String] {
    guard let head = Head(directory) else {
      return ["\(directory)/\(Head.fileName) is missing, damaged or of another version."]
    }
    var problems: [String] = []
    for entry in head.entries {
      if let segment = Segment(directory, entry) {
        problems += segment.problems()
      } else {
        problems.append("\(directory)/\(entry.name) is missing or damaged.")
      }
    }
    return problems
  }

  public var statistics: Statistics {
    var statistics = Statistics()
    statistics.documents = documentCount
    statistics.segments = segments.count
    for segment in segments {
      statistics.deleted += segment.deletions.count
      statistics.terms += segment.termCount
      statistics.bytes += segment.byteCount
      statistics.tokens += Int(segment.tokenCount)
    }
    return statistics
  }

  /// The bytes of each section, summed over the segments, in the order of the file.
  public var sectionSizes: [(name: String, bytes: Int)] {
    SegmentSection.allCases.map { section in
      ("\(section)", segments.reduce(0) { $0 + $1.bytes(section).count })
    }
  }

  // MARK: Documents

  /// The live document with this key.
  public func find(key: String) -> DocumentID? {
    var key = key
    return key.withUTF8 { key in
      for (index, segment) in segments.enumerated() {
        if let local = segment.find(key) {
          return DocumentID(segment: UInt16(index), local: local)
        }
      }
      return nil
    }
  }

  /// Calls `body` with each live document, in ascending order of the keys' bytes.
  ///
  /// With the key comes the mark of the document's stamp. The key is valid during the call. Cost: about 50 ns a document.
  public func forEachDocument(
    _ body: (DocumentID, UnsafeBufferPointer<UInt8>, _ mark: UInt64) throws -> Void
  ) rethrows {
    var walk = KeyWalk(segments)
    while let (index, local) = walk.next() {
      let document = DocumentID(segment: UInt16(index), local: local)
      let mark = segments[index].mark(local)
      try walk.withKey { try body(document, $0, mark) }
    }
  }

  public func key(of document: DocumentID) -> String {
    String(decoding: keyBytes(document), as: UTF8.self)
  }

  func keyBytes(_ document: DocumentID) -> [UInt8] {
    segments[Int(document.segment)].key(document.local)
  }

  /// Whether `left` comes before `right` by the bytes of their keys.
  func precedes(_ left: DocumentID, _ right: DocumentID) -> Bool {
    if left.segment == right.segment { return left.local < right.local }
    return isBelow(keyBytes(left), keyBytes(right))
  }

  /// The stored attributes, in the order in which they were given.
  public func attributes(of document: DocumentID) -> [(name: String, value: String)] {
    segments[Int(document.segment)].attributes(document.local)
  }

  // MARK: Attributes

  /// The indexed values of an attribute with their live documents, in the order of their folded
  /// bytes; values that fold alike are one, spelt as in the oldest segment.
  public func values(ofAttribute name: String) -> [(value: String, count: Int)] {
    let prefix = AttributeKey.name(name)
    var found: [[UInt8]: (value: String, count: Int)] = [:]
    for segment in segments {
      segment.forEachValue(prefix) { cursor in
        var count = 0
        segment.forEachDocument(cursor) { if !segment.deletions.contains($0) { count += 1 } }
        guard count > 0 else { return true }
        if let known = found[cursor.key]?.count {
          found[cursor.key]?.count = known + count
        } else {
          let spelling = segment.spelling(cursor, prefix: prefix)
          let value = String(decoding: spelling, as: UTF8.self)
          found[cursor.key] = (value, count)
        }
        return true
      }
    }
    return found.sorted { isBelow($0.key, $1.key) }.map(\.value)
  }

  /// Whether a live document has an indexed attribute of this name.
  public func hasAttribute(named name: String) -> Bool {
    let prefix = AttributeKey.name(name)
    for segment in segments {
      var isFound = false
      segment.forEachValue(prefix) { cursor in
        segment.forEachDocument(cursor) { if !segment.deletions.contains($0) { isFound = true } }
        return !isFound
      }
      if isFound { return true }
    }
    return false
  }
}

extension Segment {
  convenience init?(_ directory: String, _ entry: Head.Entry) {
    var deletions = DeletionMap()
    if let name = entry.deletionName {
      guard let bytes = FileSystem.read(directory + "/" + name, limit: 1 << 27),
        let map = DeletionMap(bytes), map.count == entry.deletedCount
      else { return nil }
      deletions = map
    }
    self.init(
      directory + "/" + entry.name, name: entry.name, deletions: deletions,
      liveLengths: entry.liveLengths)
    guard byteCount == Int(clamping: entry.fileLength), checksum == entry.checksum,
      documentCount == entry.documentCount
    else { return nil }
  }

  /// Calls `body` with each entry of the value table under `prefix`, until it returns false.
  func forEachValue(_ prefix: [UInt8], _ body: (TableCursor) -> Bool) {
    prefix.withUnsafeBufferPointer {
      var cursor = values.cursor(atOrAfter: $0)
      defer { if cursor.isDamaged { noteDamage() } }
      while cursor.isValid, cursor.hasPrefix($0) {
        if !body(cursor) { return }
        guard cursor.next() else { return }
      }
    }
  }
}
