import FormulaLanguage
import Jacobi

extension Problem {
  /// The value or values.
  var valueText: String { outputsText("value", outputs) }

  /// One line for a single output, else a line for each.
  func outputsText(_ title: String, _ outputs: [Tensor]) -> String {
    if outputs.count == 1 { return "\(title) = \(outputs[0].text())\n" }
    var columns = Columns()
    for (name, output) in zip(outputNames, outputs) { columns.append(name, output.text()) }
    return title + "\n" + columns.text
  }

  /// A line for each variable.
  func variablesText(_ title: String, _ tensors: [Tensor]) -> String {
    var columns = Columns()
    for (name, tensor) in zip(names, tensors) { columns.append(name, tensor.text()) }
    return title + (tensors.isEmpty ? ": there are no variables\n" : "\n") + columns.text
  }

  /// The computation step by step.
  var explanation: Explanation { stepByStep({ function($0) }, at: point, names: names) }

  /// Warnings for a derivative that is not finite, with the step where that first arose.
  ///
  /// - Parameter trace: the steps of the derivative, in the order of computation.
  func warning(
    of results: [Tensor], _ what: String, _ trace: (Explanation) -> [any DerivativeStep]
  ) -> String? {
    if let warning = evaluation.warning { return warning }
    guard let result = results.first(where: { !$0.isAllFinite }) else { return nil }
    let message = "warning: the \(what) is not finite: \(result.firstNotFinite)"
    let explanation = explanation
    guard let step = trace(explanation).first(where: { !$0.value.isAllFinite }) else {
      return message + "\n  it first arose in a derivative of second order"
    }
    let node = step.origin(in: explanation).map { explanation.nodes[$0] }
    let place = node.map { ", the derivative of \($0.name) = \($0.expression)" } ?? ""
    return message + "\n  the first is \(step.value.firstNotFinite), in \(step.name) = \(step.expression)\(place)"
  }
}

/// A step of a tangent or adjoint trace.
protocol DerivativeStep {
  var name: String { get }
  var expression: String { get }
  var value: Tensor { get }
  /// The step of the primal trace whose rule was applied.
  func origin(in explanation: Explanation) -> Int?
}

extension Explanation.Tangent: DerivativeStep {
  func origin(in explanation: Explanation) -> Int? { explanation.nodes[node].isInput ? nil : node }
}

extension Explanation.Adjoint: DerivativeStep {
  func origin(in explanation: Explanation) -> Int? { user }
}

extension Explanation {
  /// The tangent trace.
  func forward(_ direction: [Tensor]) -> [any DerivativeStep] { tangents(along: direction) }

  /// The adjoint trace with all ones as the cotangents.
  static func reverse(_ explanation: Explanation) -> [any DerivativeStep] {
    explanation.adjoints(from: explanation.results.map { Tensor.ones($0.shape.dimensions, dtype: $0.dtype) })
  }
}
