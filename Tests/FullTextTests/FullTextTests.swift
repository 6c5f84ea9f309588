import Testing

@Suite struct FullTextTests {}
