import FormulaLanguage
import Jacobi

/// A function that formulas can call: its name, what it takes, what it is for the help text, and what it computes.
struct CallableFunction: Sendable {
  /// The sections of the help text.
  enum Group: String, CaseIterable {
    case elementary = "Elementary"
    case special = "Special and with kinks"
    case logic = "Logic, where a number other than 0 counts as true"
    case vector = "Vectors"
    case matrix = "Matrices, such as [[1, 2], [3, 4]]"
  }

  let group: Group
  let name: String
  /// Other spellings that people are used to.
  let aliases: [String]
  /// The arguments, as help shows them.
  let arguments: String
  let minimumArguments: Int
  let maximumArguments: Int?
  let summary: String
  let apply: @Sendable ([Tensor]) -> Tensor
  /// The number of elements of the result, where it is not that of the operands broadcast to one shape.
  let resultCount: @Sendable ([Shape]) -> Int?

  /// What the parser needs to know, under the name and under each alias.
  var signatures: [FunctionSignature] {
    ([name] + aliases).map {
      FunctionSignature(name: $0, minimumArguments: minimumArguments, maximumArguments: maximumArguments)
    }
  }
}

/// All functions that formulas can call. The parser's signatures, evaluation and the help text come from here.
enum FunctionTable {
  static let functions: [CallableFunction] = elementary + special + logic + vectors + matrices

  /// What the parser needs to know.
  static let signatures = functions.flatMap(\.signatures)

  private static let byName: [String: CallableFunction] = {
    var table: [String: CallableFunction] = [:]
    for function in functions {
      for name in [function.name] + function.aliases { table[name] = function }
    }
    return table
  }()

  static subscript(name: String) -> CallableFunction? { byName[name] }

  /// The functions as help text, section by section.
  static var help: String {
    let width = functions.map { $0.heading.count }.max() ?? 0
    var lines: [String] = []
    for group in CallableFunction.Group.allCases {
      lines.append("\(group.rawValue):")
      for function in functions where function.group == group {
        let also = function.aliases.isEmpty ? "" : " (also \(function.aliases.joined(separator: ", ")))"
        lines.append("  \(function.heading.padded(to: width))  \(function.summary)\(also)")
      }
      lines.append("")
    }
    return lines.dropLast().joined(separator: "\n")
  }
}

extension CallableFunction {
  /// Such as `atan2(y, x)`.
  fileprivate var heading: String { "\(name)(\(arguments))" }

  /// A function of one tensor, element by element.
  static func unary(
    _ group: Group, _ name: String, _ summary: String, also aliases: [String] = [],
    resultCount: @escaping @Sendable ([Shape]) -> Int? = { _ in nil },
    _ apply: @escaping @Sendable (Tensor) -> Tensor
  ) -> CallableFunction {
    CallableFunction(
      group: group, name: name, aliases: aliases, arguments: group == .matrix ? "A" : "x", minimumArguments: 1,
      maximumArguments: 1, summary: summary, apply: { apply($0[0]) }, resultCount: resultCount)
  }

  /// A function of two tensors, element by element.
  static func binary(
    _ group: Group, _ name: String, _ arguments: String, _ summary: String,
    resultCount: @escaping @Sendable ([Shape]) -> Int? = { _ in nil },
    _ apply: @escaping @Sendable (Tensor, Tensor) -> Tensor
  ) -> CallableFunction {
    CallableFunction(
      group: group, name: name, aliases: [], arguments: arguments, minimumArguments: 2, maximumArguments: 2,
      summary: summary, apply: { apply($0[0], $0[1]) }, resultCount: resultCount)
  }
}

