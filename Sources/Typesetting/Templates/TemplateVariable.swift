/// A name that a template of a document may use. `docs/templates.md` says what each holds.
enum TemplateVariable: String, CaseIterable, Sendable {
  // A page, its look and what stands around it.
  case title, author, subject, language, day, keywords, name, label, contacts, sections
  case isRightToLeft, hasContacts
  case accent, accentDark, isSerif, isCompact, isLight, isDark, isLetter, isClassic
  case printSize, printLeading, printAir, printTop, printSide, printBottom
  case up, navigation, previous, next, hasNeighbours, address, hasFeed, isSearch, isSite
  case path
  // Runs of text.
  case runs, text, href, strong, emphasis, quantity, plain, isCode
  // A section and the kinds of blocks.
  case id, hasTitle, blocks
  case heading, paragraph, list, entry, labelled, table, figures, chart, subheading, code, items
  case quote, image
  // What blocks hold.
  case tone, titleRuns, details, dates, lines, header, rows, cells, numeric, isFirst, figure
  case value, detail, isLevel3, isLevel4, isLevel5, isLevel6, tokens
  case token = "class"
  case isNumbered, start, item, hasBox, isDone, source, alternative
  // A chart and its shapes.
  case kind, description, isFluid, isBroad, width, height, shapes, rect, line, circle, attributes
  case key, words
}

/// The things that a template meets, each with names of its own.
enum TemplateScope: String, CaseIterable, Sendable {
  case page, step, contact, section, run, block
  case text, paragraph, list, entry, labelled
  case labelledLine = "line of labelled"
  case table, row, cell, figures, figure, chart, shape, attributes
  case attribute, words, subheading, code, token, items, item, quote, image, style
}
