internal import Notes

/// Writes the choice made for an advertisement as a view: short, and easy to compare.
public enum ViewWriter {
  /// - Parameter choice: What was chosen; its projects are named in the order of their relevance,
  ///   each with the reason.
  public static func text(
    _ view: View, for advertisement: JobAdvertisement, _ choice: Choice
  ) -> String {
    var lines: [String] = []
    if let title = view.title { lines.append("title: " + YAMLText.blockScalar(title)) }
    if let role = view.role { lines.append("role: " + YAMLText.blockScalar(role)) }
    lines.append("audience: " + view.audience.rawValue)
    lines.append("sections: [\(view.sections.map(\.rawValue).joined(separator: ", "))]")
    if let pages = view.pages { lines.append("length: {pages: \(pages)}") }
    lines.append("order: " + view.order.rawValue)
    if view.paper != .a4 { lines.append("paper: " + view.paper.rawValue) }
    if !view.levels { lines.append("levels: false") }
    if let tags = view.tags {
      lines.append("tags: [\(tags.map { YAMLText.flowScalar($0) }.joined(separator: ", "))]")
    }
    lines += theme(view.theme)
    if let language = view.language { lines.append("language: " + language) }
    if let contact = view.contact {
      lines.append("contact: [\(contact.map(\.rawValue).joined(separator: ", "))]")
    }
    if !view.skills.isEmpty {
      lines += ["skills:"] + view.skills.map { "  - " + YAMLText.blockScalar($0) }
    }
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

  /// What of the theme is not as it is anyway.
  private static func theme(_ theme: View.Theme) -> [String] {
    let usual = View.Theme()
    var parts: [String] = []
    if theme.colours != usual.colours { parts.append("colours: " + theme.colours.rawValue) }
    if theme.accent != usual.accent { parts.append("accent: " + theme.accent.rawValue) }
    if theme.typeface != usual.typeface { parts.append("typeface: " + theme.typeface.rawValue) }
    if theme.density != usual.density { parts.append("density: " + theme.density.rawValue) }
    if theme.design != usual.design { parts.append("design: " + theme.design.rawValue) }
    return parts.isEmpty ? [] : ["theme: {\(parts.joined(separator: ", "))}"]
  }
}
