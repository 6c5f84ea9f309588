public import Notes

/// All metrics of some project notes, each checked alone and against the others.
public struct MetricBook: Sendable {
  /// By note, in the order in which the notes were given.
  public let metrics: [Metric]

  /// Reads the metrics of `notes`; throws everything that is wrong with them.
  ///
  /// - Parameter language: Which of several languages of a name or an action to take.
  public init(_ notes: [Note], language: String? = nil) throws(Problems) {
    var metrics: [Metric] = []
    var problems: [Problem] = []
    for note in notes {
      if let error = note.frontMatter.error {
        problems.append(
          Problem(
            note.path.description, error.position,
            "the front matter cannot be read: \(error.reason)",
            "Mend the lines between the fences at the top of the note."))
        continue
      }
      let read = MetricReader.read(note, language: language)
      metrics += read.metrics
      problems += read.problems
    }
    problems += Self.checkParts(metrics)
    guard problems.isEmpty else { throw Problems(problems) }
    self.metrics = metrics
  }

  public init(checked metrics: [Metric]) { self.metrics = metrics }

  /// The metrics of one note.
  public func metrics(of note: String) -> [Metric] { metrics.filter { $0.note == note } }

  /// The metric that contains `metric`, if it names one.
  static func whole(of metric: Metric, among metrics: [String: Metric]) -> Metric? {
    guard let name = metric.partOf else { return nil }
    return metrics[Metric.stem(metric.note) + "/" + name] ?? metrics[name]
  }

  static func byReference(_ metrics: [Metric]) -> [String: Metric] {
    Dictionary(metrics.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func checkParts(_ metrics: [Metric]) -> [Problem] {
    let byReference = byReference(metrics)
    var problems: [Problem] = []
    for metric in metrics {
      guard let name = metric.partOf else { continue }
      guard let whole = whole(of: metric, among: byReference) else {
        let names = metrics.flatMap {
          $0.note == metric.note ? [$0.id, $0.reference] : [$0.reference]
        }
        problems.append(
          Problem(
            metric.note, metric.position, "\(metric.id) is part of \(name), which there is not",
            (Similar.closest(to: name, among: names).map { "Did you mean \($0)? " } ?? "")
              + "Write the id of a metric of this note, or note/id."))
        continue
      }
      var above: Metric? = whole
      var seen: Set<String> = [metric.reference]
      while let next = above, seen.insert(next.reference).inserted {
        above = Self.whole(of: next, among: byReference)
      }
      if above != nil, above?.reference == metric.reference {
        problems.append(
          Problem(
            metric.note, metric.position, "\(metric.id) is part of \(name), which is part of it",
            "Strike one 'part_of'."))
      }
    }
    return problems
  }
}
