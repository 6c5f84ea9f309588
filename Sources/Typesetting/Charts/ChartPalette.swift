/// The colours of charts that stand by themselves. Words have a contrast of at least 4.5 to 1 with what
/// they stand on, in light and dark.
enum ChartPalette {
  private static let light: [(tones: String, rule: String)] = [
    (".paper", "fill:#fff"), ("text,.name,.group,.value,.title", "fill:#1c1f23"),
    (".aside", "fill:#59616a"), (".inverse", "fill:#fff"), (".change", "fill:#1d4e89"),
    (".s0", "fill:#eceff3"), (".s1", "fill:#cfe0f1"), (".s2", "fill:#9cc1e4"),
    (".s3", "fill:#34699f"), (".s4", "fill:#153a68"), (".was", "fill:#b3bcc5"),
    (".now", "fill:#1d4e89"), (".track", "fill:#eef1f4"), (".free", "fill:#f6f1e3"),
    (".line", "stroke:#d5dae0"), (".hollow", "stroke:#1d4e89"),
    (".k0", "fill:#1d4e89"), (".k1", "fill:#4f8cc9"), (".k2", "fill:#a9cdef"),
    (".k3", "fill:#d9a441"), (".k4", "fill:#8a5a00"), (".k5", "fill:#6d2e6b"),
    (".k6", "fill:#b3bcc5"),
  ]
  private static let dark: [(tones: String, rule: String)] = [
    (".paper", "fill:#14181c"), ("text,.name,.group,.value,.title", "fill:#e6e9ec"),
    (".aside", "fill:#a4adb6"), (".inverse", "fill:#0b141d"), (".change", "fill:#8ab8ec"),
    (".s0", "fill:#22282e"), (".s1", "fill:#1f3b58"), (".s2", "fill:#2d5c8d"),
    (".s3", "fill:#7aade0"), (".s4", "fill:#c0dcf8"), (".was", "fill:#5b656f"),
    (".now", "fill:#8ab8ec"), (".track", "fill:#22282e"), (".free", "fill:#3a3524"),
    (".line", "stroke:#363d45"), (".hollow", "stroke:#8ab8ec"),
    (".k0", "fill:#8ab8ec"), (".k1", "fill:#4f8cc9"), (".k2", "fill:#2a5a8c"),
    (".k3", "fill:#e8b460"), (".k4", "fill:#a87a2a"), (".k5", "fill:#dca5d9"),
    (".k6", "fill:#5b656f"),
  ]
  private static let shapes = """
    text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;\
    font-variant-numeric:tabular-nums}.title{font-size:15px;font-weight:600}\
    .group,.change{font-weight:600}.aside{font-size:12px}.line{stroke-width:1}\
    .hollow{stroke-width:2}
    """

  static func styleSheet(_ colours: Look.Colours) -> String {
    func rules(_ list: [(tones: String, rule: String)]) -> String {
      list.map { "\($0.tones){\($0.rule)}" }.joined()
    }
    // A hollow dot is filled with what is behind it.
    let lightRules = rules(light) + ".hollow{fill:#fff}"
    let darkRules = rules(dark) + ".hollow{fill:#14181c}"
    switch colours {
    case .light: return shapes + lightRules
    case .dark: return shapes + darkRules
    case .auto:
      return shapes + lightRules + "@media(prefers-color-scheme:dark){\(darkRules)}"
    }
  }
}
