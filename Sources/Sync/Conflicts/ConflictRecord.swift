// A conflict that waits for a person: `.folio/conflicts/DIGITS.json`, one JSON object
//
//   path      the file as it is in the vault now, relative to the vault
//   copy      the other version, or null
//   field     the key of the front matter that it is about, or null
//   reason    a sentence
//   kept      of a key or a link: what it says now; else null
//   other     what it said on the other side; else null
//   version   the blob of the other version as it was before it was marked, or null
//   first     the side that stayed: {"commit", "time", "device"}
//   second    the other side, likewise
//
// The name is made of the bytes, so that every device that merges the same commits writes the same
// files. They travel with the vault.

internal import Notes

/// A conflict with where it comes from.
struct ConflictRecord: Equatable {
  var conflict: MergeConflict
  var version: ObjectID?
  var first: MergeSide
  var second: MergeSide

  static let folder = ".folio/conflicts"

  /// `0123456789ab.json`.
  var name: String { Repository.id(ofBlob: encoded).description.prefix(12) + ".json" }

  var encoded: [UInt8] {
    func text(_ value: String?) -> String { value.map(Self.quoted) ?? "null" }
    func side(_ side: MergeSide) -> String {
      "{\"commit\": \(text(side.commit?.description)), \"time\": "
        + "\(text(LocalTime.utc(seconds: side.time))), \"device\": \(text(side.device))}"
    }
    let lines = [
      "\"path\": \(text(conflict.path))", "\"copy\": \(text(conflict.copy))",
      "\"field\": \(text(conflict.field))", "\"reason\": \(text(conflict.reason.rawValue))",
      "\"kept\": \(text(conflict.kept))", "\"other\": \(text(conflict.other))",
      "\"version\": \(text(version?.description))", "\"first\": \(side(first))",
      "\"second\": \(side(second))",
    ]
    return Array(("{\n  " + lines.joined(separator: ",\n  ") + "\n}\n").utf8)
  }

  init(conflict: MergeConflict, version: ObjectID?, first: MergeSide, second: MergeSide) {
    self.conflict = conflict
    self.version = version
    self.first = first
    self.second = second
  }

  /// Reads a record; nil for anything else. JSON is YAML, which the house can read.
  init?(_ bytes: [UInt8]) {
    guard let root = (try? YAMLParser.parse(bytes)), let path = root["path"]?.text,
      (try? VaultPath(path)) != nil
    else { return nil }
    let copy = root["copy"]?.text
    if let copy, (try? VaultPath(copy)) == nil { return nil }
    conflict = MergeConflict(
      path: path, copy: copy, field: root["field"]?.text,
      reason: root["reason"]?.text.flatMap { MergeConflict.Reason(rawValue: $0) } ?? .sameLines,
      kept: root["kept"]?.text, other: root["other"]?.text)
    version = root["version"]?.text.flatMap { ObjectID($0) }
    func side(_ name: String) -> MergeSide {
      let node = root[name]
      let time = node?["time"]?.text.flatMap { Self.seconds($0) } ?? 0
      return MergeSide(
        commit: node?["commit"]?.text.flatMap { ObjectID($0) }, time: time,
        device: node?["device"]?.text ?? "")
    }
    first = side("first")
    second = side("second")
  }

  /// The seconds of `2026-11-22T09:30:00Z`.
  private static func seconds(_ text: String) -> Int64? {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 6 else { return nil }
    return LocalTime(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
      second: numbers[5]
    ).utcSeconds
  }

  /// A text in JSON's quotes; what YAML would not take as it is stands as an escape.
  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0x0A: out += "\\n"
      case 0x0D: out += "\\r"
      case 0x09: out += "\\t"
      case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
