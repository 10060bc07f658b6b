extension Formula: CustomStringConvertible {
  /// The whole formula on one line, with as few parentheses as it needs; parsed again it gives the same nodes.
  public var description: String {
    var printer = Printer(formula: self)
    var names: [Int: String] = [:]
    for (position, statement) in statements.enumerated() {
      if position > 0 { printer.text += "; " }
      if let name = statement.name { printer.text += name + " = " }
      if let name = names[statement.node] {
        printer.text += name
      } else {
        printer.print(statement.node, names: names)
      }
      Self.note(statement, in: &names)
    }
    return printer.text
  }

  /// The expression of a node, with as few parentheses as it needs.
  ///
  /// An operand that has a name in the formula is printed as that name, so the text is never longer than the source,
  /// up to spaces, parentheses and the spelling of numbers.
  public func text(of node: Int) -> String {
    var printer = Printer(formula: self)
    printer.print(node, names: names)
    return printer.text
  }

  /// Makes the statement's name the printed name of its node, unless there is one that is no longer.
  static func note(_ statement: Statement, in names: inout [Int: String]) {
    guard let name = statement.name else { return }
    if let known = names[statement.node], known.utf8.count <= name.utf8.count { return }
    names[statement.node] = name
  }
}

/// Prints nodes with a stack of what is still to be printed, the next on top.
private struct Printer {
  private enum Item {
    case text(String)
    /// A node, in parentheses if it binds looser than the precedence.
    case node(Int, Int)
  }

  let formula: Formula
  var text = ""
  private var stack: [Item] = []

  init(formula: Formula) { self.formula = formula }

  mutating func print(_ root: Int, names: [Int: String]) {
    expand(root)
    while let item = stack.popLast() {
      switch item {
      case .text(let piece): text += piece
      case .node(let node, let least):
        if let name = names[node] {
          text += name
        } else if Self.precedence(of: formula.nodes[node].kind) >= least {
          expand(node)
        } else {
          text += "("
          stack.append(.text(")"))
          expand(node)
        }
      }
    }
  }

  private static func precedence(of kind: Formula.Kind) -> Int {
    switch kind {
    case .compare: Precedence.comparison
    case .add, .subtract: Precedence.sum
    case .multiply, .divide: Precedence.product
    case .negate: Precedence.sign
    case .power: Precedence.power
    case .number, .constant, .variable, .conditional, .call, .vector, .index: Precedence.postfix
    }
  }

  private mutating func expand(_ index: Int) {
    let node = formula.nodes[index]
    switch node.kind {
    case .number(let value):
      let digits = value.description
      text += digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    case .constant(let constant): text += constant.rawValue
    case .variable(let name): text += name
    case .negate:
      text += "-"
      stack.append(.node(node.operands[0], Precedence.sign))
    case .add: infix(node, Precedence.sum, " + ", Precedence.product)
    case .subtract: infix(node, Precedence.sum, " - ", Precedence.product)
    case .multiply: infix(node, Precedence.product, "*", Precedence.sign)
    case .divide: infix(node, Precedence.product, "/", Precedence.sign)
    case .power: infix(node, Precedence.postfix, "^", Precedence.sign)
    case .compare(let comparison): infix(node, Precedence.sum, " \(comparison.rawValue) ", Precedence.sum)
    case .conditional: list("if(", node.operands, ")")
    case .call(let name): list(name + "(", node.operands, ")")
    case .vector: list("[", node.operands, "]")
    case .index(let indices):
      stack.append(.text("[" + indices.map { String($0) }.joined(separator: ", ") + "]"))
      stack.append(.node(node.operands[0], Precedence.postfix))
    }
  }

  private mutating func infix(_ node: Formula.Node, _ left: Int, _ symbol: String, _ right: Int) {
    stack.append(.node(node.operands[1], right))
    stack.append(.text(symbol))
    stack.append(.node(node.operands[0], left))
  }

  private mutating func list(_ open: String, _ operands: [Int], _ close: String) {
    text += open
    stack.append(.text(close))
    for position in operands.indices.reversed() {
      stack.append(.node(operands[position], Precedence.comparison))
      if position > 0 { stack.append(.text(", ")) }
    }
  }
}
