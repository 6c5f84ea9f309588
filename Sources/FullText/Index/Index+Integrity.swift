extension Index {
  /// Whether the documents' keys, attributes and values are as they were written.
  ///
  /// A search looks after what it uses by itself; whoever lists documents without one asks here first.
  /// Cost: reads those parts of the index, about 1 ms a megabyte.
  public var hasIntactDocuments: Bool {
    segments.allSatisfy { $0.isIntact(Segment.documentSections) }
  }
}

extension Segment {
  /// What is known about the bytes of a segment.
  final class Health: @unchecked Sendable {
    /// Something was met that cannot have been written so.
    fileprivate var hasDamage = false
    fileprivate var hasIntactColumns: Bool?
    fileprivate var hasIntactKeys: Bool?
    fileprivate var hasIntactTermKeys: Bool?
    private let turns = Turns()

    fileprivate func use<Result>(_ body: (Health) -> Result) -> Result { turns.take { body(self) } }
  }

  /// What documents, filters and values are read from.
  static let documentSections: [SegmentSection] = [
    .keyOffsets, .keys, .storedOffsets, .stored, .valueKeys, .valueData, .valuePostings,
  ]

  /// Whether the bytes of all of these sections have their checksums.
  func isIntact(_ sections: [SegmentSection]) -> Bool {
    sections.allSatisfy { isIntact($0) }
  }

  private func isIntact(_ section: SegmentSection) -> Bool {
    table.isIntact(section, in: file.bytes)
  }

  /// Whether the few bytes a document that scores are worked out from are intact; looked at once.
  var hasIntactColumns: Bool {
    health.use { health in
      let isIntact =
        health.hasIntactColumns
        ?? (isIntact(.lengths) && isIntact(.spans) && isIntact(.days))
      health.hasIntactColumns = isIntact
      return isIntact
    }
  }

  /// Whether the documents' keys are intact; looked at once.
  var hasIntactKeys: Bool {
    health.use { health in
      let isIntact = health.hasIntactKeys ?? (isIntact(.keyOffsets) && isIntact(.keys))
      health.hasIntactKeys = isIntact
      return isIntact
    }
  }

  /// Whether the first keys of the dictionary's blocks are intact; looked at once.
  var hasIntactTermKeys: Bool {
    health.use { health in
      let isIntact = health.hasIntactTermKeys ?? isIntact(.termKeys)
      health.hasIntactTermKeys = isIntact
      return isIntact
    }
  }

  var hasDamage: Bool { health.use { $0.hasDamage } }

  /// Remembers that the segment is damaged; false, for whoever met it.
  @discardableResult
  func noteDamage() -> Bool {
    health.use { $0.hasDamage = true }
    return false
  }
}
