/// The state of a document's source, kept for the caller and compared by it alone.
public struct Stamp: Sendable, Hashable {
  /// Last change of the contents, in nanoseconds since 1970.
  public var modified: Int64
  /// Last change of the file's data or attributes (ctime), in nanoseconds since 1970.
  public var changed: Int64
  /// Bytes.
  public var size: UInt64
  public var inode: UInt64

  public init(modified: Int64 = 0, changed: Int64 = 0, size: UInt64 = 0, inode: UInt64 = 0) {
    self.modified = modified
    self.changed = changed
    self.size = size
    self.inode = inode
  }
}

extension Stamp {
  /// A number for the stamp: what an index keeps of it. Stamps with equal marks are taken for equal.
  public var mark: UInt64 {
    var mark: UInt64 = 0x9E37_79B9_7F4A_7C15
    for part in [UInt64(bitPattern: modified), UInt64(bitPattern: changed), size, inode] {
      mark = (mark ^ part) &* 0xFF51_AFD7_ED55_8CCD
      mark ^= mark >> 32
      mark = mark &* 0xC4CE_B9FE_1A85_EC53
      mark ^= mark >> 29
    }
    return mark
  }
}

/// A piece of data for exact matching: a tag, a kind, any front-matter key.
public struct Attribute: Sendable, Hashable {
  public var name: String
  public var value: String
  /// Whether filters can find it; compared folded, by the first 1,024 bytes.
  public var isIndexed: Bool
  /// Whether it can be read back.
  public var isStored: Bool
  /// Whether filters ask for it by the whole value only (`Filter.equals`): it takes less
  /// room then, and its values can only be listed when they are stored.
  public var isWhole: Bool

  public init(
    name: String, value: String, isIndexed: Bool = true, isStored: Bool = true,
    isWhole: Bool = false
  ) {
    self.isWhole = isWhole
    self.name = name
    self.value = value
    self.isIndexed = isIndexed
    self.isStored = isStored
  }
}

/// What is put into an index: text in fields, and attributes.
public struct Document: Sendable {
  /// A stretch of text that belongs to one field.
  public struct Run: Sendable {
    /// The number of the field in the schema.
    public var field: UInt8
    /// Bytes of the document's `text`.
    public var range: Range<Int>
    /// Whether the text goes on from the run before; if not, phrases do not cross.
    public var joinsPrevious: Bool

    public init(field: UInt8, range: Range<Int>, joinsPrevious: Bool = false) {
      self.field = field
      self.range = range
      self.joinsPrevious = joinsPrevious
    }
  }

  /// Unique in the index, such as a path. Documents are numbered in the order of its UTF-8 bytes.
  public var key: String
  public var stamp: Stamp
  /// UTF-8 that the runs point into; bytes that are no UTF-8 separate words.
  public var text: [UInt8]
  /// In reading order; parts of a run outside `text` are left out.
  public var runs: [Run]
  public var attributes: [Attribute]

  public init(
    key: String, stamp: Stamp = Stamp(), text: [UInt8] = [], runs: [Run] = [],
    attributes: [Attribute] = []
  ) {
    self.key = key
    self.stamp = stamp
    self.text = text
    self.runs = runs
    self.attributes = attributes
  }
}
