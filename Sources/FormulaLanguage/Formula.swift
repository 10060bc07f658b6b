/// A function written as text: statements parsed into one flat array of nodes.
///
///     try Formula(parsing: "a = x*y; a + sin(a)", variables: ["x", "y"], functions: [FunctionSignature("sin", 1)])
///
/// Invariant: the operands of a node come before it in `nodes`, so one loop over the array visits every operand before
/// its users. A node has one user at most, except that a definition is shared by all its uses. Nothing here is
/// recursive, whatever the nesting of the source.
public struct Formula: Sendable, Equatable {
  /// One operation of the formula.
  public struct Node: Sendable, Equatable {
    /// What the node computes.
    public var kind: Kind
    /// The indices of the operands, all smaller than the index of this node.
    public var operands: [Int]
    /// The UTF-8 offsets of the node's text in the source.
    public var range: Range<Int>
  }

  /// What a node computes from its operands.
  public enum Kind: Sendable, Equatable {
    /// A literal, finite and not negative.
    case number(Double)
    /// A constant that has a name.
    case constant(NamedConstant)
    /// One of the variables that the formula was parsed with.
    case variable(String)
    /// `-a`
    case negate
    /// `a + b`
    case add
    /// `a - b`
    case subtract
    /// `a * b`
    case multiply
    /// `a / b`
    case divide
    /// `a ^ b`
    case power
    /// `a < b` and its kin.
    case compare(Comparison)
    /// `if(condition, a, b)`
    case conditional
    /// A call of a function of this name.
    case call(String)
    /// `[a, b, ...]`, one operand for each element, at least one.
    case vector
    /// `a[i, j, ...]`; a negative index counts from the end.
    case index([Int])
  }

  /// The constants that the language knows by name.
  public enum NamedConstant: String, Sendable, Equatable, CaseIterable {
    /// The ratio of a circle's circumference to its diameter.
    case pi
    /// The base of the natural logarithm.
    case e
  }

  /// A comparison operator; the raw value is its spelling.
  public enum Comparison: String, Sendable, Equatable, CaseIterable {
    /// `a < b`
    case less = "<"
    /// `a <= b`
    case lessOrEqual = "<="
    /// `a == b`
    case equal = "=="
    /// `a != b`
    case notEqual = "!="
    /// `a >= b`
    case greaterOrEqual = ">="
    /// `a > b`
    case greater = ">"
  }

  /// A statement `name = expression`.
  public struct Definition: Sendable, Equatable {
    /// The name, unique in its formula.
    public var name: String
    /// The node that the name stands for.
    public var node: Int
    /// The UTF-8 offsets of the name in the source.
    public var range: Range<Int>
  }

  /// A definition, or an output where `name` is nil.
  struct Statement: Sendable, Equatable {
    var name: String?
    var node: Int
  }

  /// The text that was parsed.
  public let source: String
  /// The operations; operands come before their users.
  public let nodes: [Node]
  /// The definitions, in the order of the source.
  public let definitions: [Definition]
  /// The node of each output, in the order of the source. Two outputs may be the same node.
  public let outputs: [Int]
  /// The variables that the formula uses, in the order of their first use.
  public let variables: [String]

  /// Definitions and outputs in the order of the source.
  let statements: [Statement]
  /// The name that stands for a node in printed text: the shortest one that is defined as the node.
  let names: [Int: String]

  /// Parses a formula.
  ///
  /// - Parameters:
  ///   - source: Statements separated by `;` or line breaks: `name = expression`, or an expression, which is an output.
  ///   - variables: The names that have a value. One that is called `e` or `pi` hides the constant.
  ///   - functions: What can be called. `if` is always there.
  /// - Throws: the first error in the order of the source.
  /// - Complexity: O(length of the source), in time and space, on a fixed amount of stack.
  public init(parsing source: String, variables: [String], functions: [FunctionSignature]) throws(FormulaError) {
    var parser = FormulaParser(source, variables: variables, functions: functions)
    try parser.parse()
    self.source = source
    self.nodes = parser.nodes
    self.definitions = parser.definitions
    self.outputs = parser.statements.filter { $0.name == nil }.map(\.node)
    self.variables = parser.usedVariables
    self.statements = parser.statements
    var names: [Int: String] = [:]
    for statement in statements { Self.note(statement, in: &names) }
    self.names = names
  }
}
