/// A piece of text set in one way.
public struct Run: Sendable, Equatable {
  public enum Style: String, Sendable, Equatable, CaseIterable {
    case plain, strong, emphasis
    /// A number with its unit, which no line end may part.
    case quantity
    /// A name or an expression of a program.
    case code
  }

  public var text: String
  public var style: Style
  public var link: Link?

  /// Control characters and line ends become spaces: a run is part of one line of thought.
  public init(_ text: String, _ style: Style = .plain, link: Link? = nil) {
    self.text = Self.cleaned(text)
    self.style = style
    self.link = link
  }

  /// Without control characters, marks that turn the direction of writing, soft hyphens and other
  /// invisible signs that would damage the text layer of a document.
  static func cleaned(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnwanted) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isUnwanted(scalar) {
        out.append(scalar)
      } else if scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029 {
        if out.last != " " { out.append(" ") }
      }
    }
    return String(out)
  }

  private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060,
      0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB:
      true
    default: false
    }
  }
}

extension [Run] {
  /// The words alone.
  public var text: String { map(\.text).joined() }

  /// One plain run.
  public static func plain(_ text: String) -> [Run] { text.isEmpty ? [] : [Run(text)] }
}

/// Where a link leads: an address that cannot run anything.
public struct Link: Sendable, Equatable, Hashable {
  public let target: String

  /// Takes `http`, `https`, `mailto` and `tel` addresses; nil for anything else, and for addresses
  /// with control characters or spaces.
  public init?(_ address: String) {
    let bytes = address.utf8
    guard !bytes.isEmpty, bytes.count <= 2_000, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let scheme = String(address[..<colon]).lowercased()
    guard ["http", "https", "mailto", "tel"].contains(scheme) else { return nil }
    target = address
  }

  /// A page of the same set of files: letters, digits, `-`, `_`, `.`, `/` and `#`, never leading
  /// above the folder by more than one step and never beginning with a slash.
  public init?(page: String) {
    let allowed = page.utf8.allSatisfy {
      ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z"))
        || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || "-_./#%".utf8.contains($0)
    }
    guard allowed, !page.isEmpty, !page.hasPrefix("/"),
      !page.dropFirst(page.hasPrefix("../") ? 3 : 0).contains("..")
    else { return nil }
    target = page
  }
}
