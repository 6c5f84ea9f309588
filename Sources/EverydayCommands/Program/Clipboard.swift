#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The clipboard of the desktop, through the program that each one has for it; over ssh through the
/// terminal itself.
public enum Clipboard {
  private struct Tool {
    var program: String
    var arguments: [String] = []
    /// The variable without which the program has no desktop to talk to.
    var needs: String?
  }

  private static let readers = [
    Tool(program: "pbpaste"),
    Tool(program: "wl-paste", arguments: ["--no-newline"], needs: "WAYLAND_DISPLAY"),
    Tool(program: "xclip", arguments: ["-selection", "clipboard", "-o"], needs: "DISPLAY"),
    Tool(program: "xsel", arguments: ["--clipboard", "--output"], needs: "DISPLAY"),
    Tool(program: "termux-clipboard-get"),
    Tool(program: "win32yank.exe", arguments: ["-o", "--lf"]),
  ]

  private static let writers = [
    Tool(program: "pbcopy"),
    Tool(program: "wl-copy", needs: "WAYLAND_DISPLAY"),
    Tool(program: "xclip", arguments: ["-selection", "clipboard", "-i"], needs: "DISPLAY"),
    Tool(program: "xsel", arguments: ["--clipboard", "--input"], needs: "DISPLAY"),
    Tool(program: "termux-clipboard-set"),
    Tool(program: "win32yank.exe", arguments: ["-i"]),
    Tool(program: "clip.exe"),
  ]

  private static func usable(_ tools: [Tool]) -> Tool? {
    tools.first { tool in
      if let needs = tool.needs, Environment[needs, default: ""].isEmpty { return false }
      return Environment.program(tool.program) != nil
    }
  }

  /// The program that `copy` hands text to; nil when only the terminal is left.
  public static var program: String? { usable(writers)?.program }

  /// What to install, in the words of the desktop that runs.
  private static var advice: String {
    if !Environment["WAYLAND_DISPLAY", default: ""].isEmpty { return "Install wl-clipboard" }
    if !Environment["DISPLAY", default: ""].isEmpty { return "Install xclip or xsel" }
    return "Without a desktop there is none: install wl-clipboard, xclip or xsel where there is one"
  }

  static func read() throws -> String {
    guard let reader = usable(readers) else {
      throw Failure(
        .badInput, "no program for the clipboard can be used here",
        "\(advice), or pipe the text in.")
    }
    let bytes = try ChildProcess.output(of: reader.program, reader.arguments)
    guard !bytes.isEmpty else {
      throw Failure(.badInput, "the clipboard is empty", "Copy something first, or pipe it in.")
    }
    return TextSource.decoded(bytes)
  }

  /// Most bytes that terminals take for their clipboard; longer ones they drop without a word.
  static let terminalLimit = 74_994

  /// Puts bytes on the clipboard; returns the name of what took them.
  static func write(_ bytes: [UInt8]) throws -> String {
    let isRemote = ["SSH_TTY", "SSH_CONNECTION"].contains {
      !Environment[$0, default: ""].isEmpty
    }
    // Over ssh a forwarded display is still the one in front of the person.
    if let writer = usable(writers) {
      do {
        let code = try ChildProcess.feed(bytes, to: writer.program, writer.arguments)
        if code == 0 { return writer.program }
      } catch let failure as Failure where !isRemote && !Terminal.isError { throw failure }
      if !isRemote {
        throw Failure(
          .inputOutput, "\(writer.program) could not reach the clipboard",
          "Run '\(writer.program)' by hand to see why, or use 'folio show --code'.")
      }
    }
    if !Environment["TMUX", default: ""].isEmpty, Environment.program("tmux") != nil,
      try ChildProcess.feed(bytes, to: "tmux", ["load-buffer", "-w", "-"]) == 0
    {
      return "tmux"
    }
    guard isRemote || Terminal.isError, let terminal = Terminal.open() else {
      throw Failure(
        .badInput, "no program for the clipboard can be used here, and there is no terminal",
        "\(advice), or use 'folio show --code'.")
    }
    defer { Terminal.close(terminal) }
    guard bytes.count <= terminalLimit else {
      throw Failure(
        .badInput,
        "\(bytes.count) bytes are more than a terminal takes for its clipboard (\(terminalLimit))",
        "\(advice), or use 'folio show --code'.")
    }
    Output.send(Array("\u{1B}]52;c;".utf8) + Base64.encode(bytes) + [0x07], to: terminal)
    return "the terminal"
  }
}

/// Bytes as letters, RFC 4648 section 4.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var group: UInt32 = 0
      for offset in 0..<3 {
        group = group << 8 | (offset < part.count ? UInt32(part[start + offset]) : 0)
      }
      for letter in 0..<4 {
        out.append(
          letter <= part.count
            ? alphabet[Int(group >> UInt32(18 - 6 * letter)) & 63] : UInt8(ascii: "="))
      }
    }
    return out
  }
}
