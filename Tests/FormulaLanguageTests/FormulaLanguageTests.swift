// FormulaLanguageTests
