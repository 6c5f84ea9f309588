internal import Manuscript

/// The sentence that a metric becomes: what, by how much, how.
struct Bullet {
  let metric: Metric
  /// Words that keep their capital in the middle of a sentence.
  let names: Set<String>
  let words: Words

  /// How much a metric says for its writer, 0 to about 150: the size of the change first, then what
  /// it is counted in and how well it is known.
  static func strength(_ metric: Metric) -> Int {
    guard let change = metric.change, !change.delta.isZero else { return 15 }
    var strength = 60
    if metric.after.dimension == .ratio {
      // From 4.1 % to 0.3 % is a fall by nine tenths, though only 3.8 points.
      if let before = metric.before?.base, !before.isZero,
        let share = try? change.delta / Rational(100) / before.magnitude
      {
        strength = min(100, Int(Self.hundredths(share.magnitude)))
      }
    } else if let percent = change.percent {
      strength = min(100, Int(Self.whole(percent.magnitude)))
    } else {
      strength = 70
    }
    if change.isBetter == false { return 0 }
    switch metric.kind {
    case .cost: strength += 40
    case .timeSaved, .processingTime: strength += 20
    case .reliability, .quality: strength += 8
    default: break
    }
    if metric.action != nil { strength += 10 }
    if metric.basis == .estimated { strength -= 20 }
    return max(0, strength)
  }

  private static func whole(_ value: Rational) -> Int { Int(value.decimal(0)) ?? 100 }

  private static func hundredths(_ value: Rational) -> Int {
    (try? value * Rational(100)).map(whole) ?? 100
  }

  var runs: [Run] {
    if let wording = metric.wording?.trimmed, !wording.isEmpty {
      // The writer's own sentence could say what a redacted metric keeps back.
      return metric.visibility == .redacted ? [] : .plain(wording)
    }
    guard words.hasSentences else { return figures }
    guard let before = metric.before, let change = metric.change else { return level }
    var runs: [Run] = []
    var name = inSentence(metric.name)
    // "Shortened from request to first run from 9 days" would stumble.
    if name.hasPrefix("from ") { name = "the way " + name }
    if metric.visibility == .redacted {
      runs.append(Run("\(verb(change)) \(name) by "))
      runs.append(Run(bare(metric.changeWords), .quantity))
    } else if before.base.isZero {
      runs.append(Run("\(verb(change)) \(name) from nothing to "))
      runs.append(Run(metric.after.words, .quantity))
      runs += .plain(metric.periodWords)
    } else {
      runs.append(Run("\(verb(change)) \(name) from "))
      runs.append(Run(before.words, .quantity))
      runs.append(Run(" to "))
      runs.append(Run(metric.after.words, .quantity))
      runs += .plain(metric.periodWords)
    }
    let remarks = remarks(before)
    if !remarks.isEmpty {
      runs.append(Run(" ("))
      runs += remarks
      runs.append(Run(")"))
    }
    return runs + how
  }

  /// What stands in brackets: the change in percent, for how many people, whether it is a guess.
  private func remarks(_ before: Quantity) -> [Run] {
    var remarks: [[Run]] = []
    if metric.visibility != .redacted, !before.base.isZero, !metric.changeWords.isEmpty {
      remarks.append([Run(metric.changeWords, .quantity)])
    }
    if metric.people > Rational(1) { remarks.append([Run("for \(metric.people.written) people")]) }
    if metric.share < Rational(1), let percent = try? metric.share * Rational(100) {
      remarks.append([Run("my part \(percent.rounded()) %")])
    }
    if metric.basis == .estimated { remarks.append([Run("estimated")]) }
    return Array(remarks.joined(separator: [Run(", ")]))
  }

