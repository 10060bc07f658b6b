// ProgramModule
