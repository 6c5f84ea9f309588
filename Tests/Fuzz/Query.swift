/// Any bytes are a query: parsing ends, keeps its limits, and the words can be searched for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  for isTyping in [false, true] {
    let query = Query.parse(text, syntax: syntax, isTyping: isTyping)
    precondition(query.terms.count <= 512)
    precondition(query.root != nil || query.isEmpty)
    precondition(query.relaxed == nil || !query.isEmpty)
  }
  return 0
}

private let syntax = QuerySyntax(
  fields: ["title": ["title"], "body": ["title", "body"]], attributeNames: ["label": "tag"],
  nestedAttributes: ["tag"], dateAttribute: "modified",
  isAttribute: { ["tag", "lang"].contains($0) })
