import ControlPrimitives

// How the operations look in an expression: operators where there are any, else the primitive's name and parameters.

extension ExpressionText {
  private typealias Operator = (symbol: String, binding: Binding, left: Binding, right: Binding)

  private static let operators: [String: Operator] = [
    Add.name: (" + ", .sum, .sum, .product),
    Subtract.name: (" - ", .sum, .sum, .product),
    Multiply.name: (" * ", .product, .product, .sign),
    ZeroAbsorbingMultiply.name: (" * ", .product, .product, .sign),
    Divide.name: (" / ", .product, .product, .sign),
    IntegerQuotient.name: (" / ", .product, .product, .sign),
    IntegerRemainder.name: (" % ", .product, .product, .sign),
    Power.name: ("^", .power, .postfix, .sign),
    Less.name: (" < ", .comparison, .sum, .sum),
    LessOrEqual.name: (" <= ", .comparison, .sum, .sum),
    Equal.name: (" == ", .comparison, .sum, .sum),
  ]

  /// Primitives whose names are not those that people write.
  private static let names = [
    Select.name: "if", ReduceMax.name: "max", ReduceMin.name: "min", Modulus.name: "abs",
  ]

  /// An operation on operands of which the texts are known.
  init(_ primitive: any Primitive, _ x: [ExpressionText], _ types: [TensorType], _ results: [TensorType]) {
    let name = type(of: primitive).name
    if x.count == 2, let shape = Self.operators[name] {
      self = .infix(x[0], shape, x[1])
    } else if name == DirectionCosine.name, x.count == 2 {
      self = .infix(x[0], (" / ", .product, .product, .sign), ExpressionText("hypot(\(Self.list(x)))"))
    } else if let text = Self.matrixOperation(primitive, x) ?? Self.reduction(primitive, x, types) {
      self = text
    } else if x.count == 1, let text = Self.unary(primitive, x[0], types[0]) {
      self = text
    } else if x.count == 2, name == DotGeneral.name || name == ZeroAbsorbingDotGeneral.name,
      let product = primitive as? DotGeneral ?? (primitive as? ZeroAbsorbingDotGeneral)?.product
    {
      self = .product(product, x, types)
    } else {
      self.init("\(Self.names[name] ?? name)\(Self.parameters(of: primitive))(\(Self.list(x)))")
    }
  }

  private static func infix(_ x: ExpressionText, _ shape: Operator, _ y: ExpressionText) -> ExpressionText {
    let left = x.parenthesized(shape.left)
    // A sum with a negative is a difference, and so the other way round.
    if shape.binding == .sum, y.binding.rawValue >= Binding.sign.rawValue, y.text.hasPrefix("-") {
      return ExpressionText("\(left)\(shape.symbol == " + " ? " - " : " + ")\(y.text.dropFirst())", .sum)
    }
    return ExpressionText("\(left)\(shape.symbol)\(y.parenthesized(shape.right))", shape.binding)
  }

  private static func unary(_ primitive: any Primitive, _ x: ExpressionText, _ type: TensorType) -> ExpressionText? {
    // By name first: to ask a primitive for each of these types takes longer than to write the text.
    switch Swift.type(of: primitive).name {
    case Negate.name: return ExpressionText("-\(x.parenthesized(.power))", .sign)
    // Functions that derivatives are made of, as people write them.
    case LogisticSlope.name:
      return ExpressionText("sigmoid(\(x.text)) * sigmoid(-\(x.parenthesized(.power)))", .product)
    case OneMinusSquare.name: return ExpressionText("1 - \(x.parenthesized(.postfix))^2", .sum)
    case RootOneMinusSquare.name: return ExpressionText("sqrt(1 - \(x.parenthesized(.postfix))^2)")
    case RootSquareMinusOne.name: return ExpressionText("sqrt(\(x.parenthesized(.postfix))^2 - 1)")
    case HypotOne.name: return ExpressionText("sqrt(1 + \(x.parenthesized(.postfix))^2)")
    case IntegerPower.name, Reshape.name, Slice.name, Embed.name, Broadcast.name, Convert.name:
      return parameterized(primitive, x, type)
    default: return nil
    }
  }

