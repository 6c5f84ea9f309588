public import Notes

/// Reads a view.
///
///     title: Data engineer
///     role: data-engineer          # a role of the guide
///     audience: application        # application or public
///     sections: [summary, skills, work, projects, education, certificates, languages]
///     length: {pages: 1}
///     skills: [etl-patterns, dbt]  # areas to bring forward
///     projects: all                # or a list of project notes
///     order: newest                # difficulty newest oldest title; that of the list when absent
///     contact: [email, url]        # or under privacy:
///     privacy: {contact: [email, phone, url, location, profiles]}
///     paper: a4                    # a4 or letter
///     language: sv                 # of headings, dates and fields that are there in several
///     tags: [warehouse, cost]      # projects with one of these; all when absent
///     wanted: [airflow, dbt]       # words of an advertisement, the most important first
///     levels: true                 # skill areas with level and last use
///     theme: {colours: auto, accent: teal, typeface: sans, density: roomy, design: plain}
///
/// A view travels with the vault, so somebody else may have written it: it can narrow what is shown
/// and never widen it, and names no program and no path.
public struct ViewReader {
  static let keys = [
    "title", "role", "audience", "sections", "length", "skills", "projects", "order", "contact",
    "privacy", "paper", "theme", "language", "tags", "wanted", "levels",
  ]

  private var reader: StrictReader

  /// Reads the view in `bytes`; `base` gives what it does not say.
  public static func read(
    _ bytes: [UInt8], path: String, over base: View
  ) throws(Problems) -> View {
    let root: YAMLNode?
    do throws(YAMLError) { root = try YAMLParser.parse(bytes) } catch {
      throw Problems([
        Problem(
          path, error.position, "the view cannot be read: \(error.reason)", "Mend that line.")
      ])
    }
    var reader = ViewReader(reader: StrictReader(path: path))
    let view = reader.view(root, path, base)
    guard reader.reader.problems.isEmpty else { throw Problems(reader.reader.problems) }
    return view
  }

  private mutating func view(_ root: YAMLNode?, _ path: String, _ base: View) -> View {
    var view = base
    view.path = path
    guard let root, !root.isNull else { return view }
    reader.check(root, keys: Self.keys, of: "a view")
    view.title = reader.text(root, "title")
    view.role = reader.text(root, "role")
    view.audience = reader.choice(root, "audience", View.Audience.self) ?? base.audience
    if root["sections"]?.isNull == false {
      view.sections = choices(root, "sections", View.Part.self)
    }
    view.skills = reader.texts(root, "skills")
    view.order = reader.choice(root, "order", View.Order.self) ?? base.order
    view.paper = reader.choice(root, "paper", View.Paper.self) ?? base.paper
    view.projects = projects(root)
    view.pages = pages(root)
    view.contact = contact(root)
    theme(root, &view.theme)
    view.language = language(root)
    if root["tags"]?.isNull == false { view.tags = reader.texts(root, "tags") }
    view.isOrderSaid = root["order"]?.isNull == false
    view.wanted = View.WantedTerm.ranked(reader.texts(root, "wanted"))
    if let node = root["levels"], !node.isNull {
      if let levels = node.bool {
        view.levels = levels
      } else {
        reader.report(node, "levels is yes or no", "Write 'levels: true' or 'levels: false'.")
      }
    }
    for key in [View.Key.role, .skills, .projects, .tags] {
      view.places[key] = root[key.rawValue]?.position
    }
    return view
  }

  private mutating func choices<T: RawRepresentable & CaseIterable & Equatable>(
    _ node: YAMLNode?, _ key: String, _ type: T.Type
  ) -> [T] where T.RawValue == String {
    guard let list = node?[key] else { return [] }
    let names = T.allCases.map(\.rawValue)
    var found: [T] = []
    for item in list.text != nil ? [list] : list.items {
      guard let text = item.text, let value = T(rawValue: text.lowercased()) else {
        let near = item.text.flatMap { Similar.closest(to: $0, among: names) }
        reader.report(
          item, "\(key) cannot have \(item.text ?? "a list")",
          (near.map { "Did you mean \($0)? " } ?? "")
            + "There are \(names.joined(separator: ", ")).")
        continue
      }
      if !found.contains(value) { found.append(value) }
    }
    return found
  }

  private mutating func language(_ root: YAMLNode) -> String? {
    guard let text = reader.text(root, "language"), let node = root["language"] else { return nil }
    if Words(text) != nil { return text }
    reader.report(
      node, "there are no words for the language \(text)",
      "There are \(Words.languages.joined(separator: ", ")).")
    return nil
  }

  private mutating func projects(_ root: YAMLNode) -> [String]? {
    guard let node = root["projects"], !node.isNull, node.text?.lowercased() != "all" else {
      return nil
    }
    return reader.texts(root, "projects")
  }

  private mutating func pages(_ root: YAMLNode) -> Int? {
    guard let length = root["length"], !length.isNull else { return nil }
    reader.check(length, keys: ["pages"], of: "length")
    guard let text = reader.text(length, "pages"), let node = length["pages"] else { return nil }
    if let pages = Int(text), (1...50).contains(pages) { return pages }
    reader.report(node, "pages cannot be \(text)", "Write a whole number from 1 to 50.")
    return nil
  }

  private mutating func contact(_ root: YAMLNode) -> [Profile.ContactField]? {
    var fields: [Profile.ContactField]?
    if root["contact"]?.isNull == false {
      fields = choices(root, "contact", Profile.ContactField.self)
    }
    guard let privacy = root["privacy"], !privacy.isNull else { return fields }
    reader.check(privacy, keys: ["contact", "private_notes"], of: "privacy")
    if let node = privacy["private_notes"], node.bool != false, !node.isNull {
      reader.report(
        node, "a view cannot show private notes, since it travels with the vault",
        "Write 'private_notes: false', or strike 'visibility: private' in the notes to be shown.")
    }
    if privacy["contact"]?.isNull == false {
      let named = choices(privacy, "contact", Profile.ContactField.self)
      // Named in both places: only what both allow.
      fields = fields.map { $0.filter(named.contains) } ?? named
    }
    return fields
  }

  private mutating func theme(_ root: YAMLNode, _ theme: inout View.Theme) {
    guard let node = root["theme"], !node.isNull else { return }
    reader.check(node, keys: ["colours", "accent", "typeface", "density", "design"], of: "theme")
    theme.colours = reader.choice(node, "colours", View.Theme.Colours.self) ?? theme.colours
    theme.accent = reader.choice(node, "accent", View.Theme.Accent.self) ?? theme.accent
    theme.typeface = reader.choice(node, "typeface", View.Theme.Typeface.self) ?? theme.typeface
    theme.design = reader.choice(node, "design", View.Theme.Design.self) ?? theme.design
    theme.density = reader.choice(node, "density", View.Theme.Density.self) ?? theme.density
  }
}
