public import ArgumentParser
public import Notes

/// Filling in the placeholders of a note's code.
public struct PlaceholderOptions: ParsableArguments, Sendable {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Fill in a placeholder; may be given again.", valueName: "name=value"))
  public var values: [String] = []

  public init() {}

  /// The code with its placeholders filled in: from `--set`, and from the person where `asking`.
  ///
  /// Without either the bytes come out as they are. A note that does not say `placeholders: true` has
  /// none, whatever its text looks like.
  public func fill(_ code: [UInt8], of note: Note, asking: Bool) throws -> [UInt8] {
    let given = try parsed()
    guard note.hasPlaceholders else {
      guard let first = given.first else { return code }
      throw Failure(
        .badInput,
        "\(note.path) has no placeholder \(first.key): it does not say 'placeholders: true'",
        "Say so with 'folio set \(note.path.stem) placeholders=true', or leave --set out.")
    }
    if given.isEmpty, !asking { return code }
    let places: Placeholders
    do throws(Placeholders.Problem) { places = try Placeholders(code) } catch {
      throw Failure(
        .badInput, "\(note.path): line \(error.line) of its code: \(error.reason)",
        "Write it as {{name}}, {{name:default}} or {{name:a|b|c}}, or take 'placeholders: true' out."
      )
    }
    for (name, value) in given { try check(name, value, places, note) }
    var values = given
    for place in places.all where values[place.name] == nil {
      if asking {
        values[place.name] = try Prompt.ask(place)
      } else if let value = place.defaultValue {
        values[place.name] = value
      } else {
        throw Failure(
          .badInput, "the placeholder \(place.name) of \(note.path) has no value",
          "Give it one with '--set \(place.name)=VALUE'.")
      }
    }
    return places.filled(values)
  }

  private func parsed() throws -> [String: String] {
    var parsed: [String: String] = [:]
    for text in values {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw Failure(
          .usage, "--set \(text) has no value", "Write it as '--set name=value'.")
      }
      parsed[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return parsed
  }

  private func check(
    _ name: String, _ value: String, _ places: Placeholders, _ note: Note
  ) throws {
    let names = places.all.map(\.name)
    guard let place = places.all.first(where: { $0.name == name }) else {
      let near = Similar.closest(to: name, among: names)
      throw Failure(
        .badInput, "\(note.path) has no placeholder \(name)",
        near.map { "Did you mean \($0)?" }
          ?? (names.isEmpty ? "It has none at all." : "It has \(names.joined(separator: ", "))."))
    }
    guard place.choices.isEmpty || place.choices.contains(value) else {
      throw Failure(
        .badInput, "\(name) cannot be \(value)",
        "It is one of \(place.choices.joined(separator: ", ")).")
    }
  }
}

extension Note {
  /// Whether `{{name}}` in its code is a place to fill in.
  var hasPlaceholders: Bool {
    frontMatter.value("placeholders")?.text?.lowercased() == "true"
  }
}
