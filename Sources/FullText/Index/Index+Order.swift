extension Index {
  /// The live documents by the values of an indexed attribute, in the order of the folded bytes of
  /// the values; documents of one value in the order of their keys. A document with several values
  /// stands at each of them.
  ///
  /// Cost: one pass over the values; no stored attribute is read.
  public func documents(
    byAttribute name: String
  ) -> [(foldedValue: String, documents: [DocumentID])] {
    let prefix = AttributeKey.name(name)
    var found: [(key: [UInt8], documents: [DocumentID])] = []
    var isSorted = true
    for (number, segment) in segments.enumerated() {
      segment.forEachValue(prefix) { cursor in
        var documents: [DocumentID] = []
        segment.forEachDocument(cursor) {
          if !segment.deletions.contains($0) {
            documents.append(DocumentID(segment: UInt16(number), local: $0))
          }
        }
        if documents.isEmpty { return true }
        if let last = found.last, !isBelow(last.key, cursor.key) { isSorted = false }
        found.append((cursor.key, documents))
        return true
      }
    }
    if !isSorted { found = merged(found) }
    return found.map { key, documents in
      (String(decoding: key.dropFirst(prefix.count), as: UTF8.self), documents)
    }
  }

  /// Values that several segments have, as one each, in order.
  private func merged(
    _ values: [(key: [UInt8], documents: [DocumentID])]
  ) -> [(key: [UInt8], documents: [DocumentID])] {
    var merged: [(key: [UInt8], documents: [DocumentID])] = []
    for value in values.sorted(by: { isBelow($0.key, $1.key) }) {
      if merged.last?.key == value.key {
        merged[merged.count - 1].documents += value.documents
      } else {
        merged.append(value)
      }
    }
    for index in merged.indices where merged[index].documents.count > 1 {
      merged[index].documents.sort { precedes($0, $1) }
    }
    return merged
  }
}
