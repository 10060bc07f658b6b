/// The errors, each built from the place where the parser stands.
extension FormulaParser {
  func error(_ message: String, at range: Range<Int>, hint: String? = nil) -> FormulaError {
    FormulaError(message, at: range, in: bytes, hint: hint)
  }

  private func quoted(_ token: Token) -> String {
    FormulaError.quoted(text(token.range))
  }

  // MARK: Operands

  /// The token cannot begin an operand, though one has to begin here.
  func missingOperand() -> FormulaError {
    if let lexerFailure, token.kind == .invalid { return lexerFailure }
    let previous = position > 0 ? tokens[position - 1] : nil
    let group = pending.last.flatMap { $0.role.isGroup ? $0 : nil }
    if let group, token.endsStatement || isWrongClosing(of: group) { return unclosed(group) }
    guard let previous, !previous.endsStatement, previous.kind != .invalid else { return misplaced() }
    if previous.kind == .assign { return error("missing expression after '='", at: previous.range) }
    if previous.kind.wantsOperand {
      return error("missing operand after \(quoted(previous))", at: previous.range)
    }
    if let group, token.kind == .closeParenthesis || token.kind == .closeBracket { return empty(group) }
    return misplaced()
  }

  /// The token cannot begin a statement or a group.
  private func misplaced() -> FormulaError {
    switch token.kind {
    case .closeParenthesis, .closeBracket: unopened()
    case .assign: error("missing name before '='", at: token.range, hint: "define a name with 'name = expression'")
    default: error("missing operand before \(quoted(token))", at: token.range)
    }
  }

  private func empty(_ group: Pending) -> FormulaError {
    let range = tokens[group.token].start..<token.end
    if group.role == .vector { return error("a vector needs at least one element", at: range) }
    return error("there is nothing in the parentheses", at: range)
  }

  func overflow(_ range: Range<Int>) -> FormulaError {
    error(
      "\(FormulaError.quoted(text(range))) is too large for a number", at: range, hint: "the limit is about 1.8e308")
  }

  func notAnIndex(in open: Token) -> FormulaError {
    if let lexerFailure, token.kind == .invalid { return lexerFailure }
    if token.endsStatement { return error("'[' is not closed", at: open.range) }
    if token.kind == .closeBracket {
      return error("the index is missing", at: open.start..<token.end, hint: "write an integer, such as '[0]'")
    }
    let hint = "an index counts from 0, or from the end with '-'; several are separated by ','"
    return error("an index is an integer, not \(quoted(token))", at: token.range, hint: hint)
  }

  // MARK: Operators

  /// The token is no operator, though an operand has just ended.
  func missingOperator() -> FormulaError {
    if let lexerFailure, token.kind == .invalid { return lexerFailure }
    if token.kind == .assign {
      let hint = "'==' compares; only 'name = expression' defines a name"
      return error("unexpected '='", at: token.range, hint: hint)
    }
    let left = quoted(tokens[position - 1])
    return error(
      "missing operator between \(left) and \(quoted(token))", at: token.range, hint: "write '*' to multiply")
  }

  func chainedComparison() -> FormulaError {
    error("comparisons do not chain", at: token.range, hint: "combine two with 'if(a < b, b < c, 0)'")
  }

  func unexpectedComma() -> FormulaError {
    error("unexpected ','", at: token.range, hint: "vectors are written '[a, b]', statements are separated by ';'")
  }

  // MARK: Groups

  func unclosed(_ group: Pending) -> FormulaError {
    let open = tokens[group.token]
    let hint = isWrongClosing(of: group) ? "there is \(quoted(token)) where it should be closed" : nil
    return error("\(quoted(open)) is not closed", at: open.range, hint: hint)
  }

  func unopened() -> FormulaError {
    error("\(quoted(token)) closes nothing", at: token.range)
  }

  private func isWrongClosing(of group: Pending) -> Bool {
    token.kind == (group.role == .vector ? .closeParenthesis : .closeBracket)
  }

