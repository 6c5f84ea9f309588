/// The path of a note inside its vault, with `/` between folders.
///
/// It never begins with `/`, has no `.` or `..` part and no empty part.
public struct VaultPath: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let description: String

  /// Checks `text`; throws `VaultError.pathOutsideVault` when it does not stay inside a vault.
  public init(_ text: String) throws(VaultError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isInside = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && !part.contains(0)
    }
    guard isInside else { throw .pathOutsideVault(text) }
    description = text
  }

  /// For paths that come from the scan of a vault or from its index.
  init(known text: String) { description = text }

  /// The last part.
  public var name: String {
    let bytes = description.utf8
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return description }
    return String(description[description.utf8.index(after: slash)...])
  }

  /// The last part without `.md` or `.markdown`.
  public var stem: String { Self.withoutExtension(name) }

  /// The folder that holds the note; empty for the top of the vault.
  public var folder: String {
    guard let slash = description.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(description[..<slash])
  }

  /// The first folder, which stands for a kind in folio's own vaults.
  public var topFolder: String {
    guard let slash = description.utf8.firstIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(description[..<slash])
  }

  static func withoutExtension(_ name: String) -> String {
    var name = name
    let stem = name.withUTF8 { bytes -> String? in
      for suffix: StaticString in [".md", ".markdown"] {
        let count = bytes.count - suffix.utf8CodeUnitCount
        guard count > 0 else { continue }
        let isOne = (0..<suffix.utf8CodeUnitCount).allSatisfy {
          let (own, wanted) = (bytes[count + $0], suffix.utf8Start[$0])
          return own == wanted || own | 0x20 == wanted
        }
        if isOne { return String(decoding: bytes[..<count], as: UTF8.self) }
      }
      return nil
    }
    return stem ?? name
  }

  /// Whether a file of this name is a note.
  public static func isNote(_ name: String) -> Bool {
    FolderListing.isNote(Array(name.utf8))
  }

  public static func < (a: VaultPath, b: VaultPath) -> Bool {
    a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
  }

  // Names are bytes to a file system: two spellings of one letter are two files.
  public static func == (a: VaultPath, b: VaultPath) -> Bool {
    a.description.utf8.elementsEqual(b.description.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    var description = description
    description.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
