/// The names that are known before a formula is parsed.
struct NameTable {
  let variables: [String]
  let variableSet: Set<String>
  let functionNames: [String]
  let functions: [String: FunctionSignature]

  /// `if(condition, a, b)`, which every formula can call.
  static let conditional = FunctionSignature("if", 3)

  init(variables: [String], functions: [FunctionSignature]) {
    self.variables = variables
    variableSet = Set(variables)
    functionNames = functions.map(\.name) + [Self.conditional.name]
    self.functions = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
