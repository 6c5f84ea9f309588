// HEAD: which files make up the index. At most 64 KB, little-endian, replaced by renaming.
//   offset  size  field
//   0       8     magic "FOLIOIX1"
//   8       4     format version
//   12      4     analyser version
//   16      8     hash of the schema and the options
//   24      8     generation, one more with each commit
//   32      4     number of segments
//   36            48 bytes a segment: number (u64), file length (u64), checksum of its section table
//                 (u32), documents (u32), length of its live documents in words (u64), documents
//                 deleted (u32), length of the live documents' titles in words (u32), generation of
//                 its deletion file (u64; 0: none)
//   end     4     CRC32C of all before
// Segment number n is in the file `n.seg` (hexadecimal, 8 digits at least), its deletions of
// generation g in `n-g.del`.

/// The list of the files that make up a state of the index.
struct Head: Equatable {
  struct Entry: Equatable {
    var number: UInt64
    var fileLength: UInt64
    var checksum: UInt32
    var documentCount: Int
    var liveLengths: LengthSums
    var deletedCount: Int
    var deletionGeneration: UInt64

    var name: String { Head.hexadecimal(number) + ".seg" }
    var deletionName: String? {
      deletionGeneration == 0
        ? nil : "\(Head.hexadecimal(number))-\(Head.hexadecimal(deletionGeneration)).del"
    }
    var liveCount: Int { documentCount - deletedCount }
    var names: [String] { [name] + (deletionName.map { [$0] } ?? []) }
  }

  static let fileName = "HEAD"
  static let formatVersion: UInt32 = 4
  /// Raised whenever the analyser makes other tokens of the same text.
  static let analyserVersion: UInt32 = 3
  private static let magic = Array("FOLIOIX1".utf8)
  private static let limit = 64 * 1024

  var settings: UInt64
  var generation: UInt64 = 0
  var entries = List<Entry>()

  init(schema: Schema, options: IndexOptions) {
    settings = Self.settings(schema, options)
  }

  /// Reads the head of `directory`; nil when it is absent, damaged or of another version.
  init?(_ directory: String) {
    guard let bytes = FileSystem.read(directory + "/" + Self.fileName, limit: Self.limit) else {
      return nil
    }
    self.init(bytes: bytes)
  }

  init?(bytes: [UInt8]) {
    guard bytes.count >= 40, bytes.starts(with: Self.magic) else { return nil }
    let sum = bytes.withUnsafeBytes {
      CRC32C.checksum(short: UnsafeRawBufferPointer(rebasing: $0.dropLast(4)))
    }
    var result: Head?
    bytes.withUnsafeBufferPointer { bytes in
      var trailer = ByteReader(bytes, from: bytes.count - 4, count: 4)
      var reader = ByteReader(bytes, from: 8, count: bytes.count - 12)
      guard trailer.fixed(UInt32.self) == sum,
        reader.fixed(UInt32.self) == Self.formatVersion,
        reader.fixed(UInt32.self) == Self.analyserVersion
      else { return }
      var head = Head(settings: reader.fixed(UInt64.self))
      head.generation = reader.fixed(UInt64.self)
      let count = Int(reader.fixed(UInt32.self))
      guard reader.remaining == count * 48 else { return }
      for _ in 0..<count {
        let number = reader.fixed(UInt64.self)
        let fileLength = reader.fixed(UInt64.self)
        let checksum = reader.fixed(UInt32.self)
        let documents = Int(reader.fixed(UInt32.self))
        let body = reader.fixed(UInt64.self)
        let deleted = Int(reader.fixed(UInt32.self))
        let title = reader.fixed(UInt32.self)
        head.entries.append(
          Entry(
            number: number, fileLength: fileLength, checksum: checksum, documentCount: documents,
            liveLengths: LengthSums(body: body, title: UInt64(title)), deletedCount: deleted,
            deletionGeneration: reader.fixed(UInt64.self)))
      }
      result = head
    }
    guard let result else { return nil }
    self = result
  }

  private init(settings: UInt64) { self.settings = settings }

  func encoded() -> [UInt8] {
    var buffer = ByteBuffer(bytes: Self.magic)
    buffer.fixed(Self.formatVersion)
    buffer.fixed(Self.analyserVersion)
    buffer.fixed(settings)
    buffer.fixed(generation)
    buffer.fixed(UInt32(entries.count))
    for entry in entries {
      buffer.fixed(entry.number)
      buffer.fixed(entry.fileLength)
      buffer.fixed(entry.checksum)
      buffer.fixed(UInt32(entry.documentCount))
      buffer.fixed(entry.liveLengths.body)
      buffer.fixed(UInt32(entry.deletedCount))
      buffer.fixed(UInt32(clamping: entry.liveLengths.title))
      buffer.fixed(entry.deletionGeneration)
    }
    buffer.fixed(CRC32C.checksum(buffer.bytes))
    return buffer.bytes
  }

  /// A number for the settings that decide what is in the index; field weights do not.
  static func settings(_ schema: Schema, _ options: IndexOptions) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for field in schema.fields {
      for byte in field.name.utf8 { add(byte) }
      add(0)
      add(field.normalisesLength ? 1 : 2)
      add(field.isTitle ? 1 : 2)
      add(field.isCode ? 1 : 2)
    }
    add(options.language.rawValue)
    withUnsafeBytes(of: options.fingerprint.littleEndian) { for byte in $0 { add(byte) } }
    return hash
  }

  static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
  }
}
