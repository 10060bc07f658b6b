import FormulaLanguage

/// The functions that the tests call.
let testFunctions: [FunctionSignature] = [
  FunctionSignature("sin", 1), FunctionSignature("sqrt", 1), FunctionSignature("log", 1), FunctionSignature("asin", 1),
  FunctionSignature(name: "max", minimumArguments: 1, maximumArguments: nil),
  FunctionSignature(name: "sum", minimumArguments: 1, maximumArguments: 2), FunctionSignature("zero", 0),
]

func parsed(_ source: String, _ variables: [String] = ["x", "y", "z"]) throws(FormulaError) -> Formula {
  try Formula(parsing: source, variables: variables, functions: testFunctions)
}

/// The error of a source, or a text that says that there is none.
func complaint(_ source: String, _ variables: [String] = ["x", "y", "z"]) -> String {
  do throws(FormulaError) {
    return "parsed: \(try parsed(source, variables))"
  } catch {
    return error.description
  }
}

/// What a formula is, apart from where it stands in its source.
struct Structure: Equatable {
  var kinds: [Formula.Kind]
  var operands: [[Int]]
  var definitions: [String]
  var definedNodes: [Int]
  var outputs: [Int]
  var variables: [String]

  init(_ formula: Formula) {
    kinds = formula.nodes.map(\.kind)
    operands = formula.nodes.map(\.operands)
    definitions = formula.definitions.map(\.name)
    definedNodes = formula.definitions.map(\.node)
    outputs = formula.outputs
    variables = formula.variables
  }
}
