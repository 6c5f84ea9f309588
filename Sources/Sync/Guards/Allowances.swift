// What a person has let pass on this device: `.folio/local/allowances`, lines of text
//
//   secret FINGERPRINT
//   private ADDRESS           private notes may go there
//
// It does not travel with the vault: nobody else can loosen a guard of this device.

internal import Notes

/// The exceptions to the guards of sync.
struct Allowances {
  private(set) var secrets: Set<String> = []
  private(set) var privateAddresses: Set<String> = []
  private let path: String

  init(_ local: String) {
    path = local + "/allowances"
    let bytes = (try? FileSystem.read(path, limit: 1 << 20)) ?? []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("secret ") { secrets.insert(String(line.dropFirst(7))) }
      if line.hasPrefix("private ") { privateAddresses.insert(String(line.dropFirst(8))) }
    }
  }

  /// Lets secrets pass in this run alone.
  mutating func pass(_ more: [String]) { secrets.formUnion(more) }

  mutating func allow(secrets more: [String], privateAddress: String? = nil) throws(FileError) {
    let known = (secrets, privateAddresses)
    secrets.formUnion(more.filter { !$0.isEmpty && $0.allSatisfy(\.isHexDigit) })
    if let privateAddress { privateAddresses.insert(privateAddress) }
    if known == (secrets, privateAddresses) { return }
    let lines =
      secrets.sorted().map { "secret \($0)\n" }
      + privateAddresses.sorted().map { "private \($0)\n" }
    try SafeFile.overwrite(path, Array(lines.joined().utf8), durably: true)
  }
}
