import Commands

FullProgram.main(Array(CommandLine.arguments.dropFirst()))
