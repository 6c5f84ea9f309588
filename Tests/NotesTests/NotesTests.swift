import Testing

@Suite struct NotesTests {}
