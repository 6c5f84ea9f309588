/// Long output a page at a time.
enum Pager {
  /// Shows a text on the terminal, through the person's pager when it is longer than the screen.
  ///
  /// `$PAGER` decides; without it `less` is used, which leaves at once when there is nothing to turn,
  /// and without that the text is printed as it is.
  static func show(_ text: String, lines: Int, isWanted: Bool) {
    guard isWanted, lines >= Terminal.height, Terminal.isOutput else {
      Output.send(Array(text.utf8), to: 1)
      return
    }
    var words = (Environment["PAGER"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    if words.isEmpty, Environment.program("less") != nil {
      words = ["less", "-FR"]
    }
    guard let program = words.first, program != "cat", Environment.program(program) != nil else {
      Output.send(Array(text.utf8), to: 1)
      return
    }
    let name = program.split(separator: "/").last.map(String.init) ?? program
    // Colours are ours; less shows them only when it is told that it may.
    if name == "less", (Environment["LESS"] ?? "").isEmpty, words.count == 1 { words.append("-FR") }
    do {
      _ = try ChildProcess.feed(
        Array(text.utf8), to: program, Array(words.dropFirst()), isSilent: false)
    } catch {
      Output.send(Array(text.utf8), to: 1)
    }
  }
}
