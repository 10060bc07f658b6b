/// Parses the tokens by operator precedence, with two stacks: operands that are complete, and operators and groups that
/// wait for theirs.
///
/// The grammar, loosest first; `^` is right associative, and takes a sign on its right (`2^-3`):
///
///     statement   name = comparison | comparison
///     comparison  sum [(< | <= | == | != | >= | >) sum]
///     sum         product {(+ | -) product}
///     product     sign {(* | /) sign}
///     sign        (+ | -) sign | power
///     power       postfix [^ sign]
///     postfix     primary {'[' integer {, integer} ']'}
///     primary     number | name | name(comparison, ...) | if(c, a, b) | (comparison) | [comparison, ...]
struct FormulaParser {
  /// A complete operand: its node, and its extent in the source with the parentheses around it.
  struct Operand {
    var node: Int
    var start: Int
    var end: Int
  }

  /// An operator or an open group.
  struct Pending {
    enum Role: Equatable {
      case binary, negate, identity
      case parentheses, call, conditional, vector

      var isGroup: Bool { self != .binary && self != .negate && self != .identity }
    }

    var role: Role
    /// The index of the operator's token, or of the one that opens the group.
    var token: Int
    /// How many operands there were before.
    var base: Int
  }

  let bytes: [UInt8]
  let tokens: [Token]
  let lexerFailure: FormulaError?
  let names: NameTable

  private(set) var nodes: [Formula.Node] = []
  private(set) var statements: [Formula.Statement] = []
  private(set) var definitions: [Formula.Definition] = []
  private(set) var usedVariables: [String] = []

  private(set) var position = 0
  private(set) var pending: [Pending] = []
  private(set) var operands: [Operand] = []
  private(set) var definedNodes: [String: Int] = [:]
  private var used: Set<String> = []

  init(_ source: String, variables: [String], functions: [FunctionSignature]) {
    let lexer = Lexer(Array(source.utf8))
    bytes = lexer.bytes
    tokens = lexer.tokens
    lexerFailure = lexer.failure
    names = NameTable(variables: variables, functions: functions)
  }

  var token: Token { tokens[position] }

  // MARK: Statements

  mutating func parse() throws(FormulaError) {
    while true {
      while token.kind == .semicolon || token.kind == .newline { position += 1 }
      if token.kind == .end { break }
      try statement()
    }
    if !statements.contains(where: { $0.name == nil }) { throw noOutput() }
  }

  private mutating func statement() throws(FormulaError) {
    guard token.kind == .name, tokens[position + 1].kind == .assign else {
      statements.append(Formula.Statement(name: nil, node: try expression()))
      return
    }
    let range = token.range
    let name = text(range)
    try checkDefinition(of: name, at: range)
    position += 2
    let node = try expression()
    definedNodes[name] = node
    definitions.append(Formula.Definition(name: name, node: node, range: range))
    statements.append(Formula.Statement(name: name, node: node))
  }

  /// Parses up to the end of the statement and gives the node of its value.
  private mutating func expression() throws(FormulaError) -> Int {
    pending.removeAll(keepingCapacity: true)
    operands.removeAll(keepingCapacity: true)
    var wantsOperand = true
    while wantsOperand || !token.endsStatement {
      wantsOperand = wantsOperand ? try beforeOperand() : try afterOperand()
    }
    reduce(toPrecedence: 0)
    if let group = pending.last { throw unclosed(group) }
    return operands[0].node
  }

  // MARK: Tokens

  /// Reads one token where an operand begins; gives whether an operand is still to come.
  private mutating func beforeOperand() throws(FormulaError) -> Bool {
    switch token.kind {
    case .number: try number()
    case .name: return try name()
    case .closeParenthesis where isEmptyCall: try close()
    case .minus: return push(.negate)
    case .plus: return push(.identity)
    case .openParenthesis: return push(.parentheses)
    case .openBracket: return push(.vector)
    default: throw missingOperand()
    }
    return false
  }

  /// Reads one token where an operand has ended; gives whether another operand has to come.
  private mutating func afterOperand() throws(FormulaError) -> Bool {
    switch token.kind {
    case .comma:
      reduce(toPrecedence: 0)
      guard let group = pending.last, group.role != .parentheses else { throw unexpectedComma() }
      position += 1
      return true
    case .closeParenthesis, .closeBracket:
      reduce(toPrecedence: 0)
      try close()
      return false
    case .openBracket:
      try index()
      return false
    default:
      guard let precedence = token.kind.precedence else { throw missingOperator() }
      reduce(toPrecedence: token.kind == .caret ? precedence + 1 : precedence)
      if precedence == Precedence.comparison, let last = pending.last, last.role == .binary {
        throw chainedComparison()
      }
      return push(.binary)
    }
  }

