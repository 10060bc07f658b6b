/// A scalar expression as nodes in an order in which they can be computed, each with its element type: what a code
/// generator reads.
///
/// An expression has no types of its own. They follow from the operands' types: arithmetic has the type of what it is
/// applied to, comparisons give `bool`, indices are int64, and constants adopt the type of what they meet, which for a
/// constant alone is the type of the result. A routine is computed in float64, whatever type its arguments and its result have.
public struct TypedScalarExpression: Sendable {
  /// What one node computes; the meaning is that of ``ScalarExpression/Node``.
  public enum Operation: Sendable {
    /// The element of an operand.
    case operand(Int)
    /// A number of the node's type.
    case constant(Double)
    /// The index along an axis of the result.
    case index(axis: Int)
    /// A function of one value.
    case unary(ScalarExpression.UnaryFunction)
    /// A function of two values of one type.
    case binary(ScalarExpression.BinaryFunction)
    /// A power with a whole exponent.
    case integerPower(Int)
    /// The second value where the first one, a `bool`, holds, else the third.
    case select
    /// The value as the node's type.
    case convert
    /// A complex number from its parts.
    case complex
    /// A function of the host, or its body.
    case routine(ScalarRoutine)
  }

  /// One node.
  public struct Node: Sendable {
    /// What it computes.
    public var operation: Operation
    /// The earlier nodes whose values it takes.
    public var operands: [Int]
    /// The type of its value.
    public var dtype: DType
  }

  /// The nodes; the value of the last one is that of the expression.
  public let nodes: [Node]

  /// The nodes of an expression for operands of some types.
  ///
  /// - Parameter result: the type of the result, which constants adopt where nothing else says theirs.
  public init(_ expression: ScalarExpression, operands: [DType], result: DType) {
    var builder = Builder(operands: operands)
    _ = builder.node(expression, expecting: result)
    nodes = builder.nodes
  }
}

/// Steps while they are written, the operands of each in front of it.
private struct Builder {
  let operands: [DType]
  var nodes: [TypedScalarExpression.Node] = []
  private var known: [ObjectIdentifier: Int] = [:]
  private var types: [ObjectIdentifier: DType?] = [:]

  init(operands: [DType]) { self.operands = operands }

  private mutating func add(
    _ operation: TypedScalarExpression.Operation, _ operands: [Int] = [], _ dtype: DType
  ) -> Int {
    nodes.append(TypedScalarExpression.Node(operation: operation, operands: operands, dtype: dtype))
    return nodes.count - 1
  }

  /// The node of an expression, which is added unless it is there.
  mutating func node(_ expression: ScalarExpression, expecting expected: DType) -> Int {
    // Not remembered: a constant may be of several types.
    if case .constant(let number) = expression.node { return add(.constant(number), [], expected) }
    if let node = known[ObjectIdentifier(expression)] { return node }
    let node = added(expression, expected)
    known[ObjectIdentifier(expression)] = node
    return node
  }

  private mutating func added(_ expression: ScalarExpression, _ expected: DType) -> Int {
    switch expression.node {
    case .operand(let index): return add(.operand(index), [], operands[index])
    case .constant(let number): return add(.constant(number), [], expected)
    case .index(let axis): return add(.index(axis: axis), [], .int64)
    case .unary(let function, let x):
      let dtype = type(of: x) ?? expected
      return add(.unary(function), [node(x, expecting: dtype)], function.resultType(of: dtype))
    case .binary(let function, let x, let y):
      let dtype = type(of: x) ?? type(of: y) ?? expected
      let operands = [node(x, expecting: dtype), node(y, expecting: dtype)]
      return add(.binary(function), operands, function.resultType(of: dtype))
    case .integerPower(let x, let exponent):
      let dtype = type(of: x) ?? expected
      return add(.integerPower(exponent), [node(x, expecting: dtype)], dtype)
    case .select(let mask, let x, let y):
      let dtype = type(of: x) ?? type(of: y) ?? expected
      let operands = [node(mask, expecting: .bool), node(x, expecting: dtype), node(y, expecting: dtype)]
      return add(.select, operands, dtype)
    case .convert(let x, let to):
      return add(.convert, [node(x, expecting: type(of: x) ?? to)], to)
    case .complex(let x, let y):
      let dtype = type(of: x) ?? type(of: y) ?? expected.realPart
      return add(.complex, [node(x, expecting: dtype), node(y, expecting: dtype)], dtype.complexified ?? dtype)
    case .routine(let routine, let arguments):
      let dtype = type(of: expression) ?? expected
      return add(.routine(routine), arguments.map { node($0, expecting: dtype) }, dtype)
    }
  }

  /// The type of an expression; nothing where it has only constants.
  private mutating func type(of expression: ScalarExpression) -> DType? {
    switch expression.node {
    case .operand(let index): return operands[index]
    case .constant: return nil
    case .index: return .int64
    default: break
    }
    if let type = types[ObjectIdentifier(expression)] { return type }
    let type: DType? =
      switch expression.node {
      case .operand, .constant, .index: nil
      case .unary(let function, let x): self.type(of: x).map { function.resultType(of: $0) }
      case .binary(let function, let x, let y):
        function.isComparison ? .bool : self.type(of: x) ?? self.type(of: y)
      case .integerPower(let x, _): self.type(of: x)
      case .select(_, let x, let y): self.type(of: x) ?? self.type(of: y)
      case .convert(_, let to): to
      case .complex(let x, let y): (self.type(of: x) ?? self.type(of: y))?.complexified
      case .routine(_, let arguments): firstType(arguments)
      }
    types[ObjectIdentifier(expression)] = .some(type)
    return type
  }

  private mutating func firstType(_ expressions: [ScalarExpression]) -> DType? {
    for expression in expressions { if let type = type(of: expression) { return type } }
    return nil
  }
}

extension ScalarExpression.UnaryFunction {
  /// The type of the value for an argument of a type.
  func resultType(of argument: DType) -> DType {
    self == .realPart || self == .imaginaryPart ? argument.realPart : argument
  }
}

extension ScalarExpression.BinaryFunction {
  /// Whether it asks something of two numbers.
  var isComparison: Bool { self == .equal || self == .less || self == .lessOrEqual }

  /// The type of the value for arguments of a type.
  func resultType(of arguments: DType) -> DType { isComparison ? .bool : arguments }
}