extension FunctionTable {
  private static let elementary: [CallableFunction] = [
    .unary(.elementary, "exp", "e to the power of x") { exp($0) },
    .unary(.elementary, "expMinusOne", "exp(x) - 1, accurate near 0", also: ["expm1"]) { expMinusOne($0) },
    .unary(.elementary, "log", "natural logarithm", also: ["ln"]) { log($0) },
    .unary(.elementary, "logOnePlus", "log(1 + x), accurate near 0", also: ["log1p"]) { log(onePlus: $0) },
    .unary(.elementary, "exp2", "2 to the power of x") { exp2($0) },
    .unary(.elementary, "log2", "logarithm with base 2") { log2($0) },
    .unary(.elementary, "log10", "logarithm with base 10") { log10($0) },
    .unary(.elementary, "sqrt", "square root") { sqrt($0) },
    .unary(.elementary, "rsqrt", "1/sqrt(x)") { rsqrt($0) },
    .unary(.elementary, "cbrt", "cube root, negative for negative numbers") { cbrt($0) },
    .unary(.elementary, "square", "x^2") { square($0) },
    .unary(.elementary, "reciprocal", "1/x") { reciprocal($0) },
    .binary(.elementary, "pow", "x, y", "x^y") { $0 ** $1 },
    .unary(.elementary, "sin", "sine, of radians") { sin($0) },
    .unary(.elementary, "cos", "cosine") { cos($0) },
    .unary(.elementary, "tan", "tangent") { tan($0) },
    .unary(.elementary, "asin", "inverse sine", also: ["arcsin"]) { asin($0) },
    .unary(.elementary, "acos", "inverse cosine", also: ["arccos"]) { acos($0) },
    .unary(.elementary, "atan", "inverse tangent", also: ["arctan"]) { atan($0) },
    .binary(.elementary, "atan2", "y, x", "angle of the point (x, y)") { atan2($0, $1) },
    .unary(.elementary, "sinh", "hyperbolic sine") { sinh($0) },
    .unary(.elementary, "cosh", "hyperbolic cosine") { cosh($0) },
    .unary(.elementary, "tanh", "hyperbolic tangent") { tanh($0) },
    .unary(.elementary, "asinh", "inverse hyperbolic sine") { asinh($0) },
    .unary(.elementary, "acosh", "inverse hyperbolic cosine") { acosh($0) },
    .unary(.elementary, "atanh", "inverse hyperbolic tangent") { atanh($0) },
    .binary(.elementary, "hypot", "x, y", "sqrt(x^2 + y^2), without overflow") { hypot($0, $1) },
  ]

  private static let logic: [CallableFunction] = [
    .binary(.logic, "and", "a, b", "1 where both hold, else 0") { ($0 .!= 0) .& ($1 .!= 0) },
    .binary(.logic, "or", "a, b", "1 where one holds, else 0") { ($0 .!= 0) .| ($1 .!= 0) },
    .unary(.logic, "not", "1 where x is 0, else 0") { $0 .== 0 },
  ]

  private static let vectors: [CallableFunction] = [
    .unary(.vector, "sum", "sum of the elements") { $0.sum() },
    .unary(.vector, "prod", "product of the elements") { $0.prod() },
    .unary(.vector, "mean", "mean of the elements") { $0.mean() },
    .unary(.vector, "variance", "variance of the elements") { $0.variance() },
    .unary(.vector, "median", "median of the elements") { $0.median() },
    .unary(.vector, "norm", "Euclidean norm") { $0.norm() },
    .unary(.vector, "logSumExp", "log(sum(exp(x))), without overflow") { $0.logSumExp() },
    .unary(.vector, "softmax", "exp(x)/sum(exp(x)), along the last axis") { $0.softmax() },
    .unary(.vector, "logSoftmax", "log(softmax(x))") { $0.logSoftmax() },
    .unary(.vector, "cumsum", "running sums, along the last axis") { $0.cumsum(axis: -1) },
    .unary(.vector, "cumprod", "running products, along the last axis") { $0.cumprod(axis: -1) },
    .unary(.vector, "cummax", "running maxima, along the last axis") { $0.cummax(axis: -1) },
    .unary(.vector, "cummin", "running minima, along the last axis") { $0.cummin(axis: -1) },
    .unary(.vector, "logCumSumExp", "log(cumsum(exp(x))), without overflow") { $0.logCumSumExp(axis: -1) },
    .unary(.vector, "sort", "the elements in ascending order, along the last axis") { $0.sorted() },
    .binary(.vector, "dot", "x, y", "sum of the products of two vectors' elements", resultCount: { _ in 1 }) {
      dot($0, $1)
    },
    .binary(.vector, "outer", "x, y", "all products of the elements of two vectors", resultCount: outerCount) {
      outer($0, $1)
    },
  ]

  @Sendable private static func outerCount(_ shapes: [Shape]) -> Int? {
    shapes[0].count.multipliedReportingOverflow(by: shapes[1].count).partialValue
  }
}
