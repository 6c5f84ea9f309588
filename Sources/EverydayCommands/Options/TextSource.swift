public import ArgumentParser
internal import Notes

/// Where the text of a verb comes from, besides its arguments.
public struct TextSource: ParsableArguments, Sendable {
  @Flag(help: "Read the text from standard input (a pipe is read without being asked).")
  public var stdin = false

  @Flag(help: "Take the text from the clipboard.")
  public var clipboard = false

  @Option(
    help: ArgumentHelp(
      "Take the text from a file, or from some of its lines.", valueName: "file[:10-40]"))
  public var from: String?

  public init() {}

  public func validate() throws {
    let sources = [stdin, clipboard, from != nil].count { $0 }
    if sources > 1 { throw ValidationError("give one of --stdin, --clipboard and --from") }
  }

  /// The text, and the file and lines it was taken from.
  ///
  /// - Parameter readsPipe: Whether a pipe is read that nobody asked for.
  public func text(readsPipe: Bool) throws -> (text: String, source: String?) {
    if let from { return try Self.fileText(from) }
    if clipboard { return (try Clipboard.read(), nil) }
    if stdin || (readsPipe && StandardInput.hasContent()) {
      return (Self.decoded(try StandardInput.read()), nil)
    }
    return ("", nil)
  }

  /// A file, or the lines `10-40` or `10` of it.
  private static func fileText(_ name: String) throws -> (String, String) {
    var path = name
    var lines: ClosedRange<Int>?
    if FileSystem.status(name) == nil, let colon = name.lastIndex(of: ":") {
      let numbers = name[name.index(after: colon)...].split(
        separator: "-", omittingEmptySubsequences: false
      ).map { Int($0) }
      if let first = numbers[0], numbers.count <= 2, first >= 1 {
        let last = numbers.count == 2 ? (numbers[1] ?? .max) : first
        guard first <= last else {
          throw Failure(.usage, "lines \(first)-\(last) run backwards", "Write the smaller first.")
        }
        lines = first...last
        path = String(name[..<colon])
      }
    }
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(path) } catch {
      throw VaultError.file(error)
    }
    let text = Self.decoded(bytes)
    guard let lines else { return (text, path) }
    let all = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.lowerBound <= all.count else {
      throw Failure(
        .badInput, "\(path) has \(all.count) lines, not \(lines.lowerBound)",
        "Give lines that are there, such as '--from \(path):1-\(min(20, all.count))'.")
    }
    let chosen = all[(lines.lowerBound - 1)..<min(lines.upperBound, all.count)]
    return (chosen.joined(separator: "\n"), name)
  }

  static func decoded(_ bytes: [UInt8]) -> String {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes.contains(0x0D) else { return String(decoding: bytes[start...], as: UTF8.self) }
    // A new note has the line endings of its template.
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    for index in start..<bytes.count
    where bytes[index] != 0x0D || index + 1 >= bytes.count || bytes[index + 1] != 0x0A {
      plain.append(bytes[index])
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