  private static func parameterized(
    _ primitive: any Primitive, _ x: ExpressionText, _ type: TensorType
  ) -> ExpressionText? {
    switch primitive {
    case let reshape as Reshape:
      if type.shape.isScalar && reshape.shape == [1] { return ExpressionText("[\(x.text)]") }
      if type.shape == [1] && reshape.shape.isEmpty { return ExpressionText("\(x.parenthesized(.postfix))[0]") }
      return ExpressionText("reshape(\(x.text), \(list(reshape.shape)))")
    case let slice as Slice:
      return ExpressionText("\(x.parenthesized(.postfix))[\(indices(slice.axes, type.shape.dimensions))]")
    case let embed as Embed:
      return ExpressionText("embed(\(x.text), [\(indices(embed.axes, embed.shape))], \(list(embed.shape)))")
    case let broadcast as Broadcast: return ExpressionText("broadcast(\(x.text), \(list(broadcast.shape)))")
    case let power as IntegerPower:
      return power.exponent == 1 ? x : ExpressionText("\(x.parenthesized(.postfix))^\(power.exponent)", .power)
    case let convert as Convert: return ExpressionText("\(convert.to)(\(x.text))")
    default: return nil
    }
  }

  /// The sizes as an array describes itself, which takes longer.
  private static func list(_ sizes: [Int]) -> String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }

  /// A reduction along all axes needs no parameters.
  private static func reduction(
    _ primitive: any Primitive, _ x: [ExpressionText], _ types: [TensorType]
  ) -> ExpressionText? {
    guard primitive.traits.contains(.reduction),
      case .keyed(let fields)? = try? ParameterValue(parametersOf: primitive),
      fields.count == 1, case .list(let axes) = fields[0].value, axes.count == types.first?.shape.rank
    else { return nil }
    let name = Swift.type(of: primitive).name
    return ExpressionText("\(names[name] ?? name)(\(list(x)))")
  }

  private static func product(
    _ product: DotGeneral, _ x: [ExpressionText], _ types: [TensorType]
  ) -> ExpressionText {
    if types.contains(where: \.shape.isScalar) { return infix(x[0], (" * ", .product, .product, .sign), x[1]) }
    let ranks = types.map(\.shape.rank)
    let isPlain = product.lhsBatch.isEmpty && product.lhsContracting == [ranks[0] - 1] && product.rhsContracting == [0]
    if isPlain { return ExpressionText("dot(\(list(x)))") }
    if product.lhsContracting.isEmpty && product.lhsBatch.isEmpty { return ExpressionText("outer(\(list(x)))") }
    return ExpressionText("dot\(parameters(of: product))(\(list(x)))")
  }

  private static func list(_ x: [ExpressionText]) -> String {
    // More than a few operands would be cut anyway; their texts need not be joined first.
    let shown = x.count > 12 ? x.prefix(6).map(\.text) + ["..."] + x.suffix(3).map(\.text) : x.map(\.text)
    return shown.joined(separator: ", ")
  }

  private static func indices(_ axes: [AxisSlice], _ sizes: [Int]) -> String {
    var parts = zip(axes, sizes).map { axis, size -> String in
      if axis.dropsAxis { return "\(axis.start)" }
      if axis.start == 0 && axis.count == size && axis.step == 1 { return ":" }
      let end = axis.start &+ axis.step &* axis.count
      return axis.step == 1 ? "\(axis.start):\(end)" : "\(axis.start):\(end):\(axis.step)"
    }
    while parts.count > 1, parts.last == ":" { parts.removeLast() }
    return parts.joined(separator: ", ")
  }

  /// The parameters between brackets, such as `[axes=[0]]`; nothing when there are none.
  private static func parameters(of primitive: any Primitive) -> String {
    guard let value = try? ParameterValue(parametersOf: primitive), !value.isEmpty else { return "" }
    if case .keyed(let fields) = value {
      return "[" + fields.map { "\($0.name)=\(text(of: $0.value))" }.joined(separator: ", ") + "]"
    }
    return "[\(text(of: value))]"
  }

  /// Parameters lie a few levels deep at most.
  private static func text(of value: ParameterValue) -> String {
    switch value {
    case .null: "nil"
    case .flag(let flag): "\(flag)"
    case .number(let text), .string(let text), .symbol(let text): text
    case .list(let elements): "[" + elements.map(text(of:)).joined(separator: ", ") + "]"
    case .keyed(let fields): "{" + fields.map { "\($0.name)=\(text(of: $0.value))" }.joined(separator: ", ") + "}"
    case .program(let subprogram): "@\(subprogram.program.name)"
    }
  }
}
