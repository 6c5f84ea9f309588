internal import Notes

/// Writes the choice made for an advertisement as a view: short, and easy to compare.
public enum ViewWriter {
  /// - Parameter choice: What was chosen; its projects are named in the order of their relevance,
  ///   each with the reason.
  public static func text(
    _ view: View, for advertisement: JobAdvertisement, _ choice: Choice
  ) -> String {
    var lines: [String] = []
    let title = advertisement.title.map { String($0.prefix(100)) } ?? view.title
    if let title { lines.append("title: " + YAMLText.blockScalar(title)) }
    if let role = view.role { lines.append("role: " + YAMLText.blockScalar(role)) }
    lines.append("audience: " + view.audience.rawValue)
    lines.append("sections: [\(view.sections.map(\.rawValue).joined(separator: ", "))]")
    if let pages = view.pages { lines.append("length: {pages: \(pages)}") }
    if let language = view.language { lines.append("language: " + language) }
    if let contact = view.contact {
      lines.append("contact: [\(contact.map(\.rawValue).joined(separator: ", "))]")
    }
    let wantedAreas = advertisement.terms.compactMap(\.area)
    let areas = wantedAreas + view.skills.filter { !wantedAreas.contains($0) }
    if !areas.isEmpty { lines += ["skills:"] + areas.map { "  - " + YAMLText.blockScalar($0) } }
    let projects = choice.ranking
    if !projects.isEmpty {
      lines.append("projects:")
      for project in projects {
        let reason = choice.reasons(for: project, advertisement.terms)
          .filter { !$0.isNewline }
        lines.append(
          "  - \(YAMLText.blockScalar(project.name))" + (reason.isEmpty ? "" : "  # " + reason))
      }
    }
    let names = advertisement.terms.map(\.name)
    if !names.isEmpty { lines += ["wanted:"] + names.map { "  - " + YAMLText.blockScalar($0) } }
    return lines.joined(separator: "\n") + "\n"
  }
}
