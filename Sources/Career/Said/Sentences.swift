/// How one language makes a sentence of a metric.
///
/// The name of a metric, its values and what was done are the writer's own words and stand as they are,
/// so a pattern is built to need no case ending of them: German and Dutch say it by a participle,
/// Turkish carries its endings on a word of its own (`düzeyinden … düzeyine`), Greek and the Romance
/// languages by a noun behind a colon.
///
/// In a pattern `{n}` is the name, `{b}` and `{a}` the values, `{v}` the verb, `{c}` the change without
/// its sign, `{h}` what was done.
struct Sentences: Sendable, Equatable {
  /// From one value to another.
  let change: String
  /// From nothing to a value.
  let fromNothing: String
  /// Of a redacted metric: by so many percent.
  let byPercent: String
  /// What was done, behind the figures, or in front of the sentence when `howIsFirst`.
  let how: String
  let howIsFirst: Bool
  /// Verbs: time that got shorter, money that got less, anything else that fell; what rose, what spread.
  let shorter: String
  let cheaper: String
  let lower: String
  let higher: String
  let wider: String
  /// Whether the name stands inside the sentence, where its capital goes.
  let lowersName: Bool

  init(
    _ change: String, _ fromNothing: String, _ byPercent: String, how: String,
    howIsFirst: Bool = false, verbs: String, lowersName: Bool = false
  ) {
    self.change = change
    self.fromNothing = fromNothing
    self.byPercent = byPercent
    self.how = how
    self.howIsFirst = howIsFirst
    let verbs = verbs.split(separator: "|").map(String.init) + Array(repeating: "", count: 5)
    (shorter, cheaper, lower, higher, wider) = (verbs[0], verbs[1], verbs[2], verbs[3], verbs[4])
    self.lowersName = lowersName
  }

  func verb(_ kind: Metric.Kind, isFall: Bool) -> String {
    guard isFall else { return kind == .adoption ? wider : higher }
    switch kind {
    case .processingTime, .latency: return shorter
    case .cost: return cheaper
    default: return lower
    }
  }

  /// A piece of a pattern that was filled in.
  enum Piece: Equatable {
    case text(String)
    case before, after, change, name, verb, how
  }

  /// The pieces of a pattern.
  static func pieces(_ pattern: String) -> [Piece] {
    var pieces: [Piece] = []
    var text = ""
    var rest = pattern[...]
    while let character = rest.popFirst() {
      guard character == "{", let key = rest.first, rest.dropFirst().first == "}" else {
        text.append(character)
        continue
      }
      if !text.isEmpty { pieces.append(.text(text)) }
      text = ""
      switch key {
      case "n": pieces.append(.name)
      case "b": pieces.append(.before)
      case "a": pieces.append(.after)
      case "c": pieces.append(.change)
      case "v": pieces.append(.verb)
      default: pieces.append(.how)
      }
      rest = rest.dropFirst(2)
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    return pieces
  }

  /// English is not here: ``Bullet`` has more verbs for it.
  static let table: [String: Sentences] = [
    "de": Sentences(
      "{n} von {b} auf {a} {v}", "{n} von null auf {a} {v}", "{n} um {c} {v}",
      how: ", durch {h}", verbs: "verkürzt|gesenkt|gesenkt|gesteigert|ausgebaut"),
    "nl": Sentences(
      "{n} van {b} naar {a} {v}", "{n} van nul naar {a} {v}", "{n} met {c} {v}",
      how: ", door {h}", verbs: "verkort|verlaagd|verlaagd|verhoogd|uitgebreid"),
    "sv": Sentences(
      "{v} {n} från {b} till {a}", "{v} {n} från noll till {a}", "{v} {n} med {c}",
      how: " genom {h}", verbs: "Kortade|Sänkte|Minskade|Ökade|Byggde ut", lowersName: true),
    "fr": Sentences(
      "{n}\u{202F}: {v} de {b} à {a}", "{n}\u{202F}: {v} de zéro à {a}", "{n}\u{202F}: {v} de {c}",
      how: ", par {h}", verbs: "réduction|réduction|baisse|hausse|déploiement"),
    "es": Sentences(
      "{n}: {v} de {b} a {a}", "{n}: {v} de cero a {a}", "{n}: {v} del {c}",
      how: ", mediante {h}", verbs: "reducción|reducción|descenso|aumento|expansión"),
    "it": Sentences(
      "{n}: {v} da {b} a {a}", "{n}: {v} da zero a {a}", "{n}: {v} del {c}",
      how: ", tramite {h}", verbs: "riduzione|riduzione|calo|aumento|estensione"),
    "pt": Sentences(
      "{n}: {v} de {b} para {a}", "{n}: {v} de zero para {a}", "{n}: {v} de {c}",
      how: ", por meio de {h}", verbs: "redução|redução|queda|aumento|expansão"),
    "tr": Sentences(
      "{n} {b} düzeyinden {a} düzeyine {v}", "{n} sıfırdan {a} düzeyine {v}",
      "{n} {c} oranında {v}",
      how: "; yöntem: {h}", verbs: "indirildi|düşürüldü|düşürüldü|yükseltildi|çıkarıldı"),
    "el": Sentences(
      "{n}: {v} από {b} σε {a}", "{n}: {v} από το μηδέν σε {a}", "{n}: {v} κατά {c}",
      how: ", με {h}", verbs: "μείωση|μείωση|μείωση|αύξηση|επέκταση"),
    "ja": Sentences(
      "{n}を{b}から{a}に{v}", "{n}をゼロから{a}に{v}", "{n}を{c}{v}", how: "{h}により、",
      howIsFirst: true, verbs: "短縮|削減|低減|向上|拡大"),
    "ar": Sentences(
      "{v} {n} من {b} إلى {a}", "{v} {n} من الصفر إلى {a}", "{v} {n} بنسبة {c}", how: "، عبر {h}",
      verbs: "تقليص|خفض|خفض|رفع|توسيع"),
  ]
}
