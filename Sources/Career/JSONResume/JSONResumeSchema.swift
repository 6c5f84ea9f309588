/// The fields of JSON Resume 1.x: twelve sections, `meta` and `$schema`. Every one is optional.
enum JSONResumeSchema {
  /// Sections that are lists, with the fields of an entry.
  static let lists: [(name: String, fields: [String])] = [
    (
      "work",
      [
        "name", "location", "description", "position", "url", "startDate", "endDate", "summary",
        "highlights",
      ]
    ),
    (
      "volunteer",
      ["organization", "position", "url", "startDate", "endDate", "summary", "highlights"]
    ),
    (
      "education",
      [
        "institution", "url", "area", "studyType", "startDate", "endDate", "score", "courses",
      ]
    ),
    ("awards", ["title", "date", "awarder", "summary"]),
    ("certificates", ["name", "date", "url", "issuer"]),
    ("publications", ["name", "publisher", "releaseDate", "url", "summary"]),
    ("skills", ["name", "level", "keywords"]),
    ("languages", ["language", "fluency"]),
    ("interests", ["name", "keywords"]),
    ("references", ["name", "reference"]),
    (
      "projects",
      [
        "name", "description", "highlights", "keywords", "startDate", "endDate", "url", "roles",
        "entity", "type",
      ]
    ),
  ]

  static let basics = [
    "name", "label", "image", "email", "phone", "url", "summary", "location", "profiles",
  ]
  static let location = ["address", "postalCode", "city", "countryCode", "region"]
  static let account = ["network", "username", "url"]
  static let meta = ["canonical", "version", "lastModified"]

  /// Where `basics` go in `profile.md`: who and how to reach them.
  static let contact = ["email", "phone", "url", "location", "profiles"]

  static func fields(of section: String) -> [String]? {
    lists.first { $0.name == section }?.fields
  }
}
