import FormulaLanguage
import Jacobi

/// The values of all nodes of a formula at a point.
struct FormulaEvaluation {
  let function: FormulaFunction
  /// One value per node.
  let nodes: [Tensor]
  let outputs: [Tensor]

  /// More elements than this in all nodes together are an error: 512 MiB of Doubles.
  static let mostElements = 1 << 26

  /// Evaluates node by node.
  ///
  /// - Throws: the first invalid operation, with the place of its node.
  init(_ function: FormulaFunction, at point: [Tensor]) throws(FormulaError) {
    let formula = function.formula
    self.function = function
    var values: [Tensor] = []
    values.reserveCapacity(formula.nodes.count)
    var total = 0
    var failing: FormulaError?
    var outputs: [Tensor] = []
    do {
      outputs = try catchingTensorErrors {
        for (index, node) in formula.nodes.enumerated() {
          if let error = Self.size(of: node, values, in: formula, &total) {
            failing = error
            return []
          }
          let value = function.value(of: index, values, point)
          if value.isInvalid {
            failing = FormulaError("", at: node.range, in: formula.source)
            return []
          }
          values.append(value)
        }
        return function.outputs(values)
      }
    } catch let error as TensorError {
      let range = failing?.range ?? 0..<formula.source.utf8.count
      throw FormulaError(error, at: range, in: formula.source)
    } catch {
      throw FormulaError("\(error)", at: 0..<formula.source.utf8.count, in: formula.source)
    }
    if let failing { throw failing }
    nodes = values
    self.outputs = outputs
  }

  /// Adds the size of a node's value to the total, before it is computed; an error where it is too large.
  private static func size(
    of node: Formula.Node, _ values: [Tensor], in formula: Formula, _ total: inout Int
  ) -> FormulaError? {
    let shapes = node.operands.map { values[$0].shape }
    var count = 1
    var rank = 0
    if case .vector = node.kind {
      count = shapes.reduce(0) { $0 + $1.count }
      rank = 1 + (shapes.first?.rank ?? 0)
    } else if case .call(let name) = node.kind, let own = FunctionTable[name]?.resultCount(shapes) {
      count = own
    } else if shapes.count > 1 {
      count = shapes.dropFirst().reduce(shapes[0]) { Shape.broadcast($0, $1) ?? $0 }.checkedCount ?? .max
    } else {
      count = shapes.first?.count ?? 1
    }
    if rank > FormulaFunction.greatestRank {
      return FormulaError(
        "a vector is nested more than \(FormulaFunction.greatestRank) levels deep", at: node.range, in: formula.source)
    }
    let (sum, overflow) = total.addingReportingOverflow(count)
    total = sum
    guard overflow || sum > mostElements else { return nil }
    return FormulaError(
      "the formula needs too much memory from here on", at: node.range, in: formula.source,
      hint: "its values may have \(mostElements) elements in all")
  }
}

extension FormulaEvaluation {
  /// The same with outputs that an engine has computed.
  func byEngine(_ engine: EngineChoice, at point: [Tensor]) throws -> FormulaEvaluation {
    if engine.compiler == nil { return self }
    let compiled = engine.prepared { [function] in function($0) }
    return FormulaEvaluation(function: function, nodes: nodes, outputs: try catchingTensorErrors { compiled(point) })
  }

  private init(function: FormulaFunction, nodes: [Tensor], outputs: [Tensor]) {
    self.function = function
    self.nodes = nodes
    self.outputs = outputs
  }

  /// A warning that names the operation where the first value that is not finite arose, for outputs that are not finite.
  var warning: String? {
    guard let output = zip(function.formula.outputs, outputs).first(where: { !$0.1.isAllFinite }) else { return nil }
    var origin = output.0
    // Down to an operand that is not finite either, as long as there is one.
    while let operand = function.formula.nodes[origin].operands.first(where: { !nodes[$0].isAllFinite }) {
      origin = operand
    }
    let formula = function.formula
    let node = formula.nodes[origin]
    let what = nodes[origin].firstNotFinite
    let place = node.kind.isVariable ? "is the value given for" : "first arose in"
    let text = FormulaError.quoted(formula.text(of: origin))
    let error = FormulaError("the value is not finite: \(what) \(place) \(text)", at: node.range, in: formula.source)
    return "warning" + error.description.dropFirst("error".count)
  }
}

extension FormulaError {
  /// An invalid operation on tensors. Its hint is shown where it does not speak of Swift.
  fileprivate init(_ error: TensorError, at range: Range<Int>, in source: String) {
    let message = error.kind == .index ? error.message : "\(error.operation): \(error.message)"
    let hint = error.hint.flatMap { $0.contains { "(.[=".contains($0) } ? nil : $0 }
    self.init(message, at: range, in: source, hint: hint)
  }
}

extension Formula.Kind {
  fileprivate var isVariable: Bool {
    if case .variable = self { return true }
    return false
  }
}
