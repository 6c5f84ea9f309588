internal import Notes

/// Looks at what is about to be committed, file by file.
struct ContentGuard {
  /// Larger files are refused by the usual hosts, or slow every clone for ever.
  static let largestFile = 50 << 20
  /// Files larger than this are data, and not looked through for secrets.
  private static let largestScanned = 8 << 20

  /// Fingerprints that a person has let pass.
  let allowedSecrets: Set<String>
  let allowsLarge: Bool
  private(set) var findings: [GuardFinding] = []
  /// Notes that had something in them and are empty now.
  private(set) var emptied: [String] = []

  init(allowedSecrets: Set<String>, allowsLarge: Bool) {
    self.allowedSecrets = allowedSecrets
    self.allowsLarge = allowsLarge
  }

  /// Whether a file of this size is taken at all; one that is not is a finding.
  mutating func admits(_ path: String, size: Int) -> Bool {
    guard size > Self.largestFile, !allowsLarge else { return true }
    findings.append(
      GuardFinding(.size, path, "it has \(size >> 20) MB, more than hosts take without trouble"))
    return false
  }

  /// Looks at the new bytes of a file; `before` gives those of the last commit, empty for a new file.
  mutating func look(
    at path: String, _ bytes: [UInt8], in commit: ObjectID? = nil, before: () throws -> [UInt8]
  ) rethrows {
    let isNote = VaultPath.isNote(path)
    if bytes.isEmpty {
      if isNote, commit == nil, try !before().isEmpty { emptied.append(path) }
      return
    }
    if bytes.count <= Self.largestScanned {
      let found = SecretScan.findings(in: bytes, heedsMarks: false)
        .filter { !allowedSecrets.contains($0.fingerprint) }
      if !found.isEmpty {
        let known = Set(
          SecretScan.findings(in: try before(), heedsMarks: false).map(\.fingerprint))
        for secret in found where !known.contains(secret.fingerprint) {
          findings.append(
            GuardFinding(
              .secret, path, line: Self.line(of: secret.range.lowerBound, in: bytes),
              secret.message,
              fingerprint: secret.fingerprint, commit: commit))
        }
      }
    }
    if commit == nil, let line = ConflictMarker.line(in: bytes),
      try ConflictMarker.line(in: before()) == nil
    {
      findings.append(
        GuardFinding(.marker, path, line: line, "a merge by hand left its conflict markers here"))
    }
  }

  private static func line(of index: Int, in bytes: [UInt8]) -> Int {
    1 + bytes[..<index].count { $0 == 0x0A }
  }
}

/// The lines that a merge writes into a file which it cannot finish.
enum ConflictMarker {
  /// The first line of the first block of markers that is whole and stands in no code fence; lines
  /// count from 1.
  static func line(in bytes: [UInt8]) -> Int? {
    let open = Array("<<<<<<< ".utf8)
    let middle = Array("=======".utf8)
    let close = Array(">>>>>>> ".utf8)
    guard contains(open, in: bytes) else { return nil }
    let text = TextLines(bytes)
    var fence: (mark: UInt8, length: Int)?
    var opened: Int?
    var hasMiddle = false
    for index in 0..<text.count {
      let raw = text.line(index)
      let line = BlockMap.Line(raw)
      if let mark = fence {
        if line.closes(mark.mark, mark.length) { fence = nil }
        continue
      }
      if let begins = line.fence {
        fence = begins
        continue
      }
      if raw.starts(with: open) {
        opened = index + 1
        hasMiddle = false
      } else if opened != nil, raw.elementsEqual(middle) {
        hasMiddle = true
      } else if let opened, hasMiddle, raw.starts(with: close) {
        return opened
      }
    }
    return nil
  }

  /// Whether a line begins with `mark`.
  private static func contains(_ mark: [UInt8], in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at + mark.count <= bytes.count {
        if bytes[at] == mark[0], at == 0 || bytes[at - 1] == 0x0A,
          bytes[at..<at + mark.count].elementsEqual(mark)
        {
          return true
        }
        at += 1
      }
      return false
    }
  }
}
