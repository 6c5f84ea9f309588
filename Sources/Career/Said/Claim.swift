public import Manuscript

/// A sentence of a document, with where it comes from.
public struct Claim: Sendable, Equatable {
  public enum Source: Sendable, Equatable {
    /// Made from the values of a metric.
    case metric(Metric)
    /// Words of the writer, in a file of the vault.
    case words(path: String, line: Int?)
    /// A sum over metrics, by its name: `hours`, `cost:EUR`.
    case sum(String)
    /// A skill area, by its id, with the notes that show it.
    case area(String, notes: [String])
  }

  public var runs: [Run]
  public var source: Source
  /// What was left out of the sentence to keep it on two lines; empty when it is whole.
  public var shortened: String

  public init(_ runs: [Run], _ source: Source, shortened: String = "") {
    self.runs = runs
    self.source = source
    self.shortened = shortened
  }

  /// The words alone.
  public var text: String { runs.text }
}

/// Where each sentence of a resume stands and comes from.
public struct TracedClaim: Sendable, Equatable {
  /// The section's name in a view: `projects`.
  public var section: String
  /// The job or project it stands under; empty when there is none.
  public var entry: String
  public var claim: Claim
}
