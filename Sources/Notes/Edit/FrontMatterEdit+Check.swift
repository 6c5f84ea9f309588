extension FrontMatterEdit {
  /// The edited bytes, when reading them gives what was asked for under `path` and everything else
  /// as before, the body byte for byte.
  ///
  /// - Parameter path: The keys from the outermost to the one that was edited.
  func checked(
    _ edited: [UInt8], at path: [String], _ isAsAsked: (YAMLNode?) -> Bool
  ) throws(VaultError) -> [UInt8] {
    let after = FrontMatter(edited)
    let body = original[frontMatter.bodyStart...]
    let isSameBody =
      edited.count >= body.count && edited.suffix(body.count).elementsEqual(body)
      // A block that goes takes the blank line behind it along.
      || after.format == .none && body.count > edited[after.bodyStart...].count
        && body.suffix(edited.count - after.bodyStart).elementsEqual(edited[after.bodyStart...])
    var node = after.root
    for key in path { node = node?[key] }
    guard after.error == nil, after.duplicateKeys.isEmpty, isSameBody,
      YAMLNode.isSame(frontMatter.entries, after.entries, except: path[...]), isAsAsked(node)
    else {
      throw .unsafeEdit(
        path: self.path,
        reason: "\(path.joined(separator: ".")) is written in a way that is not safe to edit")
    }
    return edited
  }
}

extension YAMLNode {
  /// Whether two values say the same, wherever they stand.
  func hasSameContent(as other: YAMLNode) -> Bool {
    switch (value, other.value) {
    case (.scalar(let a, let aPlain), .scalar(let b, let bPlain)):
      a == b && aPlain == bPlain
    case (.sequence(let a, _), .sequence(let b, _)):
      a.count == b.count && zip(a, b).allSatisfy { $0.hasSameContent(as: $1) }
    case (.mapping(let a, _), .mapping(let b, _)):
      Self.isSame(a, b, except: [])
    default: false
    }
  }

  /// Whether two mappings say the same, in the same order, but for the value under one path.
  static func isSame(_ a: [Entry], _ b: [Entry], except path: ArraySlice<String>) -> Bool {
    guard let key = path.first else {
      return a.count == b.count
        && zip(a, b).allSatisfy { $0.name == $1.name && $0.value.hasSameContent(as: $1.value) }
    }
    let wanted = key.lowercased()
    func others(_ entries: [Entry]) -> [Entry] { entries.filter { $0.name.lowercased() != wanted } }
    guard isSame(others(a), others(b), except: []) else { return false }
    guard path.count > 1 else { return true }
    func inner(_ entries: [Entry]) -> [Entry] {
      entries.first { $0.name.lowercased() == wanted }?.value.entries ?? []
    }
    return isSame(inner(a), inner(b), except: path.dropFirst())
  }
}