  func checkArguments(of name: String, count: Int, at range: Range<Int>) throws(FormulaError) {
    let signature = name == "if" ? NameTable.conditional : names.functions[name]
    guard let signature, !signature.accepts(count) else { return }
    let message = "\(FormulaError.quoted(name)) takes \(signature.expectation), not \(count)"
    throw error(message, at: range, hint: name == "if" ? "write 'if(condition, a, b)'" : nil)
  }

  // MARK: Names

  func checkDefinition(of name: String, at range: Range<Int>) throws(FormulaError) {
    let shown = FormulaError.quoted(name)
    if names.variableSet.contains(name) {
      throw error("\(shown) is a variable and cannot be defined again", at: range, hint: "choose another name")
    }
    if definedNodes[name] != nil, let earlier = definitions.first(where: { $0.name == name }) {
      let newline = UInt8(ascii: "\n")
      let isOnEarlierLine = bytes[earlier.range.lowerBound..<range.lowerBound].contains(newline)
      let line = 1 + bytes[..<earlier.range.lowerBound].count(where: { $0 == newline })
      let place = isOnEarlierLine ? ", on line \(line)" : ""
      throw error("\(shown) is defined already\(place)", at: range, hint: "choose another name")
    }
    if Formula.NamedConstant(rawValue: name) != nil {
      throw error("\(shown) is a constant and cannot be defined", at: range, hint: "choose another name")
    }
    if name == "if" { throw error("'if' cannot be a name", at: range, hint: "choose another name") }
  }

  func unknownName(_ name: String, at range: Range<Int>) -> FormulaError {
    let shown = FormulaError.quoted(name)
    if tokens[position + 1].kind == .openParenthesis {
      let nearest = Spelling.nearest(to: name, among: names.functionNames)
      return error("unknown function \(shown)", at: range, hint: nearest.map(Self.suggestion))
    }
    if name == "if" || names.functions[name] != nil {
      let example = name == "if" ? "if(condition, a, b)" : name + "(...)"
      let hint = "write \(FormulaError.quoted(example))"
      return error("the function \(shown) needs its arguments in parentheses", at: range, hint: hint)
    }
    if let later = laterDefinition(of: name) {
      let message = later < position ? "is used in its own definition" : "is used before its definition"
      return error("\(shown) \(message)", at: range)
    }
    let constants = Formula.NamedConstant.allCases.map(\.rawValue).filter { $0.count > 1 }
    let candidates = [names.variables, definitions.map(\.name), constants].joined()
    if let nearest = Spelling.nearest(to: name, among: candidates) {
      return error("unknown name \(shown)", at: range, hint: Self.suggestion(nearest))
    }
    return error("unknown name \(shown)", at: range, hint: variablesHint)
  }

  private static func suggestion(_ name: String) -> String {
    "did you mean \(FormulaError.quoted(name))?"
  }

  private var variablesHint: String {
    if names.variables.isEmpty { return "there are no variables" }
    let shown = names.variables.prefix(8).map { FormulaError.quoted($0) }
    let more = names.variables.count > shown.count ? ", ..." : ""
    return (names.variables.count == 1 ? "the variable is " : "the variables are ") + shown.joined(separator: ", ")
      + more
  }

  /// The token that defines the name in a statement that is not complete.
  private func laterDefinition(of name: String) -> Int? {
    for index in tokens.indices.dropLast() where tokens[index].kind == .name && tokens[index + 1].kind == .assign {
      let beginsStatement = index == 0 || tokens[index - 1].kind == .semicolon || tokens[index - 1].kind == .newline
      if beginsStatement, text(tokens[index].range) == name { return index }
    }
    return nil
  }

  // MARK: The whole

  func noOutput() -> FormulaError {
    guard let last = definitions.last else {
      return error("the formula is empty", at: 0..<0)
    }
    let hint = "add the output as a last statement: \(FormulaError.quoted("; " + last.name))"
    return error("there is no output: every statement is a definition", at: last.range, hint: hint)
  }
}
