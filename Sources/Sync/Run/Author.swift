internal import Notes

/// Who a commit is by.
public struct Author: Equatable, Sendable {
  public var name: String
  public var email: String

  public init(name: String, email: String) {
    self.name = name
    self.email = email
  }

  /// The author of this vault: git's settings, else `profile.md`, else `fallback`, part by part.
  static func of(_ vault: Vault, in repository: Repository, fallback: Author) -> Author {
    var name = clean(repository.setting("user.name"))
    var email = clean(repository.setting("user.email"))
    if name == nil || email == nil,
      let bytes = try? FileSystem.read(vault.root + "/profile.md", limit: 1 << 20)
    {
      let profile = FrontMatter(bytes)
      name = name ?? clean(profile.value("name")?.text)
      email =
        email ?? clean(profile.value("email")?.text ?? profile.value("contact")?["email"]?.text)
    }
    return Author(name: name ?? fallback.name, email: email ?? fallback.email)
  }

  /// Without what git cannot write; nil when nothing is left.
  private static func clean(_ text: String?) -> String? {
    guard let text else { return nil }
    let scalars = text.unicodeScalars.filter { $0.value >= 0x20 && $0 != "<" && $0 != ">" }
    let words = String(String.UnicodeScalarView(scalars)).split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
