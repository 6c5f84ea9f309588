internal import Manuscript
internal import Notes

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

  /// The sentence with everything it can say.
  var runs: [Run] { forms[0].runs }

  /// The sentence in at most `most` lines: the longest of its forms that fits, else the shortest, with
  /// what that leaves out. The least goes first: the percentage, which follows from the values; then the end of how it
  /// was done; then for how many people; then how altogether. Values, the writer's own part and that a
  /// figure is an estimate always stay.
  func claim(_ measure: TextMeasure, most: Int = 2) -> Claim {
    let forms = forms
    let fitting =
      forms.first { measure.lines($0.runs.text, .point) <= most } ?? forms[forms.count - 1]
    return Claim(fitting.runs, .metric(metric), shortened: fitting.without)
  }

  private struct Form {
    var runs: [Run]
    var without = ""
  }

  /// From the whole sentence to the shortest, at least one.
  private var forms: [Form] {
    if let wording = metric.wording?.trimmed, !wording.isEmpty {
      // The writer's own sentence could say what a redacted metric keeps back.
      return [Form(runs: metric.visibility == .redacted ? [] : .plain(wording))]
    }
    let said = words.sentences == nil ? english : translated
    guard !said.isEmpty else { return [Form(runs: [])] }
    let action = metric.action?.trimmed ?? ""
    let clause = Self.firstClause(action)
    var forms: [Form] = []
    func add(_ hasChange: Bool, _ hasPeople: Bool, _ action: String, _ without: String) {
      let remarks = remarks(change: hasChange, people: hasPeople)
      let runs = with(action, said + remarks)
      if forms.last.map({ runs.text.count < $0.runs.text.count }) ?? true {
        forms.append(Form(runs: runs, without: without))
      }
    }
    add(true, true, action, "")
    add(false, true, action, "the percentage")
    add(false, true, clause, "the percentage and the end of 'action'")
    add(false, false, clause, "the percentage, the people and the end of 'action'")
    add(false, false, "", "the percentage, the people and 'action'")
    return forms
  }

  /// The beginning of a phrase up to where a reader would take breath.
  private static func firstClause(_ text: String) -> String {
    let ends = [", ", "; ", ": ", " – ", " — ", " (", "、", "، "]
    let cut = ends.compactMap { text.firstRange(of: $0)?.lowerBound }.min()
    return cut.map { String(text[..<$0]) } ?? text
  }

  // MARK: - English

  private var english: [Run] {
    guard let before = metric.before, let change = metric.change else { return level }
    var runs: [Run] = []
    var name = inSentence(metric.name)
    // "Shortened from request to first run from 9 days" would stumble.
    if name.hasPrefix("from ") { name = "the way " + name }
    if metric.visibility == .redacted {
      guard !before.base.isZero, !metric.changeWords.isEmpty else { return [] }
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
    return runs
  }

  // MARK: - Other languages

  private var translated: [Run] {
    guard let sentences = words.sentences, let before = metric.before, let change = metric.change
    else { return level }
    let isRedacted = metric.visibility == .redacted
    if isRedacted, before.base.isZero || metric.changeWords.isEmpty { return [] }
    let pattern =
      isRedacted
      ? sentences.byPercent : before.base.isZero ? sentences.fromNothing : sentences.change
    var runs: [Run] = []
    for (index, piece) in Sentences.pieces(pattern).enumerated() {
      switch piece {
      case .text(let text): runs.append(Run(text))
      case .name:
        runs.append(
          Run(index > 0 && sentences.lowersName ? inSentence(metric.name) : metric.name))
      case .verb: runs.append(Run(sentences.verb(metric.kind, isFall: change.delta.isNegative)))
      case .before: runs.append(Run(words.figure(before.words), .quantity))
      case .after:
        runs.append(Run(words.figure(metric.after.words), .quantity))
        runs += .plain(words.period(metric.per))
      case .change: runs.append(Run(words.figure(bare(metric.changeWords)), .quantity))
      case .how: break
      }
    }
    return runs
  }

  // MARK: - Parts

  /// `Name: 4.2 TB a day`: what has no past.
  private var level: [Run] {
    guard metric.visibility != .redacted else { return [] }
    return [
      Run("\(metric.name)\(words.colon)"), Run(words.figure(metric.after.words), .quantity),
    ] + .plain(words.period(metric.per))
  }

  /// What stands in brackets: the change in percent, for how many people, whether it is a guess.
  private func remarks(change: Bool, people: Bool) -> [Run] {
    var remarks: [[Run]] = []
    let isZero = metric.before?.base.isZero ?? true
    if change, metric.visibility != .redacted, !isZero, !metric.changeWords.isEmpty {
      remarks.append([Run(words.figure(metric.changeWords), .quantity)])
    }
    if people, metric.people > Rational(1) {
      remarks.append([Run(Words.filled(words.people, metric.people.written))])
    }
    if metric.share < Rational(1), let percent = try? metric.share * Rational(100) {
      remarks.append([
        Run(Words.filled(words.share, words.figure(percent.rounded() + " %")))
      ])
    }
    if metric.basis == .estimated { remarks.append([Run(words.estimated)]) }
    guard !remarks.isEmpty else { return [] }
    let (open, comma, close) = words.brackets
    return [Run(open)] + Array(remarks.joined(separator: [Run(comma)])) + [Run(close)]
  }

  /// The sentence with how it was done.
  private func with(_ action: String, _ runs: [Run]) -> [Run] {
    guard !action.isEmpty else { return runs }
    guard metric.before != nil, let sentences = words.sentences else {
      if words.sentences != nil { return runs + [Run(words.comma + action)] }
      guard metric.before != nil else { return runs + [Run(", " + action)] }
      // "by doing", but "with a thing".
      let opening = action.split(separator: " ").prefix(2)
      let isDoing = opening.contains { $0.hasSuffix("ing") && $0.count > 4 }
      return runs + [Run((isDoing ? " by " : " with ") + inSentence(action))]
    }
    let how = Sentences.pieces(sentences.how).map { piece -> Run in
      if case .text(let text) = piece { return Run(text) }
      return Run(inSentence(action))
    }
    return sentences.howIsFirst ? how + runs : runs + how
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
  func inSentence(_ phrase: String) -> String {
    let word = phrase.prefix { $0 != " " }
    guard let first = word.first, first.isUppercase,
      !word.dropFirst().contains(where: { $0.isUppercase || $0.isNumber }), word.count > 1,
      !names.contains(String(word))
    else { return phrase }
    return first.lowercased() + phrase.dropFirst()
  }
}

extension Project {
  /// The sentences of its metrics, the strongest first, without those that went the worse way, and
  /// behind them what the writer says without a figure.
  func claims(
    _ words: Words = .english, _ measure: TextMeasure = .common
  ) -> [Claim] {
    let names = Set(stack.flatMap { $0.split(separator: " ").map(String.init) })
    return metrics.enumerated()
      .map {
        (
          Bullet.strength($0.element), $0.offset,
          Bullet(metric: $0.element, names: names, words: words).claim(measure)
        )
      }
      .filter { $0.0 > 0 && !$0.2.text.isEmpty }
      .sorted { ($1.0, $0.1) < ($0.0, $1.1) }
      .map { claim in
        var claim = claim.2
        claim.runs.removeAll { $0.text.isEmpty }
        return claim
      }
      + highlights.enumerated().map { index, text in
        let place = highlightPlaces.indices.contains(index) ? highlightPlaces[index].line : nil
        return Claim(.plain(text), .words(path: path, line: place))
      }
  }

  func bullets(_ words: Words = .english) -> [[Run]] { claims(words).map(\.runs) }
}
