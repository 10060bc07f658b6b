extension Program {
  /// Reads a program from its text; see ``text``. When there are several programs, the last one is the result and the
  /// others are parts of it.
  ///
  /// - Parameter primitives: finds the primitive with a name.
  /// - Throws: an error with line and column that says what was expected.
  public init(
    parsing text: String, primitives: @escaping (String) -> (any Primitive.Type)?
  ) throws(TensorError) {
    var parser = ProgramParser(text, primitives)
    self = try parser.programs()
    try verify()
  }
}

/// Reads program text; ``ProgramPrinter`` is its inverse.
struct ProgramParser {
  typealias Token = ProgramLexer.Token

  var lexer: ProgramLexer
  /// The token that is read next.
  var token = Token(kind: .newline, text: "", offset: 0)
  /// Programs that have been read, by their name with its number.
  var definitions: [String: Subprogram] = [:]
  private let primitives: (String) -> (any Primitive.Type)?

  init(_ text: String, _ primitives: @escaping (String) -> (any Primitive.Type)?) {
    lexer = ProgramLexer(text)
    self.primitives = primitives
  }

  /// Everything up to the end of the text.
  mutating func programs() throws(TensorError) -> Program {
    try skipLines()
    while true {
      let start = token
      let (name, program) = try definition()
      try skipLines()
      if token.kind == .end { return program }
      guard definitions.updateValue(Subprogram(program), forKey: name) == nil else {
        throw lexer.error("a second program named \(name)", expected: "a program with another name", at: start.offset)
      }
    }
  }

  // MARK: Tokens

  mutating func advance() throws(TensorError) { token = try lexer.next() }

  func unexpected(_ expected: String) -> TensorError {
    lexer.error(token.description, expected: expected, at: token.offset)
  }

  mutating func skipLines() throws(TensorError) {
    while token.kind == .newline || token.kind == .location { try advance() }
  }

  func isNext(_ text: String) -> Bool {
    (token.kind == .punctuation || token.kind == .identifier) && token.text == text
  }

  mutating func take(_ text: String) throws(TensorError) {
    guard isNext(text) else { throw unexpected("'\(text)'") }
    try advance()
  }

  mutating func identifier(_ what: String) throws(TensorError) -> String {
    guard token.kind == .identifier else { throw unexpected(what) }
    let name = token.text
    try advance()
    return name
  }
}

// MARK: - Programs

extension ProgramParser {
  /// What is known while one program is read.
  private struct Scope {
    var builder: ProgramBuilder
    var variables: [String: ProgramBuilder.Variable] = [:]
  }

  private mutating func definition() throws(TensorError) -> (name: String, program: Program) {
    try take("program")
    let (name, key) = try programName()
    var scope = Scope(builder: ProgramBuilder(name: name))
    try take("(")
    try skipLines()
    while !isNext(")") {
      let (name, type, offset) = try typedName()
      try define(name, scope.builder.input(type), &scope, offset)
      try skipLines()
      if !isNext(")") { try take(",") }
      try skipLines()
    }
    try take(")")
    try take("->")
    let resultsOffset = token.offset
    let results = try resultTypes()
    try take("{")
    try skipLines()
    while !isNext("return") {
      try statement(&scope)
      guard token.kind == .newline || isNext("}") else { throw unexpected("a new line") }
      try skipLines()
    }
    try advance()
    var outputs: [ProgramBuilder.Variable] = []
    while token.kind == .identifier {
      outputs.append(try operand(scope))
      if isNext(",") { try advance() } else { break }
    }
    try skipLines()
    try take("}")
    let program = try scope.builder.finish(outputs)
    guard program.outputTypes == results else {
      let found = program.outputTypes.map(\.description).joined(separator: ", ")
      throw lexer.error("result types that are not those of what is returned: \(found)", at: resultsOffset)
    }
    return (key, program)
  }

  /// A program's name, and the name with the number that makes it unique in this text.
  mutating func programName() throws(TensorError) -> (name: String, key: String) {
    guard token.kind == .identifier || token.kind == .string else { throw unexpected("the name of a program") }
    let name = token.text
    try advance()
    guard isNext(".") else { return (name, name) }
    try advance()
    guard token.kind == .number, let number = Int(token.text) else { throw unexpected("a number after the dot") }
    try advance()
    // A zero byte, which no name in a text contains unescaped, keeps "f.2" and the second f apart.
    return (name, "\(name)\0\(number)")
  }

