internal import Notes

/// Questions to the person at the terminal: on standard error, so that the output stays data.
enum Prompt {
  /// Whether there is somebody to ask.
  static var isPossible: Bool { Terminal.isInput && Terminal.isError }

  /// The value of a placeholder: what is typed, else its default.
  static func ask(_ place: Placeholders.Placeholder) throws -> String {
    let name = Terminal.harmless(place.name)
    while true {
      if place.choices.isEmpty {
        let shown = place.defaultValue.map { $0.isEmpty ? "" : " [\(Terminal.harmless($0))]" }
        Output.send(Array("\(name)\(shown ?? ""): ".utf8), to: 2)
      } else {
        let list = place.choices.enumerated().map { "\($0 + 1) \(Terminal.harmless($1))" }
        let first = Terminal.harmless(place.choices[0])
        Output.send(
          Array("\(name), one of \(list.joined(separator: ", ")) [\(first)]: ".utf8), to: 2)
      }
      guard let line = readLine() else {
        Output.remark("")
        throw Failure(
          .badInput, "there is no value for \(name)", "Type one, or give '--set \(name)=VALUE'.")
      }
      if line.isEmpty {
        if let value = place.defaultValue { return value }
        continue
      }
      if place.choices.isEmpty || place.choices.contains(line) { return line }
      if let number = Int(line), place.choices.indices.contains(number - 1) {
        return place.choices[number - 1]
      }
      Output.remark("\(Terminal.harmless(line)) is none of them.")
    }
  }
}
