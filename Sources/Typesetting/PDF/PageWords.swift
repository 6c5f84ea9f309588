/// The number in the foot of a page, in the language of the document.
enum PageWords {
  /// `1 of 2`, `1 von 2`, `1 من 2`; `1 / 2` where there is no word.
  static func foot(_ number: Int, of count: Int, language: String) -> String {
    let base = String(language.lowercased().prefix { $0 != "-" })
    return "\(number) \(words[base] ?? "/") \(count)"
  }

  private static let words = [
    "en": "of", "de": "von", "fr": "sur", "es": "de", "it": "di", "pt": "de", "nl": "van",
    "sv": "av", "da": "af", "nb": "av", "el": "από", "ar": "من", "he": "מתוך", "fa": "از",
    "ur": "از",
  ]
}
