/// The templates that come with the program, by the path they have under `templates/` in a vault.
public enum EmbeddedTemplates {
  /// The profile of a new vault, to be filled in.
  public static var profile: [UInt8] { PackageResources.profile_md }

  /// The capture template of a kind of note, by the kind's name.
  public static func note(_ kind: String) -> [UInt8]? {
    switch kind {
    case "snippet": PackageResources.snippet_md
    case "documentation": PackageResources.documentation_md
    case "troubleshooting": PackageResources.troubleshooting_md
    case "resource": PackageResources.resource_md
    case "project": PackageResources.project_md
    case "journal": PackageResources.journal_md
    case "note": PackageResources.note_md
    default: nil
    }
  }
}

extension EmbeddedTemplates {
  /// The script that searches a site; no template, and not to be overridden.
  public static var searchScript: [UInt8] { PackageResources.search_js }

  /// The templates of documents: folder under `templates/`, name, bytes.
  public static var documents: [(folder: String, name: String, bytes: [UInt8])] {
    [
      ("resume", "resume.html", PackageResources.resume_html),
      ("resume", "head-start.html", PackageResources.head_start_html),
      ("resume", "head-meta.html", PackageResources.head_meta_html),
      ("resume", "blocks.html", PackageResources.blocks_html),
      ("resume", "runs.html", PackageResources.runs_html),
      ("resume", "run.html", PackageResources.run_html),
      ("resume", "page.css", PackageResources.page_css),
      ("resume", "resume.css", PackageResources.resume_css),
      ("portfolio", "portfolio.html", PackageResources.portfolio_html),
      ("portfolio", "site.html", PackageResources.site_html),
      ("portfolio", "site.css", PackageResources.site_css),
      ("portfolio", "portfolio.css", PackageResources.portfolio_css),
    ]
  }
}
