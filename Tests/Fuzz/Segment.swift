/// Any bytes in place of a segment, or a good one with changed bytes: an answer, or no index; never
/// a trap. The first byte chooses; then come pairs of a place (two bytes) and a byte.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  var bytes: [UInt8]
  if choice & 1 == 0 {
    bytes = Array(input.dropFirst())
  } else {
    bytes = good.bytes
    for at in stride(from: 1, to: input.count - 2, by: 3) {
      bytes[(Int(input[at]) << 8 | Int(input[at + 1])) % bytes.count] = input[at + 2]
    }
  }
  let name = Head.hexadecimal(7) + ".seg"
  let path = good.directory + "/" + name
  guard (try? FileSystem.write(bytes, to: path, synchronising: false)) != nil,
    let segment = Segment(
      path, name: name, deletions: DeletionMap(),
      liveLengths: LengthSums(body: 40, title: 10))
  else { return 0 }
  _ = segment.problems()
  for document in 0..<min(UInt32(segment.documentCount), 64) {
    _ = segment.key(document)
    _ = segment.attributes(document)
    _ = segment.mark(document)
  }
  for filter in [Filter.exists("tag"), .prefix("tag", "a"), .keyPrefix("n")] {
    _ = segment.documents(where: filter)
  }
  let schema = good.schema
  let ranking = BM25F(schema, weights: [:], means: MeanLengths(body: 5, title: 2))
  let search = LeafSearch(
    segment, ranking, schema, language: .english, damage: Damage(), memory: SearchMemory())
  var head = Head(schema: schema, options: good.options)
  head.entries = [
    Head.Entry(
      number: 7, fileLength: UInt64(bytes.count), checksum: segment.checksum,
      documentCount: segment.documentCount, liveLengths: LengthSums(body: 40, title: 10),
      deletedCount: 0, deletionGeneration: 0)
  ]
  guard let index = Index(good.directory, head, schema, good.options) else { return 0 }
  _ = index.values(ofAttribute: "tag")
  for text in [
    "run", "r*", "tasks~2", "\"task run\"", "dag_run_id", "running", "日本語", "run OR task OR the",
    "task run -runs", "title:n1 run",
  ] {
    let query = Query.parse(text, syntax: QuerySyntax(fields: ["title": ["title"]]))
    for leaf in query.positiveLeaves { _ = search.matches(leaf) }
    _ = try? index.search(query, options: SearchOptions(limit: 3))
  }
  return 0
}

/// A small index in a folder of its own.
private struct Good: Sendable {
  let directory: String
  let schema = Schema(fields: [
    .init(name: "title", weight: 2), .init(name: "body", weight: 1, normalisesLength: true),
  ])
  let options = IndexOptions(language: .english)
  let bytes: [UInt8]

  init() {
    var template = Array("/tmp/fulltext-fuzz-XXXXXX".utf8CString)
    directory = template.withUnsafeMutableBufferPointer {
      $0.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
    }
    let words = "run running runs task tasks dag_run_id the a parseHTTPResponse 日本語 task run"
    let writer = try? IndexWriter(
      directory: directory, schema: schema, options: options)
    _ = try? writer?.rebuild(add: (0..<150).map { "n\($0)" }, threads: 1) { key in
      let text = Array((key + " " + words).utf8)
      return Document(
        key: key, text: text,
        runs: [.init(field: 0, range: 0..<key.utf8.count), .init(field: 1, range: 0..<text.count)],
        attributes: [Attribute(name: "tag", value: "a/\(key.utf8.count)")])
    }
    let name = FileSystem.names(in: directory).first { $0.hasSuffix(".seg") } ?? ""
    bytes = FileSystem.read(directory + "/" + name, limit: 1 << 20) ?? [0]
  }
}

private let good = Good()
