/// An item of a guide's list.
public struct GuideItem: Sendable, Equatable {
  /// What an item is, told from the shape of the list it stands in.
  public enum Role: String, Sendable, CaseIterable {
    /// A box to tick that is none of those below.
    case task
    /// A skill area to develop.
    case skill
    /// A box in a list named after a cadence: daily, weekly, monthly, quarterly.
    case habit
    /// A box that begins with a month: `**Month 6**: …`.
    case milestone
    /// A link and nothing else.
    case resource
    /// `**Name**: what it is` in a numbered list.
    case project
    /// An entry of a table of contents.
    case contents
    /// Anything else.
    case point
  }

  /// The heading path and the text as one name; stable when items change places.
  public var id: String
  /// The text as the guide writes it, without emphasis and without the tail of a ticked item.
  public var text: String
  public var role: Role
  /// The bold line above the list, such as "Goals"; nil when there is none.
  public var label: String?
  /// Whether the box is ticked; nil when there is no box.
  public var isDone: Bool?
  /// When it was ticked, `2026-11-22`.
  public var doneOn: String?
  /// The note that shows it, as the tail of a ticked item links it.
  public var evidence: String?
  /// Line of the file, from 1.
  public var line: Int
  /// Items inside this one.
  public var items: [GuideItem]

  /// The item and all inside it.
  public var flattened: [GuideItem] { [self] + items.flatMap(\.flattened) }
}

/// The end of a ticked item: `✅ 2026-11-22 [[projects/etl]]`.
struct TickTail: Equatable {
  var text: String
  var date: String?
  var note: String?

  /// Parts the text of an item from its tail. A mark without a date behind it is text.
  init(_ written: String) {
    text = written
    guard let mark = written.range(of: "✅", last: true) else { return }
    let tail = written[mark.upperBound...].drop { $0 == " " }
    let day = tail.prefix(10)
    guard Self.isDay(day) else { return }
    var rest = tail.dropFirst(10).drop { $0 == " " }
    var note: String?
    if rest.hasPrefix("[["), let end = rest.firstRange(of: "]]") {
      let inside = rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound]
      note = String(inside.prefix { $0 != "|" && $0 != "#" })
      rest = rest[end.upperBound...].drop { $0 == " " }
    }
    guard rest.isEmpty else { return }
    text = Self.trimmedEnd(written[..<mark.lowerBound])
    date = String(day)
    self.note = note
  }

  private static func isDay(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 10
      && bytes.enumerated().allSatisfy { index, byte in
        index == 4 || index == 7
          ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
  }

  private static func trimmedEnd(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension String {
  /// The last place of `part`.
  fileprivate func range(of part: String, last: Bool) -> Range<Index>? {
    ranges(of: part).last
  }
}
