/// What each shape of a segment weighs over the fields of a mask, by its code.
final class WeightTable: Sendable {
  /// `plain` of the escape code, whose weight must be worked out.
  static let unknown: Float = -2
  /// `plain` of a weight of which no field counts.
  static let absent: Float = -1

  let mask: UInt8
  /// 256 of them.
  let weights: [BM25F.Weight]
  fileprivate let fields: SIMD8<Float>

  init(_ shapes: ShapeTable, _ ranking: BM25F, _ mask: UInt8) {
    self.mask = mask
    fields = ranking.weights
    var weights = shapes.shapes.map { ranking.weight($0, mask) }
    while weights.count < 256 { weights.append(BM25F.Weight(plain: Self.unknown)) }
    self.weights = weights
  }
}

/// The weight tables of a segment that were used last: weights seldom change from query to query.
final class WeightTables: Sendable {
  private static let most = 4
  private let tables = Guarded<[WeightTable]>([])

  func table(_ shapes: ShapeTable, _ ranking: BM25F, _ mask: UInt8) -> WeightTable {
    tables.use { tables in
      if let known = tables.first(where: { $0.mask == mask && $0.fields == ranking.weights }) {
        return known
      }
      let table = WeightTable(shapes, ranking, mask)
      if tables.count == Self.most { tables.removeFirst() }
      tables.append(table)
      return table
    }
  }
}
