/// How the tokens of a service look: a beginning that nothing else has, then so many characters.
struct SecretShape: Sendable {
  enum Alphabet: Sendable {
    case alphanumeric, word, wordAndDash, base64, hex, upperAndDigits, dotted

    func contains(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39: true
      case 0x61...0x66: self != .upperAndDigits
      case 0x67...0x7A: self != .upperAndDigits && self != .hex
      case 0x41...0x5A: self != .hex
      case UInt8(ascii: "_"): self == .word || self == .wordAndDash || self == .dotted
      case UInt8(ascii: "-"): self == .wordAndDash || self == .dotted
      case UInt8(ascii: "."): self == .dotted
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): self == .base64
      default: false
      }
    }
  }

  let rule: String
  let prefix: [UInt8]
  let alphabet: Alphabet
  /// How many characters follow the prefix.
  let length: ClosedRange<Int>
  /// Bits a character, over the whole of what follows: words and placeholders have less.
  let entropy: Double

  init(
    _ rule: String, _ prefix: String, _ alphabet: Alphabet, _ length: ClosedRange<Int>,
    entropy: Double = 3
  ) {
    self.rule = rule
    self.prefix = Array(prefix.utf8)
    self.alphabet = alphabet
    self.length = length
    self.entropy = entropy
  }

  /// Longest run that is looked at, so that the scan stays linear.
  static let longest = 512

  /// Published by the services themselves so that tokens can be found where they should not be.
  static let all: [SecretShape] = [
    .init("age-key", "AGE-SECRET-KEY-1", .upperAndDigits, 58...58),
    .init("anthropic-key", "sk-ant-", .wordAndDash, 80...130),
    .init("aws-access-key", "AKIA", .upperAndDigits, 16...16),
    .init("aws-access-key", "ASIA", .upperAndDigits, 16...16),
    .init("databricks-token", "dapi", .hex, 32...32),
    .init("digitalocean-token", "dop_v1_", .hex, 64...64),
    .init("digitalocean-token", "doo_v1_", .hex, 64...64),
    .init("docker-token", "dckr_pat_", .wordAndDash, 27...27),
    .init("github-token", "ghp_", .alphanumeric, 36...36),
    .init("github-token", "gho_", .alphanumeric, 36...36),
    .init("github-token", "ghu_", .alphanumeric, 36...36),
    .init("github-token", "ghs_", .alphanumeric, 36...36),
    .init("github-token", "ghr_", .alphanumeric, 36...76),
    .init("github-token", "github_pat_", .word, 82...82),
    .init("gitlab-token", "glpat-", .dotted, 20...64),
    .init("gitlab-token", "gldt-", .wordAndDash, 20...32),
    .init("gitlab-token", "glrt-", .dotted, 20...64),
    .init("google-key", "AIza", .wordAndDash, 35...35, entropy: 4),
    .init("google-secret", "GOCSPX-", .wordAndDash, 28...28),
    .init("hugging-face-token", "hf_", .alphanumeric, 34...40, entropy: 3.5),
    .init("linear-key", "lin_api_", .alphanumeric, 40...40),
    .init("npm-token", "npm_", .alphanumeric, 36...36),
    .init("openai-key", "sk-proj-", .wordAndDash, 40...200),
    .init("openai-key", "sk-svcacct-", .wordAndDash, 40...200),
    .init("pypi-token", "pypi-AgEIcHlwaS5vcmc", .wordAndDash, 50...300),
    .init("sendgrid-key", "SG.", .dotted, 66...66, entropy: 4),
    .init("shopify-token", "shpat_", .hex, 32...32),
    .init("shopify-token", "shpss_", .hex, 32...32),
    .init("slack-token", "xoxb-", .wordAndDash, 40...90),
    .init("slack-token", "xoxp-", .wordAndDash, 60...100),
    .init("slack-token", "xoxe-", .wordAndDash, 60...180),
    .init("slack-token", "xapp-", .wordAndDash, 60...120),
    .init("stripe-key", "sk_live_", .alphanumeric, 16...200),
    .init("stripe-key", "rk_live_", .alphanumeric, 16...200),
    .init("vault-token", "hvs.", .wordAndDash, 90...200),
  ]

  /// Values that are secrets because of the name before them: `name`, a sign of assignment, so many
  /// characters.
  static let assigned: [SecretShape] = [
    .init("aws-secret-key", "aws_secret_access_key", .base64, 40...40, entropy: 4),
    .init("azure-storage-key", "accountkey", .base64, 88...88, entropy: 4),
    .init("fernet-key", "fernet_key", .base64, 44...44, entropy: 4),
    .init("fernet-key", "airflow__core__fernet_key", .base64, 44...44, entropy: 4),
  ]

  static func name(of rule: String) -> String {
    switch rule {
    case "private-key": "a private key"
    case "password-in-url": "an address with a password in it"
    default:
      Self.article(rule) + " "
        + rule.split(separator: "-").map { word in
          names[String(word)] ?? String(word)
        }.joined(separator: " ")
    }
  }

  private static func article(_ rule: String) -> String {
    "aeio".contains(rule.prefix(1)) ? "an" : "a"
  }

  private static let names = [
    "anthropic": "Anthropic", "aws": "AWS", "azure": "Azure", "databricks": "Databricks",
    "digitalocean": "DigitalOcean", "docker": "Docker", "fernet": "Fernet", "github": "GitHub",
    "gitlab": "GitLab", "google": "Google", "hugging": "Hugging", "face": "Face",
    "linear": "Linear", "openai": "OpenAI", "pypi": "PyPI", "sendgrid": "SendGrid",
    "shopify": "Shopify", "slack": "Slack", "stripe": "Stripe", "vault": "Vault",
    "telegram": "Telegram",
  ]
}
