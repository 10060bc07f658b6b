// FormulaLanguage
