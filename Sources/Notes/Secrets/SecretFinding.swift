/// Something in a text that looks like a password or key of a service.
public struct SecretFinding: Sendable, Equatable {
  /// What it looks like: `github-token`, `private-key`.
  public let rule: String
  /// The bytes of the secret.
  public let range: Range<Int>
  /// 16 hexadecimal digits that stand for the rule and the secret wherever it is found, and from
  /// which it cannot be made again.
  public let fingerprint: String

  /// A sentence for people that does not repeat the secret.
  public var message: String { "this looks like \(SecretShape.name(of: rule))" }

  /// `check` passes over a line with this in it: `<!-- folio:allow-secret -->`. Sync does not: what a
  /// note says travels with it, and only this device may open its guards.
  public static let allowance = "folio:allow-secret"
}
