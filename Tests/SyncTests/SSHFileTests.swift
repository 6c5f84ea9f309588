import Notes
import Testing

@testable import Sync

/// Reading what ssh keeps in files.
@Suite struct SSHFileTests {
  private final class Folder {
    let path: String

    init() throws {
      let lab = try Lab(bare: false)
      self.lab = lab
      path = lab.root
    }

    private let lab: Lab

    func write(_ name: String, _ text: String) throws -> String {
      let file = path + "/" + name
      if let slash = file.lastIndex(of: "/") {
        try FileSystem.createFolder(String(file[..<slash]))
      }
      try SafeFile.overwrite(file, Array(text.utf8))
      return file
    }
  }

  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (String(repeating: "a", count: 64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
    (String(repeating: "a", count: 1_000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
  ])
  func theHashIsThatOfTheStandard(_ text: String, _ expected: String) {
    let digits = SHA1.hash(Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(digits.joined() == expected)
  }

  /// RFC 2202, test cases 1 and 2.
  @Test func theKeyedHashIsThatOfTheStandard() {
    func code(_ key: [UInt8], _ text: String) -> String {
      SHA1.code(of: Array(text.utf8), key: key)
        .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    #expect(
      code([UInt8](repeating: 0x0B, count: 20), "Hi There")
        == "b617318655057264e28bc0b6fb378c8ef146be00")
    #expect(
      code(Array("Jefe".utf8), "what do ya want for nothing?")
        == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
  }

  @Test func base64ComesBackAsItWas() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(Base64.decode(Base64.encode(bytes, padded: true)) == bytes)
    }
    #expect(Base64.encode(Array("folio".utf8), padded: true) == "Zm9saW8=")
    for text in ["a", "ab=c", "a b", "é"] { #expect(Base64.decode(text) == nil, "\(text)") }
  }

  @Test(arguments: [
    ("example.org", "example.org", true), ("example.org", "EXAMPLE.org", true),
    ("a.example.org", "*.example.org", true), ("example.org", "*.example.org", false),
    ("host1", "host?", true), ("host12", "host?", false), ("", "*", true), ("x", "", false),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*a*a*a*a*c", false),
    ("[h]:22", "[h]:22", true), ("abc", "a*b*c*", true),
  ])
  func patternsFitAsInSSH(_ name: String, _ pattern: String, _ expected: Bool) {
    #expect(SSHPattern.fits(name, pattern) == expected)
  }

  private static func blob(_ type: String, _ seed: UInt8) -> [UInt8] {
    SSHBlob.part(Array(type.utf8)) + SSHBlob.part([UInt8](repeating: seed, count: 32))
  }

  private static func line(_ hosts: String, _ type: String, _ seed: UInt8) -> String {
    "\(hosts) \(type) \(Base64.encode(blob(type, seed), padded: true))"
  }

  private func verdict(
    _ text: String, _ name: String, _ host: String, _ type: String, _ seed: UInt8
  ) throws -> KnownHosts.Verdict {
    let folder = try Folder()
    let file = try folder.write("known_hosts", text)
    let hosts = KnownHosts(files: [file, folder.path + "/none"], of: name, plain: host)
    switch hosts.verdict(on: Self.blob(type, seed)) {
    case .revoked: return .revoked("")
    case .changed: return .changed("")
    case let other: return other
    }
  }

  private static let ed = "ssh-ed25519"
  private static let ec = "ecdsa-sha2-nistp256"

  @Test func aKnownHostIsTold() throws {
    let lines: [(String, KnownHosts.Verdict)] = [
      (Self.line("h", Self.ed, 1), .known),
      (Self.line("other,h", Self.ed, 1), .known),
      (Self.line("*", Self.ed, 1), .known),
      (Self.line("*,!h", Self.ed, 1), .new(otherTypes: [])),
      (Self.line("h", Self.ed, 2), .changed("")),
      (Self.line("h", Self.ed, 2) + "\n" + Self.line("h", Self.ed, 1), .known),
      (Self.line("h", Self.ec, 2), .new(otherTypes: [Self.ec])),
      (Self.line("@revoked h", Self.ed, 1) + "\n" + Self.line("h", Self.ed, 1), .revoked("")),
      (Self.line("@revoked *", Self.ed, 2) + "\n" + Self.line("h", Self.ed, 1), .known),
      (Self.line("@cert-authority h", Self.ed, 1), .new(otherTypes: [])),
      (Self.line("@unknown h", Self.ed, 1), .new(otherTypes: [])),
      ("# \(Self.line("h", Self.ed, 1))", .new(otherTypes: [])),
      ("garbage\nh ssh-ed25519\nh ssh-ed25519 ???\n\r\n" + Self.line("h", Self.ed, 1), .known),
      // The name of the kind and the key must say the same.
      ("h \(Self.ec) \(Base64.encode(Self.blob(Self.ed, 1)))", .new(otherTypes: [])),
      ("", .new(otherTypes: [])),
    ]
    for (text, expected) in lines {
      #expect(try verdict(text, "h", "h", Self.ed, 1) == expected, "\(text)")
    }
  }

  @Test func hiddenNamesAndPortsAreRead() throws {
    // Made by 'ssh-keygen -H' of '[127.0.0.1]:57017'.
    let hidden = "|1|dOPWSULh7DioNW2sYwGEP5tx2ng=|gzm1GjD7RR/weH2ztowGxrI2W1U="
    let text = Self.line(hidden, Self.ed, 1)
    #expect(try verdict(text, "[127.0.0.1]:57017", "127.0.0.1", Self.ed, 1) == .known)
    #expect(try verdict(text, "[127.0.0.1]:57018", "127.0.0.1", Self.ed, 1) != .known)
    // A key of the host at no port is good at any; another one there says nothing about this port.
    let plain = Self.line("h", Self.ed, 1)
    #expect(try verdict(plain, "[h]:2222", "h", Self.ed, 1) == .known)
    #expect(try verdict(plain, "[h]:2222", "h", Self.ed, 2) == .new(otherTypes: []))
    #expect(
      try verdict(Self.line("[h]:2222", Self.ed, 1), "h", "h", Self.ed, 1) == .new(otherTypes: []))
  }

  @Test func matchBlocksAboutTheHostAreReadAndOthersNamed() throws {
    let folder = try Folder()
    let file = try folder.write(
      ".ssh/config",
      """
      Match originalhost notes,work.* !host bad
        HostName real.lan
      Match host real.lan
        Port 2222
      Match host real.lan exec "test -e /x"
        User nobody
      Match !host real.lan
        User other
      Match user maya
        Port 9
      Match all
        User maya
      """)
    let notes = SSHConfig(of: "notes", home: folder.path, files: [file])
    #expect(notes.hostName == "real.lan" && notes.port == 2222 && notes.user == "maya")
    #expect(
      notes.passedOver == ["Match host real.lan exec test -e /x", "Match user maya"])
    let other = SSHConfig(of: "else", home: folder.path, files: [file])
    #expect(other.hostName == nil && other.port == nil && other.user == "other")
  }

