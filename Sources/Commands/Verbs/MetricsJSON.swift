internal import Career
internal import EverydayCommands
internal import Notes

/// Metrics and totals as JSON. Numbers that must stay exact are texts.
struct MetricJSON {
  let text: String

  init(
    _ book: MetricBook, _ totals: MetricTotals, from: CalendarDate?, to: CalendarDate,
    in sum: CurrencyRates.Sum? = nil
  ) {
    text =
      JSON.object([
        ("metrics", .array(book.metrics.map { Self.metric($0) })),
        ("from", .optional(from?.iso)), ("until", .string(to.iso)),
        ("totals", .array(totals.totals.map(Self.total))),
        (
          "not_counted",
          .array(
            totals.leftOut.map {
              .object([("metric", .string($0.metric.reference)), ("reason", .string($0.reason))])
            })
        ),
        ("in_one_currency", sum.map(Self.oneCurrency) ?? .null),
      ]).text
  }

  private static func oneCurrency(_ sum: CurrencyRates.Sum) -> JSON {
    .object([
      ("currency", .string(sum.currency)), ("firm", .string(sum.firm.exact)),
      ("estimated", .string(sum.estimated.exact)),
      (
        "rates",
        .array(
          sum.used.map {
            .object([
              ("from", .string($0.from)), ("rate", .string($0.rate.exact)),
              ("date", .string($0.date.iso)), ("source", .optional($0.source)),
            ])
          })
      ),
    ])
  }

  /// - Parameter more: What a verb knows beyond the metric itself.
  static func metric(_ metric: Metric, adding more: [(String, JSON)] = []) -> JSON {
    let unit = metric.unit ?? metric.after.parts.last?.unit ?? .one
    let change = metric.change
    func value(_ quantity: Quantity?) -> JSON {
      guard let quantity, let value = try? quantity.value(in: unit) else { return .null }
      return .string(value.exact)
    }
    var delta = change?.delta
    if metric.after.dimension != .ratio {
      delta = delta.flatMap { try? $0 / unit.factor }
    }
    return .object(
      [
        ("id", .string(metric.id)), ("path", .string(metric.note)),
        ("line", .int(metric.position.line)), ("name", .string(metric.name)),
        ("kind", .string(metric.kind.rawValue)), ("unit", .string(unit.symbol)),
        ("before", value(metric.before)), ("after", value(metric.after)),
        ("per", .string(metric.per.rawValue)), ("delta", .optional(delta?.exact)),
        ("percent", .optional(change?.percent?.exact)),
        ("factor", .optional(change?.factor?.exact)),
        ("better", change?.isBetter.map { .bool($0) } ?? .null),
        ("since", .optional(metric.since?.iso)), ("until", .optional(metric.until?.iso)),
        ("as_of", .optional(metric.asOf?.iso)), ("basis", .string(metric.basis.rawValue)),
        ("visibility", .string(metric.visibility.rawValue)),
        ("evidence", .int(metric.evidence.count)), ("people", .string(metric.people.exact)),
        ("share", .string(metric.share.exact)), ("part_of", .optional(metric.partOf)),
        ("action", .optional(metric.action)),
      ] + more)
  }

  static func total(_ total: MetricTotals.Total) -> JSON {
    func value(_ amount: Rational) -> JSON {
      .string((try? amount / total.sum.unit.factor)?.exact ?? amount.exact)
    }
    return .object([
      ("total", .string(total.sum.name)), ("unit", .string(total.sum.unit.symbol)),
      ("firm", value(total.firm)), ("estimated", value(total.estimated)),
      ("metrics", .strings(total.rows.map(\.metric.reference))),
    ])
  }
}
