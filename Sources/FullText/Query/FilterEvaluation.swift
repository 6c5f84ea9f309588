extension Segment {
  /// The live documents that have the condition.
  func documents(where filter: Filter) -> DocumentSet {
    switch filter {
    case .all:
      return DocumentSet(live: self)
    case .equals(let name, let value):
      var result = matching(AttributeKey.key(name: name, value: value)) { $0 == $1 }
      result.formUnion(matching(AttributeKey.wholeKey(name: name, value: value)) { $0 == $1 })
      return result
    case .within(let name, let value):
      let top = AttributeKey.value(value).reversed().drop { $0 == UInt8(ascii: "/") }.reversed()
      return matching(AttributeKey.name(name) + top) { key, whole in
        key.count == whole.count || key[whole.count] == UInt8(ascii: "/")
      }
    case .prefix(let name, let value):
      return matching(AttributeKey.key(name: name, value: value)) { _, _ in true }
    case .exists(let name):
      return matching(AttributeKey.name(name)) { _, _ in true }
    case .compare(let name, let comparison, let value):
      let wanted = AttributeKey.value(value)
      let number = ValueOrder.number(wanted)
      return matching(AttributeKey.name(name)) { key, whole in
        let found = Array(key[whole.count...])
        let foundNumber = number == nil ? nil : ValueOrder.number(found)
        return comparison.holds(ValueOrder.compare(found, foundNumber, wanted, number))
      }
    case .keyPrefix(let prefix):
      return documents(keyPrefix: Array(prefix.utf8))
    case .and(let filters):
      var result = DocumentSet(live: self)
      for filter in filters { result.formIntersection(documents(where: filter)) }
      return result
    case .or(let filters):
      var result = DocumentSet(capacity: documentCount)
      for filter in filters { result.formUnion(documents(where: filter)) }
      return result
    case .not(let filter):
      var result = DocumentSet(live: self)
      result.subtract(documents(where: filter))
      return result
    }
  }

  /// The live documents with a value whose key starts with `prefix` and is accepted.
  private func matching(
    _ prefix: [UInt8], _ accepts: (_ key: [UInt8], _ prefix: [UInt8]) -> Bool
  ) -> DocumentSet {
    var result = DocumentSet(capacity: documentCount)
    forEachValue(prefix) { cursor in
      if accepts(cursor.key, prefix) { forEachDocument(cursor) { result.insert($0) } }
      return true
    }
    result.formIntersection(DocumentSet(live: self))
    return result
  }

  private func documents(keyPrefix prefix: [UInt8]) -> DocumentSet {
    var result = DocumentSet(capacity: documentCount)
    if !hasIntactKeys { noteDamage() }
    prefix.withUnsafeBufferPointer { prefix in
      var document = lowerBound(prefix)
      var walker = keys.walk(from: Int(document))
      while document < documentCount, walker.next(),
        walker.withKey({ $0.starts(with: prefix) })
      {
        result.insert(document)
        document += 1
      }
    }
    result.formIntersection(DocumentSet(live: self))
    return result
  }
}

extension Index {
  /// The documents that have the condition, in ascending order of their keys' bytes.
  public func documents(where filter: Filter) -> [DocumentID] {
    let sets = segments.map { $0.documents(where: filter) }
    var result: [DocumentID] = []
    if segments.count == 1 {
      sets[0].forEach { result.append(DocumentID(segment: 0, local: $0)) }
      return result
    }
    for (index, set) in sets.enumerated() {
      set.forEach { result.append(DocumentID(segment: UInt16(index), local: $0)) }
    }
    result.sort(by: precedes)
    return result
  }
}
