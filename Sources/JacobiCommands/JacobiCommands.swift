// JacobiCommands
