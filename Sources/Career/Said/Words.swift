/// What a document says by itself in one language: headings, months, the words around figures.
///
/// How a metric becomes a sentence in each is told by ``Sentences``.
public struct Words: Sendable, Equatable {
  /// The base of the language: `sv`.
  let language: String
  let parts: [View.Part: String]
  private let months: [String]
  let present: String
  let areas: String
  let tools: String
  let courses: String
  let estimated: String
  /// With `%` for the number of percent.
  let share: String
  /// With `%` for the number of people.
  let people: String
  /// With `%` for a name.
  let resumeOf: String
  /// Of percentages, whose change is said in them.
  let points: String
  /// With `%` for a year or a month: `used 2026`.
  let used: String
  /// Aware, working, strong, expert.
  let levels: [String]
  /// Signs between thousands and before decimals.
  private let grouping: String
  private let decimal: String
  /// Day, days, weeks, months, years; then the word behind a value per second, minute, hour, day, week,
  /// month, quarter, year.
  private let time: [String]
  private let periods: [String]

  /// Languages there are words for.
  public static let languages = table.keys.sorted()

  /// The words of a language by its tag; nil when there are none.
  public init?(_ tag: String?) {
    guard let words = Self.table[LanguageTag.base(tag ?? "en")] else { return nil }
    self = words
  }

  public static let english = table["en"] ?? Words(language: "en", "", "", "", "", ",.", "", "")

  /// How sentences are made of metrics; nil for English, whose verbs ``Bullet`` knows.
  var sentences: Sentences? { Sentences.table[language] }

  var isRightToLeft: Bool { language == "ar" }

  /// Between a name and its value.
  var colon: String { language == "fr" ? "\u{202F}: " : language == "ja" ? "：" : ": " }

  /// Between parts of a sentence.
  var comma: String { language == "ja" ? "、" : language == "ar" ? "، " : ", " }

  /// Between groups of things that have commas themselves.
  var semicolon: String { language == "ja" ? "／" : language == "ar" ? "؛ " : "; " }

  /// Before a remark, between two and behind the last.
  var brackets: (String, String, String) {
    language == "ja" ? ("（", "、", "）") : (" (", comma, ")")
  }

  // MARK: - Dates

  /// `Mar 2025`, `2025年3月`, or the year alone.
  func month(_ date: CalendarDate) -> String {
    guard let month = date.month else { return String(date.year) }
    if language == "ja" { return "\(date.year)年\(month)月" }
    return months[(month - 1) % 12] + " " + String(date.year)
  }

  /// `Apr 2025 – present`; empty when nothing is known.
  func range(_ start: CalendarDate?, _ end: CalendarDate?) -> String {
    switch (start, end) {
    case (nil, nil): return ""
    case (nil, let end?): return month(end)
    case (let start?, nil): return month(start) + " – " + present
    case (let start?, let end?):
      let (first, last) = (month(start), month(end))
      return first == last ? first : first + " – " + last
    }
  }

  // MARK: - Figures

  /// A figure as folio writes it, `6 h 10 min` or `€18,400`, with the signs and words of the language.
  func figure(_ text: String) -> String {
    guard language != "en" else { return text }
    var parts: [String] = []
    for word in text.split(separator: " ") {
      if let index = ["day", "days", "weeks", "months", "years"].firstIndex(of: word) {
        parts.append(time[index])
      } else if word == "points" {
        parts.append(points)
      } else if let short = Self.shortTimes[language],
        let index = ["h", "min", "s"].firstIndex(of: word)
      {
        parts.append(short[index])
      } else {
        parts.append(localised(word))
      }
    }
    // The sign for percent stands in front in Turkish.
    if language == "tr", parts.count == 2, parts[1] == "%" {
      let sign = parts[0].prefix { "−+".contains($0) }
      return sign + "%" + parts[0].dropFirst(sign.count)
    }
    return parts.joined(separator: language == "ja" ? "" : " ")
  }

  /// Hours, minutes and seconds where the signs h, min and s are not what people write.
  private static let shortTimes = [
    "ja": ["時間", "分", "秒"], "tr": ["sa", "dk", "sn"], "el": ["ώ.", "λεπτά", "δευτ."],
    "ar": ["س", "د", "ث"],
  ]

