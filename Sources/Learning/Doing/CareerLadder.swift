public import Notes

/// Where somebody stands on the ladders of a guide.
public enum CareerLadder {
  /// The number of the rung that a position means: the one of the same words; nil when none is.
  ///
  /// `Staff/Principal Engineer` is met by either.
  public static func rung(of position: String, on rungs: [String]) -> Int? {
    func words(_ text: String) -> Set<String> {
      Set((Slug.make(text) ?? "").split(separator: "-").map(String.init))
    }
    let own = words(position)
    for (number, rung) in rungs.enumerated() {
      let variants = rung.split(separator: "/").map(String.init)
      guard let last = variants.last else { continue }
      let noun = last.split(separator: " ").dropFirst().joined(separator: " ")
      for (index, variant) in variants.enumerated() {
        let name = index + 1 < variants.count ? variant + " " + noun : variant
        if words(name) == own { return number }
      }
    }
    return nil
  }
}

/// A skill for leading that a guide names, with what shows it.
public struct LeadershipSkill: Sendable, Equatable {
  public var name: String
  public var text: String
  /// Titles with their dates and places.
  public var evidence: [String]

  public static func all(
    in guide: Guide, records: [LearningRecord], notes: [NoteSummary]
  ) -> [LeadershipSkill] {
    let ticked = guide.items.filter { $0.isDone == true }
    return guide.items.filter { $0.role == .leadership }.map { item in
      let name = item.lead ?? item.text
      let id = Slug.make(name) ?? name
      let words = name.lowercased() + " " + item.detail.lowercased()
      func speaks(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
      var evidence = notes.filter { $0.skills.contains(id) }.map { "\($0.title)  \($0.path)" }
      for record in records {
        let isShown =
          switch record.kind {
          case .mentoring: speaks("mentor", "coach", "teach", "junior", "listen")
          case .talk, .post, .doc: speaks("communicat", "explain", "writing", "present", "describe")
          default: false
          }
        if isShown {
          evidence.append(
            "\(record.date ?? "") \(record.kind.rawValue): \(record.title)  \(record.path)")
        }
      }
      // A ticked box that says the name's own word, or one of the same root.
      let roots = Guide.words(name).map { $0.prefix(5) }.filter { $0.count == 5 }
      let common: Set<Substring> = ["techn", "skill", "manag", "proje"]
      for tick in ticked {
        let said = Guide.words(tick.text)
        if roots.contains(where: { root in
          !common.contains(root) && said.contains { $0.hasPrefix(root) }
        }) {
          evidence.append("\(tick.doneOn ?? "") tick: \(tick.text)")
        }
      }
      return LeadershipSkill(name: name, text: item.detail, evidence: evidence)
    }
  }
}