  /// `Name: 6 h 10 min → 42 min (−89 %), how`: a line that needs no grammar.
  private var figures: [Run] {
    let isRedacted = metric.visibility == .redacted
    let change = words.figure(metric.changeWords)
    let period = words.period(metric.per)
    guard let before = metric.before else {
      guard !isRedacted else { return [] }
      return [
        Run("\(metric.name): "), Run(words.figure(metric.after.words), .quantity),
        Run(period + estimate + localHow),
      ]
    }
    if isRedacted {
      return change.isEmpty ? [] : [Run("\(metric.name): "), Run(change, .quantity), Run(localHow)]
    }
    var runs = [
      Run("\(metric.name): "), Run(words.figure(before.words), .quantity), Run(" → "),
      Run(words.figure(metric.after.words), .quantity), Run(period),
    ]
    if !before.base.isZero, !change.isEmpty {
      runs += [Run(" ("), Run(change, .quantity), Run(")")]
    }
    if metric.people > Rational(1) {
      runs.append(Run(", " + Words.filled(words.people, metric.people.written)))
    }
    if metric.share < Rational(1), let percent = try? metric.share * Rational(100) {
      runs.append(Run(", " + Words.filled(words.share, percent.rounded() + " %")))
    }
    return runs + [Run(estimate + localHow)]
  }

  private var estimate: String { metric.basis == .estimated ? " (\(words.estimated))" : "" }

  private var localHow: String {
    guard let action = metric.action?.trimmed, !action.isEmpty else { return "" }
    return ", " + action
  }

  private var level: [Run] {
    guard metric.visibility != .redacted else { return [] }
    var runs = [Run("\(metric.name): "), Run(metric.after.words, .quantity)]
    runs += .plain(metric.periodWords)
    if metric.basis == .estimated { runs.append(Run(" (estimated)")) }
    if let action = metric.action { runs.append(Run(", \(action)")) }
    return runs
  }

  private var how: [Run] {
    guard let action = metric.action?.trimmed, !action.isEmpty else { return [] }
    // "by doing", but "with a thing".
    let words = action.split(separator: " ").prefix(2)
    let isDoing = words.contains { $0.hasSuffix("ing") && $0.count > 4 }
    return [Run((isDoing ? " by " : " with ") + inSentence(action))]
  }

  private func bare(_ text: String) -> String {
    text.first.map { "−+".contains($0) } == true ? String(text.dropFirst()) : text
  }

  private func verb(_ change: MetricChange) -> String {
    let isFall = change.delta.isNegative
    switch metric.kind {
    case .processingTime, .cost: return isFall ? "Cut" : "Raised"
    case .timeSaved, .dataVolume: return isFall ? "Reduced" : "Raised"
    case .latency: return isFall ? "Shortened" : "Lengthened"
    case .reliability, .quality, .count, .custom: return isFall ? "Lowered" : "Raised"
    case .throughput: return isFall ? "Lowered" : "Raised"
    case .adoption: return isFall ? "Lowered" : "Grew"
    }
  }

  /// A phrase for the middle of a sentence: its first letter small, unless the word is a name, an
  /// abbreviation or one of the tools of the project.
  private func inSentence(_ phrase: String) -> String {
    let word = phrase.prefix { $0 != " " }
    guard let first = word.first, first.isUppercase,
      !word.dropFirst().contains(where: { $0.isUppercase || $0.isNumber }), word.count > 1,
      !names.contains(String(word))
    else { return phrase }
    return first.lowercased() + phrase.dropFirst()
  }
}

extension Project {
  /// The sentences of its metrics, the strongest first, without those that went the worse way.
  func bullets(_ words: Words = .english) -> [[Run]] {
    let names = Set(stack.flatMap { $0.split(separator: " ").map(String.init) })
    return metrics.enumerated()
      .map {
        (
          Bullet.strength($0.element), $0.offset,
          Bullet(metric: $0.element, names: names, words: words).runs.filter { !$0.text.isEmpty }
        )
      }
      .filter { $0.0 > 0 && !$0.2.isEmpty }
      .sorted { ($1.0, $0.1) < ($0.0, $1.1) }
      .map(\.2) + highlights.map { .plain($0) }
  }
}
