import TestSupport
import Testing

@testable import Notes

/// No token is written out here: each is put together from its shape and random characters.
@Suite struct SecretScanTests {
  private static func characters(of alphabet: SecretShape.Alphabet) -> [UInt8] {
    (0x21..<0x7F).filter { byte in
      // Marks at the end of a word belong to the sentence; a token of letters and digits is enough.
      alphabet.contains(byte) && !Array("-._=+/".utf8).contains(byte)
    }
  }

  static func token(_ shape: SecretShape, _ generator: inout SeededGenerator) -> String {
    let characters = characters(of: shape.alphabet)
    let length = generator.pick([shape.length.lowerBound, shape.length.upperBound])
    let tail = (0..<length).map { _ in generator.pick(characters) }
    return String(decoding: shape.prefix + tail, as: UTF8.self)
  }

  @Test func everyShapeIsFoundInProseAndInCode() {
    var generator = SeededGenerator(seed: 11)
    for shape in SecretShape.all {
      for around in [("", ""), ("export TOKEN=\"", "\"\n"), ("see (", ")."), ("é ", "\n")] {
        let token = Self.token(shape, &generator)
        let text = around.0 + token + around.1
        let found = SecretScan.findings(in: Array(text.utf8))
        #expect(found.map(\.rule) == [shape.rule], "\(shape.rule) \(text)")
        let start = around.0.utf8.count
        #expect(found.first?.range == start..<start + token.utf8.count)
      }
    }
  }

  @Test func valuesAreSecretsByTheNameBeforeThem() {
    var generator = SeededGenerator(seed: 12)
    for shape in SecretShape.assigned {
      let value = String(Self.token(shape, &generator).dropFirst(shape.prefix.count))
      let name = String(decoding: shape.prefix, as: UTF8.self)
      for text in [
        "\(name)=\(value)", "\(name.uppercased()): \"\(value)\"", "\"\(name)\" = '\(value)'",
      ] {
        #expect(SecretScan.findings(in: Array(text.utf8)).map(\.rule) == [shape.rule], "\(text)")
      }
      #expect(SecretScan.findings(in: Array("hash \(value)".utf8)).isEmpty)
    }
  }

  @Test func privateKeysAreFoundByTheirMaterial() {
    var generator = SeededGenerator(seed: 13)
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let line = { (_: Int) in
      String(decoding: (0..<64).map { _ in generator.pick(letters) }, as: UTF8.self)
    }
    let dashes = String(repeating: "-", count: 5)
    let material = (0..<6).map(line).joined(separator: "\n")
    for name in ["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"] {
      let text =
        "text\n\(dashes)BEGIN \(name)\(dashes)\n\(material)\n\(dashes)END \(name)\(dashes)\n"
      #expect(SecretScan.findings(in: Array(text.utf8)).map(\.rule) == ["private-key"])
      let short =
        "\(dashes)BEGIN \(name)\(dashes)\nMIIEpAIBAAKCAQEA...\n\(dashes)END \(name)\(dashes)"
      #expect(SecretScan.findings(in: Array(short.utf8)).isEmpty)
    }
    let open = "\(dashes)BEGIN PUBLIC KEY\(dashes)\n\(material)"
    #expect(SecretScan.findings(in: Array(open.utf8)).isEmpty)
  }

  @Test(arguments: [
    "AKIA" + "IOSFODNN7EXAMPLE", "ghp_" + String(repeating: "x", count: 36),
    "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789", "sk_live_" + "your_key_here",
    "glpat-" + String(repeating: "a", count: 20), "a ghp_ token", "xoxb-not-a-token",
    "AIza" + String(repeating: "0", count: 35), "password = hunter2",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY", "-----BEGIN ", ":AA",
  ])
  func placeholdersAreNoSecrets(text: String) {
    #expect(SecretScan.findings(in: Array(text.utf8)).isEmpty)
  }

  @Test func aLineCanSayThatItsSecretIsMeant() {
    var generator = SeededGenerator(seed: 14)
    let token = Self.token(SecretShape.all[0], &generator)
    #expect(
      SecretScan.findings(in: Array("\(token) <!-- folio:allow-secret -->".utf8)).isEmpty)
    #expect(
      SecretScan.findings(in: Array("<!-- folio:allow-secret -->\n\(token)".utf8)).count == 1)
    #expect(
      SecretScan.findings(
        in: Array("\(token) <!-- folio:allow-secret -->".utf8), heedsMarks: false
      ).count == 1)
  }

  @Test func theSameSecretHasTheSameFingerprintAnywhere() {
    var generator = SeededGenerator(seed: 15)
    let one = Self.token(SecretShape.all[9], &generator)
    let other = Self.token(SecretShape.all[9], &generator)
    let found = SecretScan.findings(in: Array("\(one)\nx \(one) y \(other)".utf8))
    #expect(found.count == 3)
    #expect(found[0].fingerprint == found[1].fingerprint)
    #expect(found[0].fingerprint != found[2].fingerprint)
    #expect(found.allSatisfy { $0.fingerprint.count == 16 && !$0.message.contains(one) })
  }

  @Test func hostileTextIsReadInLinearTime() {
    for piece in [
      "sk-ant-", "ghp_", "-----BEGIN RSA PRIVATE KEY-----", "1234567890:AA",
      "hooks.slack.com/services/T", "SG.A-",
    ] {
      let unit = Array(piece.utf8)
      let growth = ProcessorTime.growth(from: 1 << 15) { size in
        let text = [UInt8]((0..<size / unit.count).map { _ in unit }.joined())
        _ = SecretScan.findings(in: text)
      }
      #expect(growth < 8, "\(piece): four times the text took \(growth) times as long")
    }
  }
}
