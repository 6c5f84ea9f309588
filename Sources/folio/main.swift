import EverydayCommands

Program.main(Array(CommandLine.arguments.dropFirst()))