  private func localised(_ word: Substring) -> String {
    var out = ""
    var last: Character = " "
    for character in word {
      switch character {
      case "," where last.isASCIIDigit: out += grouping
      case "." where last.isASCIIDigit: out += decimal
      default: out.append(character)
      }
      last = character
    }
    return out
  }

  /// ` a month`, ` per månad`; empty for what is no stretch of time.
  func period(_ period: Period) -> String {
    let all: [Period] = [.second, .minute, .hour, .day, .week, .month, .quarter, .year]
    guard let index = all.firstIndex(of: period) else { return "" }
    return (language == "ja" ? "" : " ") + periods[index]
  }

  static func filled(_ pattern: String, _ text: String) -> String {
    pattern.replacing("%", with: text)
  }

  /// What a section is called; in English where the language has no word for it yet.
  func title(of part: View.Part) -> String {
    parts[part] ?? Words.english.parts[part] ?? part.rawValue
  }

  // MARK: - The table

  private init(
    language: String, _ parts: String, _ months: String, _ words: String, _ patterns: String,
    _ signs: String, _ time: String, _ periods: String, _ skills: String = ""
  ) {
    func list(_ text: String) -> [String] {
      text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
    self.language = language
    let titles = list(parts)
    self.parts = Dictionary(
      zip(View.Part.allCases, titles).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    self.months = list(months)
    let words = list(words) + Array(repeating: "", count: 5)
    (present, areas, tools, courses, estimated) = (words[0], words[1], words[2], words[3], words[4])
    let patterns = list(patterns) + Array(repeating: "%", count: 3)
    (share, people, resumeOf) = (patterns[0], patterns[1], patterns[2])
    let signs = signs.map(String.init)
    grouping = signs.first ?? ","
    decimal = signs.last ?? "."
    let skills = list(skills) + Array(repeating: "", count: 6)
    (points, used, levels) = (skills[0], skills[1], Array(skills[2..<6]))
    self.time = list(time) + Array(repeating: "", count: 5)
    self.periods = list(periods) + Array(repeating: "", count: 8)
  }

  /// In the order of ``View/Part``: summary, figures, skills, work, projects, education,
  /// certificates, languages, interests, timeline, notes, volunteer, awards, publications, talks,
  /// contributions, references, growth, practice, milestones.
  private static let table: [String: Words] = {
    let all = [
      Words(
        language: "en",
        "Summary|In figures|Skills|Experience|Projects|Education|Certificates|Languages|Interests|Timeline|Notes|Volunteering|Awards|Publications|Talks|Contributions|References|Notes over time|Practice|Milestones",
        "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
        "present|Areas|Tools|Courses|estimated", "my part %|for % people|Resume of %", ",.",
        "day|days|weeks|months|years",
        "a second|a minute|an hour|a day|a week|a month|a quarter|a year",
        "points|used %|Aware|Working|Strong|Expert"),
      Words(
        language: "de",
        "Profil|In Zahlen|Kenntnisse|Berufserfahrung|Projekte|Ausbildung|Zertifikate|Sprachen|Interessen|Zeitleiste|Notizen|Ehrenamt|Auszeichnungen|Veröffentlichungen|Vorträge|Beiträge|Referenzen|Notizen im Lauf der Zeit|Übung|Meilensteine",
        "Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.",
        "heute|Gebiete|Werkzeuge|Kurse|geschätzt", "mein Anteil %|für % Personen|Lebenslauf von %",
        ".,", "Tag|Tage|Wochen|Monate|Jahre",
        "je Sekunde|je Minute|je Stunde|am Tag|je Woche|im Monat|im Quartal|im Jahr",
        "Prozentpunkte|zuletzt %|Grundlagen|Sicher|Stark|Experte"),
      Words(
        language: "fr",
        "Profil|En chiffres|Compétences|Expérience|Projets|Formation|Certifications|Langues|Centres d’intérêt|Chronologie|Notes|Bénévolat|Distinctions|Publications|Conférences|Contributions|Références|Notes au fil du temps|Pratique|Jalons",
        "janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.",
        "aujourd’hui|Domaines|Outils|Cours|estimation", "ma part %|pour % personnes|CV de %",
        "\u{202F},", "jour|jours|semaines|mois|ans",
        "par seconde|par minute|par heure|par jour|par semaine|par mois|par trimestre|par an",
        "points|utilisé en %|Notions|Opérationnel|Confirmé|Expert"),
      Words(
        language: "es",
        "Perfil|En cifras|Competencias|Experiencia|Proyectos|Formación|Certificados|Idiomas|Intereses|Cronología|Notas|Voluntariado|Premios|Publicaciones|Charlas|Contribuciones|Referencias|Notas en el tiempo|Práctica|Hitos",
        "ene.|feb.|mar.|abr.|may.|jun.|jul.|ago.|sept.|oct.|nov.|dic.",
        "actualidad|Áreas|Herramientas|Cursos|estimado",
        "mi parte %|para % personas|Currículum de %", ".,", "día|días|semanas|meses|años",
        "por segundo|por minuto|por hora|al día|por semana|al mes|por trimestre|al año",
        "puntos|usado en %|Nociones|Operativo|Avanzado|Experto"),
      Words(
        language: "it",
        "Profilo|In cifre|Competenze|Esperienza|Progetti|Istruzione|Certificazioni|Lingue|Interessi|Cronologia|Note|Volontariato|Premi|Pubblicazioni|Interventi|Contributi|Referenze|Note nel tempo|Pratica|Traguardi",
        "gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic",
        "oggi|Aree|Strumenti|Corsi|stimato", "mia parte %|per % persone|Curriculum di %", ".,",
        "giorno|giorni|settimane|mesi|anni",
        "al secondo|al minuto|all’ora|al giorno|a settimana|al mese|a trimestre|all’anno",
        "punti|usato nel %|Nozioni|Operativo|Avanzato|Esperto"),
      Words(
        language: "pt",
        "Perfil|Em números|Competências|Experiência|Projetos|Formação|Certificados|Idiomas|Interesses|Cronologia|Notas|Voluntariado|Prémios|Publicações|Palestras|Contribuições|Referências|Notas ao longo do tempo|Prática|Marcos",
        "jan.|fev.|mar.|abr.|mai.|jun.|jul.|ago.|set.|out.|nov.|dez.",
        "presente|Áreas|Ferramentas|Cursos|estimado",
        "a minha parte %|para % pessoas|Currículo de %", ".,", "dia|dias|semanas|meses|anos",
        "por segundo|por minuto|por hora|por dia|por semana|por mês|por trimestre|por ano",
        "pontos|usado em %|Noções|Operacional|Avançado|Especialista"),
      Words(
        language: "nl",
        "Profiel|In cijfers|Vaardigheden|Werkervaring|Projecten|Opleiding|Certificaten|Talen|Interesses|Tijdlijn|Notities|Vrijwilligerswerk|Onderscheidingen|Publicaties|Lezingen|Bijdragen|Referenties|Notities door de tijd|Oefening|Mijlpalen",
        "jan.|feb.|mrt.|apr.|mei|juni|juli|aug.|sep.|okt.|nov.|dec.",
        "heden|Gebieden|Gereedschap|Cursussen|geschat", "mijn deel %|voor % mensen|CV van %", ".,",
        "dag|dagen|weken|maanden|jaar",
        "per seconde|per minuut|per uur|per dag|per week|per maand|per kwartaal|per jaar",
        "procentpunten|gebruikt in %|Basis|Vaardig|Sterk|Expert"),
      Words(
        language: "sv",
        "Profil|I siffror|Kompetens|Arbetslivserfarenhet|Projekt|Utbildning|Certifikat|Språk|Intressen|Tidslinje|Anteckningar|Ideellt arbete|Utmärkelser|Publikationer|Föredrag|Bidrag|Referenser|Anteckningar över tid|Övning|Milstolpar",
        "jan.|feb.|mars|apr.|maj|juni|juli|aug.|sep.|okt.|nov.|dec.",
        "pågående|Områden|Verktyg|Kurser|uppskattat", "min del %|för % personer|CV för %",
        "\u{A0},", "dag|dagar|veckor|månader|år",
        "per sekund|per minut|per timme|per dag|per vecka|per månad|per kvartal|per år",
        "procentenheter|använt %|Grunder|Arbetsvana|Stark|Expert"),
      Words(
        language: "tr",
        "Özet|Rakamlarla|Yetkinlikler|İş Deneyimi|Projeler|Eğitim|Sertifikalar|Diller|İlgi Alanları|Zaman Çizelgesi|Notlar|Gönüllülük|Ödüller|Yayınlar|Konuşmalar|Katkılar|Referanslar|Zaman İçinde Notlar|Alıştırma|Kilometre Taşları",
        "Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara",
        "devam ediyor|Alanlar|Araçlar|Dersler|tahmini",
        "payım %|% kişi için|%, özgeçmiş", ".,", "gün|gün|hafta|ay|yıl",
        "(saniyede)|(dakikada)|(saatte)|(günde)|(haftada)|(ayda)|(çeyrekte)|(yılda)",
        "puan|son kullanım %|Temel|Yeterli|İleri|Uzman"),
      Words(
        language: "el",
        "Προφίλ|Σε αριθμούς|Δεξιότητες|Επαγγελματική εμπειρία|Έργα|Εκπαίδευση|Πιστοποιήσεις|Γλώσσες|Ενδιαφέροντα|Χρονολόγιο|Σημειώσεις|Εθελοντισμός|Διακρίσεις|Δημοσιεύσεις|Ομιλίες|Συνεισφορές|Συστάσεις|Σημειώσεις στον χρόνο|Εξάσκηση|Ορόσημα",
        "Ιαν.|Φεβ.|Μαρ.|Απρ.|Μάι.|Ιουν.|Ιουλ.|Αύγ.|Σεπ.|Οκτ.|Νοε.|Δεκ.",
        "σήμερα|Τομείς|Εργαλεία|Μαθήματα|εκτίμηση",
        "το μέρος μου %|για % άτομα|Βιογραφικό: %", ".,", "ημέρα|ημέρες|εβδομάδες|μήνες|έτη",
        "ανά δευτερόλεπτο|ανά λεπτό|ανά ώρα|την ημέρα|την εβδομάδα|τον μήνα|το τρίμηνο|τον χρόνο",
        "μονάδες|χρήση έως %|Βασικά|Επαρκώς|Πολύ καλά|Ειδικός"),
      Words(
        language: "ja",
        "概要|数字で見る実績|スキル|職務経歴|プロジェクト|学歴|資格|語学|趣味・関心|年表|ノート|ボランティア|受賞歴|出版物|講演|貢献|推薦者|ノートの推移|練習|マイルストーン",
        "1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月",
        "現在|分野|ツール|履修科目|推定", "担当分 %|%名分|%の履歴書", ",.", "日|日|週間|か月|年",
        "（毎秒）|（毎分）|（毎時）|（毎日）|（毎週）|（毎月）|（四半期ごと）|（毎年）",
        "ポイント|最終使用%年|基礎|実務|得意|専門"),
      Words(
        language: "ar",
        "نبذة|بالأرقام|المهارات|الخبرة العملية|المشاريع|التعليم|الشهادات|اللغات|الاهتمامات|الخط الزمني|ملاحظات|العمل التطوعي|الجوائز|المنشورات|المحاضرات|المساهمات|المراجع|الملاحظات عبر الزمن|التمرين|المحطات الرئيسية",
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
        "الآن|المجالات|الأدوات|المقررات|تقديري", "نصيبي %|لعدد % أشخاص|السيرة الذاتية: %", ",.",
        "يوم|أيام|أسابيع|أشهر|سنوات",
        "في الثانية|في الدقيقة|في الساعة|في اليوم|في الأسبوع|في الشهر|في الربع|في السنة",
        "نقاط|آخر استخدام %|إلمام|ممارسة|تمكّن|خبرة"),
    ]
    return Dictionary(all.map { ($0.language, $0) }, uniquingKeysWith: { first, _ in first })
  }()
}