  @Test func theFirstValueOfTheSettingsCounts() throws {
    let folder = try Folder()
    let file = try folder.write(
      ".ssh/config",
      """
      # comment
      Include extra
      Host notes *.lan !bad.lan
        HostName=10.0.0.%h
        Port 2222
        IdentityFile "~/keys/my key"
        IdentityFile ~/.ssh/%n
      Match host notes
        User nobody
      Host *
        User=maya # behind
        Port 22
        IdentitiesOnly yes
        UserKnownHostsFile /a /b
        ProxyJump none
        ProxyCommand nc %h %p
      """)
    _ = try folder.write(".ssh/extra", "Host notes\n  HostKeyAlias vault\n")
    let notes = SSHConfig(of: "notes", home: folder.path, files: [file])
    #expect(notes.hostName == "10.0.0.notes")
    #expect(notes.port == 2222)
    #expect(notes.user == "maya")
    #expect(notes.hostKeyAlias == "vault")
    #expect(
      notes.identityFiles.map { notes.expanded($0) } == [
        folder.path + "/keys/my key", folder.path + "/.ssh/notes",
      ])
    #expect(notes.identitiesOnly == true)
    #expect(notes.userKnownHosts == ["/a", "/b"])
    #expect(notes.proxy == nil)
    let bad = SSHConfig(of: "bad.lan", home: folder.path, files: [file])
    #expect(bad.port == 22 && bad.hostName == nil)
  }

  @Test(arguments: ["ProxyJump gate", "ProxyCommand ssh gate -W %h:%p"])
  func aWayThroughAnotherHostIsRefusedByName(_ setting: String) throws {
    let folder = try Folder()
    _ = try folder.write(".ssh/config", "Host h\n  \(setting)\n")
    var settings = TransportSettings(home: folder.path, user: "me", agreements: "/none")
    settings.systemFolder = nil
    let place = RemoteAddress.SSHPlace(user: nil, host: "h", port: nil, path: "/x")
    let problem = #expect(throws: RemoteProblem.self) { try SSHHost(place, settings) }
    #expect(problem?.message.contains(setting) == true)
    #expect(problem?.kind == .unsafe)
  }

  @Test(arguments: [
    ("h:notes.git", "me@h:notes.git"), ("git@h:notes.git", "git@h:notes.git"),
    ("ssh://h/notes.git", "ssh://me@h:22/notes.git"),
    ("ssh://git@h:2222/~/x", "ssh://git@h:2222/~/x"),
    ("[::1]:x", "ssh://me@[::1]:22/~/x"), ("ssh://[::1]:77/x", "ssh://me@[::1]:77/x"),
  ])
  func addressesBecomeWhatTheLibraryReads(_ typed: String, _ expected: String) throws {
    var settings = TransportSettings(home: "/nonexistent", user: "me", agreements: "/none")
    settings.systemFolder = nil
    guard case .ssh(let place) = try RemoteAddress(typed, from: "/").kind else {
      Issue.record("no ssh address")
      return
    }
    #expect(try SSHHost(place, settings).url == expected)
  }

  @Test func wordsOnTheWireComeBackAsTheyWere() {
    for words in [["a"], ["a b", "c%20", "\n\t\u{1B}", "", "日本"], ["", ""]] {
      let line = Wire.line(words)
      #expect(Wire.words(line) == words)
      #expect(!line.utf8.contains { $0 < 0x20 })
    }
  }

  @Test func agreementsAreKeptOnceAndForOneAddress() throws {
    let folder = try Folder()
    let agreements = Agreements(path: folder.path + "/state/agreed")
    #expect(!agreements.hasOther("a", "b"))
    try agreements.addOther("a", "b")
    try agreements.addOther("a", "b")
    try agreements.addPlain("http://x y")
    #expect(agreements.hasOther("a", "b") && !agreements.hasOther("a", "c"))
    #expect(agreements.hasPlain("http://x y") && !agreements.hasPlain("http://x"))
    let bytes = try FileSystem.read(folder.path + "/state/agreed")
    #expect(String(decoding: bytes, as: UTF8.self) == "other a b\nplain http://x%20y\n")
    #expect(FileSystem.status(folder.path + "/state/agreed")?.mode == 0o600)
  }

  @Test func addressesAreShownWithoutSecrets() {
    #expect(RemoteAddress.harmless("https://u:p@h/x") == "https://u@h/x")
    #expect(RemoteAddress.harmless("https://ghp_0123456789@h/x") == "https://…@h/x")
    #expect(RemoteAddress.harmless("https://maya@h/x") == "https://maya@h/x")
    #expect(RemoteAddress.harmless("ssh://git@h/x") == "ssh://git@h/x")
  }
}
