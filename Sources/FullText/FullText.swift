// FullText
