/// The text fields of an index, at most 8.
public struct Schema: Sendable, Equatable {
  /// A text field.
  public struct Field: Sendable, Equatable {
    /// The name that queries use.
    public let name: String
    /// What an occurrence in this field counts for, above 0; 1 is ordinary body text.
    public let weight: Float
    /// Whether long documents count for less in this field; its words make a document's length.
    public let normalisesLength: Bool
    /// Whether the field is a title: its words count for less in a long title, whatever the length of
    /// the document.
    public let isTitle: Bool
    /// Whether the field holds code: its words are found as written, not by their stems.
    public let isCode: Bool

    public init(
      name: String, weight: Float, normalisesLength: Bool = false, isTitle: Bool = false,
      isCode: Bool = false
    ) {
      self.isTitle = isTitle
      self.name = name
      self.weight = weight
      self.normalisesLength = normalisesLength
      self.isCode = isCode
    }
  }

  public let fields: [Field]

  /// A caller must not give more than 8 fields.
  public init(fields: [Field]) {
    precondition(fields.count <= 8, "a schema has at most 8 fields")
    self.fields = fields
  }

  /// The number of the field called `name`.
  public func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }

  /// A bit for each field that is not code.
  var proseFields: UInt8 { mask { !$0.isCode } }

  /// A bit for each field whose words make up a document's length.
  var lengthFields: UInt8 { mask { $0.normalisesLength && !$0.isTitle } }

  /// A bit for each field that is a title.
  var titleFields: UInt8 { mask { $0.isTitle } }

  private func mask(_ condition: (Field) -> Bool) -> UInt8 {
    var mask: UInt8 = 0
    for (index, field) in fields.enumerated() where condition(field) { mask |= 1 << UInt8(index) }
    return mask
  }
}

/// What an index is made with; another value means another index.
public struct IndexOptions: Sendable, Equatable {
  public var language: Language
  /// The caller's settings, such as how its documents are cut into fields.
  public var fingerprint: UInt64

  public init(language: Language = .english, fingerprint: UInt64 = 0) {
    self.language = language
    self.fingerprint = fingerprint
  }
}