  private mutating func typedName() throws(TensorError) -> (name: String, type: TensorType, offset: Int) {
    let offset = token.offset
    let name = try identifier("the name of a variable")
    try take(":")
    return (name, try type(), offset)
  }

  private func define(
    _ name: String, _ variable: ProgramBuilder.Variable, _ scope: inout Scope, _ offset: Int
  ) throws(TensorError) {
    guard scope.variables.updateValue(variable, forKey: name) == nil else {
      throw lexer.error("a second variable named \(name)", expected: "a new name", at: offset)
    }
  }

  private mutating func type() throws(TensorError) -> TensorType {
    guard token.kind == .identifier, let dtype = DType(name: token.text) else {
      throw unexpected("an element type such as float64")
    }
    try advance()
    try take("[")
    var sizes: [Int] = []
    while !isNext("]") {
      guard token.kind == .number, let size = Int(token.text), size >= 0 else { throw unexpected("a size") }
      sizes.append(size)
      try advance()
      if !isNext("]") { try take(",") }
    }
    try advance()
    return TensorType(dtype, Shape(sizes))
  }

  private mutating func resultTypes() throws(TensorError) -> [TensorType] {
    guard isNext("(") else { return [try type()] }
    try advance()
    var types: [TensorType] = []
    while !isNext(")") {
      types.append(try type())
      if !isNext(")") { try take(",") }
    }
    try advance()
    return types
  }

  private mutating func operand(_ scope: Scope) throws(TensorError) -> ProgramBuilder.Variable {
    guard token.kind == .identifier, let variable = scope.variables[token.text] else {
      throw unexpected("a variable that has been defined")
    }
    try advance()
    return variable
  }

  /// One line: `b: float64[] = sin a`.
  private mutating func statement(_ scope: inout Scope) throws(TensorError) {
    let start = token
    var results: [(name: String, type: TensorType, offset: Int)] = []
    // An equation without results begins with its primitive, which no colon follows.
    let first = try identifier("an equation, or 'return'")
    if isNext(":") {
      try advance()
      results.append((first, try type(), start.offset))
      while isNext(",") {
        try advance()
        results.append(try typedName())
      }
      try take("=")
    }
    let nameToken = results.isEmpty ? start : token
    let name = results.isEmpty ? first : try identifier("the name of a primitive, or 'constant'")
    if name == "constant" && results.count == 1 {
      let value = try constant(results[0].type)
      try define(results[0].name, scope.builder.constant(value), &scope, results[0].offset)
      return
    }
    guard let type = primitives(name) else {
      throw lexer.error(nameToken.description, expected: "the name of a primitive", at: nameToken.offset)
    }
    let primitive = try primitive(type, nameToken.offset)
    var operands: [ProgramBuilder.Variable] = []
    while token.kind == .identifier { operands.append(try operand(scope)) }
    var location: String?
    if token.kind == .location {
      location = token.text
      try advance()
    }
    let variables = try located(nameToken.offset) { () throws(TensorError) in
      try scope.builder.add(primitive, operands, location: location)
    }
    guard variables.count == results.count else {
      throw lexer.error("\(variables.count) results of \(name)", expected: "\(results.count)", at: nameToken.offset)
    }
    for (result, variable) in zip(results, variables) {
      let actual = try scope.builder.type(of: variable)
      guard actual == result.type else {
        throw lexer.error("the type \(result.type)", expected: "\(actual), which \(name) gives", at: result.offset)
      }
      try define(result.name, variable, &scope, result.offset)
    }
  }

  private mutating func primitive(
    _ type: any Primitive.Type, _ offset: Int
  ) throws(TensorError) -> any Primitive {
    var parameters = ParameterValue.keyed([])
    if isNext("[") { parameters = try self.parameters() }
    return try located(offset) { () throws(TensorError) in try parameters.primitive(type) }
  }

  /// Runs the closure; an error gets the place in the text.
  private func located<Result>(_ offset: Int, _ body: () throws(TensorError) -> Result) throws(TensorError) -> Result {
    do throws(TensorError) { return try body() } catch {
      var placed = lexer.error("an equation that is not valid: \(error.operation): \(error.message)", at: offset)
      placed.hint = error.hint
      throw placed
    }
  }
}