  /// Reads the token as an operator or an opening; an operand has to follow, so the result is true.
  private mutating func push(_ role: Pending.Role) -> Bool {
    pending.append(Pending(role: role, token: position, base: operands.count))
    position += 1
    return true
  }

  // MARK: Operands

  private mutating func number() throws(FormulaError) {
    let range = token.range
    guard let value = Double(text(range)), value.isFinite else { throw overflow(range) }
    append(.number(value), [], range)
    position += 1
  }

  /// Reads a name; gives whether it began a call, so that an operand is still to come.
  private mutating func name() throws(FormulaError) -> Bool {
    let range = token.range
    let name = text(range)
    if tokens[position + 1].kind == .openParenthesis, name == "if" || names.functions[name] != nil {
      position += 1
      return push(name == "if" ? .conditional : .call)
    }
    if names.variableSet.contains(name) {
      if used.insert(name).inserted { usedVariables.append(name) }
      append(.variable(name), [], range)
    } else if let node = definedNodes[name] {
      operands.append(Operand(node: node, start: range.lowerBound, end: range.upperBound))
    } else if let constant = Formula.NamedConstant(rawValue: name) {
      append(.constant(constant), [], range)
    } else {
      throw unknownName(name, at: range)
    }
    position += 1
    return false
  }

  private mutating func index() throws(FormulaError) {
    let open = token
    var indices: [Int] = []
    repeat {
      position += 1
      indices.append(try integer(in: open))
    } while token.kind == .comma
    guard token.kind == .closeBracket else { throw notAnIndex(in: open) }
    let base = operands.removeLast()
    append(.index(indices), [base.node], base.start..<token.end)
    position += 1
  }

  private mutating func integer(in open: Token) throws(FormulaError) -> Int {
    let start = token.start
    if token.kind == .minus || token.kind == .plus { position += 1 }
    guard token.kind == .number else { throw notAnIndex(in: open) }
    let digits = bytes[token.start..<token.end]
    guard digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { throw notAnIndex(in: open) }
    let sign = bytes[start] == UInt8(ascii: "-") ? "-" : ""
    guard let value = Int(sign + text(token.range)) else {
      throw error("the index is too large", at: start..<token.end)
    }
    position += 1
    return value
  }

  // MARK: Operators and groups

  /// Completes the operators on top of the stack that bind as tight as `least` or tighter, down to an open group.
  private mutating func reduce(toPrecedence least: Int) {
    while let top = pending.last {
      let operation = tokens[top.token]
      switch top.role {
      case .parentheses, .call, .conditional, .vector: return
      case .negate, .identity:
        guard Precedence.sign >= least else { return }
        let operand = operands.removeLast()
        if top.role == .negate {
          append(.negate, [operand.node], operation.start..<operand.end)
        } else {
          operands.append(Operand(node: operand.node, start: operation.start, end: operand.end))
        }
      case .binary:
        guard let precedence = operation.kind.precedence, precedence >= least else { return }
        // A comparison does not chain: it is left on the stack for the error.
        if precedence == Precedence.comparison, least == Precedence.comparison { return }
        let right = operands.removeLast()
        let left = operands.removeLast()
        append(operation.kind.operation, [left.node, right.node], left.start..<right.end)
      }
      pending.removeLast()
    }
  }

  /// Whether the token closes a call right after it was opened.
  private var isEmptyCall: Bool {
    guard let group = pending.last, group.token == position - 1 else { return false }
    return group.role == .call || group.role == .conditional
  }

  /// Completes the group on top of the stack with the closing token.
  private mutating func close() throws(FormulaError) {
    guard let group = pending.last else { throw unopened() }
    guard (group.role == .vector) == (token.kind == .closeBracket) else { throw unclosed(group) }
    pending.removeLast()
    let elements = operands[group.base...].map(\.node)
    let first = operands.count > group.base ? operands[group.base].node : nil
    operands.removeSubrange(group.base...)
    let open = tokens[group.token]
    switch group.role {
    case .vector: append(.vector, elements, open.start..<token.end)
    case .call, .conditional:
      let nameRange = tokens[group.token - 1].range
      let name = text(nameRange)
      try checkArguments(of: name, count: elements.count, at: nameRange)
      append(group.role == .call ? .call(name) : .conditional, elements, nameRange.lowerBound..<token.end)
    default:
      if let first { operands.append(Operand(node: first, start: open.start, end: token.end)) }
    }
    position += 1
  }

  private mutating func append(_ kind: Formula.Kind, _ inputs: [Int], _ range: Range<Int>) {
    operands.append(Operand(node: nodes.count, start: range.lowerBound, end: range.upperBound))
    nodes.append(Formula.Node(kind: kind, operands: inputs, range: range))
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
