extension Index {
  /// The names of the indexed attributes, folded, in the order of their bytes.
  ///
  /// Cost: one look-up a name, however many values each has.
  public var attributeNames: [String] {
    var names: Set<[UInt8]> = []
    for segment in segments {
      var start: [UInt8] = [1]
      while let name = segment.attributeName(atOrAfter: start) {
        names.insert(name)
        // Names end with a zero: behind it with a one is behind all values of the name.
        start = name + [1]
      }
    }
    return names.sorted { isBelow($0, $1) }.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Segment {
  fileprivate func attributeName(atOrAfter start: [UInt8]) -> [UInt8]? {
    start.withUnsafeBufferPointer { start in
      let cursor = values.cursor(atOrAfter: start)
      if cursor.isDamaged { noteDamage() }
      guard cursor.isValid, let end = cursor.key.firstIndex(of: 0) else { return nil }
      return Array(cursor.key[..<end])
    }
  }
}
