/// What is particular to the language of an advertisement: how its headings tell what is a must.
struct AdvertisementLanguage: Sendable {
  /// Words of few letters that only this language uses often.
  let marks: Set<String>
  /// Parts of headings over what is required, over what is welcome, and over what asks for nothing.
  let must: [String]
  let nice: [String]
  let other: [String]
  /// Whether a capital inside a sentence is the sign of a name: not in German, where every noun has
  /// one, and not where there are no capitals.
  let capitalsAreNames: Bool

  private init(
    _ marks: String, must: String, nice: String, other: String, capitalsAreNames: Bool = true
  ) {
    func list(_ text: String) -> [String] { text.split(separator: "|").map(String.init) }
    self.marks = Set(marks.split(separator: " ").map(String.init))
    self.must = list(must)
    self.nice = list(nice)
    self.other = list(other)
    self.capitalsAreNames = capitalsAreNames
  }

  /// The language that a text is most likely in, English when nothing says otherwise.
  static func of(_ text: String) -> AdvertisementLanguage {
    let words = text.lowercased().split { !$0.isLetter }
    var best = (language: all[0], count: 0)
    for language in all {
      let count = words.count { language.marks.contains(String($0)) }
      if count > best.count { best = (language, count) }
    }
    let scalars = text.unicodeScalars
    func share(_ range: ClosedRange<UInt32>) -> Int {
      scalars.count { range.contains($0.value) } * 10
    }
    let letters = scalars.count { $0.properties.isAlphabetic }
    if letters > 0 {
      if share(0x3040...0x30FF) > letters { return japanese }
      if share(0x0600...0x06FF) > letters * 3 { return arabic }
      if share(0x0370...0x03FF) > letters * 3 { return greek }
    }
    return best.language
  }

  private static let all = [
    AdvertisementLanguage(
      "the and you our with for are your will have",
      must:
        "require|must have|you have|you bring|qualif|what we expect|your profile|we are looking for|skills|what you need|who you are",
      nice: "nice to have|bonus|plus|preferred|advantage|optional|good to have",
      other: "we offer|benefits|about us|perks|how to apply|privacy|what you get|equal opportunity"
    ),
    AdvertisementLanguage(
      "und der die das mit wir sie für ist eine bei von",
      must:
        "anforderung|dein profil|ihr profil|das bringst du|das bringen sie|voraussetzung|qualifikation|du hast|kenntnisse|was wir erwarten",
      nice: "von vorteil|wünschenswert|idealerweise|nice to have|plus",
      other: "wir bieten|das bieten wir|benefits|über uns|kontakt|bewerbung|datenschutz",
      capitalsAreNames: false),
    AdvertisementLanguage(
      "et les des vous nous pour avec une dans votre est",
      must: "profil|compétences|exigences|prérequis|vous avez|requis|ce que nous attendons",
      nice: "atout|souhaité|bonus|un plus|apprécié",
      other: "nous offrons|avantages|à propos|postuler|qui sommes|confidentialité"),
    AdvertisementLanguage(
      "y los las para con una que en del nuestro tu",
      must: "requisitos|perfil|necesitamos|imprescindible|experiencia requerida|buscamos",
      nice: "valorable|deseable|se valora|plus",
      other: "ofrecemos|beneficios|sobre nosotros|cómo aplicar|privacidad"),
    AdvertisementLanguage(
      "e di che per con una il della nel sei siamo",
      must: "requisiti|profilo|competenze|cosa cerchiamo", nice: "gradito|preferenziale|plus",
      other: "offriamo|benefit|chi siamo|candidarsi|privacy"),
    AdvertisementLanguage(
      "e de para com uma não você nossa os do da em",
      must: "requisitos|perfil|o que procuramos|obrigatório",
      nice: "diferencial|desejável|valorizamos",
      other: "oferecemos|benefícios|sobre nós|candidatura|privacidade"),
    AdvertisementLanguage(
      "en het een van met voor je jij wij onze bij",
      must: "functie-eisen|jouw profiel|wat vragen we|vereisten|je hebt|wie ben jij",
      nice: "pré|pluspunt|mooi meegenomen|bonus", other: "wij bieden|over ons|solliciteren|privacy"),
    AdvertisementLanguage(
      "och att vi du för med som är på en av till",
      must: "krav|kvalifikation|din profil|vi söker|du har|vem är du|erfarenhet av",
      nice: "meriterande|meriter|plus|gärna",
      other: "vi erbjuder|om oss|förmåner|ansökan|integritet"),
    AdvertisementLanguage(
      "ve bir için ile olan olarak bu da en iyi",
      must: "aranan|gereklilik|nitelikler|beklentiler|yetkinlikler", nice: "tercih|artı|avantaj",
      other: "sunduklarımız|hakkımızda|yan haklar|başvuru|gizlilik"),
  ]
  private static let greek = AdvertisementLanguage(
    "", must: "απαιτούμενα|προσόντα|απαιτήσεις|προφίλ", nice: "επιθυμητ|θα εκτιμηθ",
    other: "προσφέρουμε|παροχές|σχετικά")
  private static let japanese = AdvertisementLanguage(
    "", must: "必須|応募資格|求める|要件", nice: "歓迎|尚可|優遇", other: "待遇|福利厚生|会社概要|応募方法",
    capitalsAreNames: true)
  private static let arabic = AdvertisementLanguage(
    "", must: "المتطلبات|المؤهلات|المهارات", nice: "يفضل|ميزة|إضافية",
    other: "نقدم|المزايا|عن الشركة",
    capitalsAreNames: true)
}
