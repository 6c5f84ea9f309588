// EverydayCommands
