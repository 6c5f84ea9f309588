public import FullText

/// Reads notes from a vault, with the limits that keep one bad file from spoiling the rest.
public struct NoteReader: Sendable {
  /// Only the first 16 MB of a note are searched and checked; the file itself may have any size.
  public static let maximumSearched = 16 << 20

  /// What a note's file was found to be, besides text.
  public enum Problem: Equatable, Sendable {
    case notUTF8(line: Int)
    case tooLarge
    case unreadable(String)

    /// A sentence for people, without the path.
    public var message: String {
      switch self {
      case .notUTF8(let line): "not UTF-8 text (line \(line)); what cannot be read is left out"
      case .tooLarge: "larger than 16 MB; only its first 16 MB are searched"
      case .unreadable(let reason): "cannot be read: \(reason)"
      }
    }
  }

  public let vault: Vault

  public init(vault: Vault) { self.vault = vault }

  /// A note as search and checks take it; nil when the file is gone.
  ///
  /// A file that cannot be read becomes an empty note with a problem, so that it is listed and
  /// reported, not forgotten.
  public func read(_ path: VaultPath) -> (note: Note, problem: Problem?)? {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read(vault.absolute(path), limit: Self.maximumSearched + 1)
    } catch {
      if error.isMissing { return nil }
      return (Note(path: path, bytes: []), .unreadable(error.reason))
    }
    return Self.note(path, bytes)
  }

  /// The same of a note in a vault whose folder is open, with the stamp of its file; nil also for what
  /// is no file.
  func read(
    _ path: VaultPath, in root: OpenFolder
  ) -> (note: Note, problem: Problem?, stamp: Stamp)? {
    do throws(FileError) {
      guard
        let (status, bytes) = try root.read(path.description, limit: Self.maximumSearched + 1)
      else { return nil }
      let (note, problem) = Self.note(path, bytes)
      return (note, problem, status.stamp)
    } catch {
      guard let status = root.status(path.description), status.kind == .file else { return nil }
      return (Note(path: path, bytes: []), .unreadable(error.reason), status.stamp)
    }
  }

  private static func note(_ path: VaultPath, _ bytes: [UInt8]) -> (note: Note, problem: Problem?) {
    if bytes.count > Self.maximumSearched {
      return (Note(path: path, bytes: Array(bytes.prefix(Self.maximumSearched))), .tooLarge)
    }
    let note = Note(path: path, bytes: bytes)
    if let bad = UTF8Check.firstInvalid(in: bytes) {
      return (note, .notUTF8(line: 1 + bytes[..<bad].count { $0 == 0x0A }))
    }
    return (note, nil)
  }
}

/// Whether bytes are UTF-8.
enum UTF8Check {
  /// The index of the first byte that begins no valid character, or nil. ASCII is skipped eight
  /// bytes at a time. Source: The Unicode Standard, table 3-7.
  static func firstInvalid(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { raw in
      var at = 0
      let count = raw.count
      func isTail(_ index: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
        index < count && raw[index] >= low && raw[index] <= high
      }
      while at < count {
        if at + 64 <= count {
          let all = SIMD8<UInt64>(repeating: 0x8080_8080_8080_8080)
          if raw.loadUnaligned(fromByteOffset: at, as: SIMD8<UInt64>.self) & all == .zero {
            at += 64
            continue
          }
        }
        if at + 8 <= count,
          raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          at += 8
          continue
        }
        let byte = raw[at]
        switch byte {
        case 0x00...0x7F: at += 1
        case 0xC2...0xDF:
          guard isTail(at + 1) else { return at }
          at += 2
        case 0xE0...0xEF:
          let low: UInt8 = byte == 0xE0 ? 0xA0 : 0x80
          let high: UInt8 = byte == 0xED ? 0x9F : 0xBF
          guard isTail(at + 1, low, high), isTail(at + 2) else { return at }
          at += 3
        case 0xF0...0xF4:
          let low: UInt8 = byte == 0xF0 ? 0x90 : 0x80
          let high: UInt8 = byte == 0xF4 ? 0x8F : 0xBF
          guard isTail(at + 1, low, high), isTail(at + 2), isTail(at + 3) else { return at }
          at += 4
        default: return at
        }
      }
      return nil
    }
  }
}
