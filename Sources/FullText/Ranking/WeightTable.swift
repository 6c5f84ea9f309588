/// What each shape of a segment weighs over the fields of a mask, by its code.
final class WeightTable: @unchecked Sendable {
  /// `plain` of the escape code, whose weight must be worked out.
  static let unknown: Float = -2
  /// `plain` of a weight of which no field counts.
  static let absent: Float = -1

  let mask: UInt8
  /// 256 of them.
  let weights: UnsafePointer<BM25F.Weight>
  /// By code as well: the most that one occurrence weighs; `plain` is `unknown` for the escape code.
  let singles: UnsafePointer<BM25F.Weight>
  fileprivate let fields: SIMD8<Float>

  init(_ shapes: ShapeTable, _ ranking: BM25F, _ mask: UInt8) {
    self.mask = mask
    fields = ranking.weights
    let weights = UnsafeMutablePointer<BM25F.Weight>.allocate(capacity: 256)
    weights.initialize(repeating: BM25F.Weight(plain: Self.unknown), count: 256)
    let singles = UnsafeMutablePointer<BM25F.Weight>.allocate(capacity: 256)
    singles.initialize(repeating: BM25F.Weight(plain: Self.unknown), count: 256)
    for (code, shape) in shapes.shapes.enumerated() {
      weights[code] = ranking.weight(shape, mask)
      singles[code] = ranking.single(shape, mask)
    }
    self.weights = UnsafePointer(weights)
    self.singles = UnsafePointer(singles)
  }

  deinit {
    weights.deallocate()
    singles.deallocate()
  }
}

/// The weight tables of a segment that were used last: weights seldom change from query to query.
final class WeightTables: @unchecked Sendable {
  private static let most = 4
  private let turns = Turns()
  /// The newest is the last.
  private var tables = List<WeightTable>()

  func table(_ shapes: ShapeTable, _ ranking: BM25F, _ mask: UInt8) -> WeightTable {
    turns.take {
      if let known = tables.first(where: { $0.mask == mask && $0.fields == ranking.weights }) {
        return known
      }
      let table = WeightTable(shapes, ranking, mask)
      if tables.count == Self.most { tables = List(tables.dropFirst()) }
      tables.append(table)
      return table
    }
  }
}
