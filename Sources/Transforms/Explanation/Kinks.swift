import ControlPrimitives

/// An operation that was evaluated at a kink: where its derivative is a convention, or where it jumps.
public struct KinkReport: Sendable {
  /// The operation, such as `abs`.
  public let operation: String
  /// How many of its results are at a kink.
  public let count: Int
  /// How many results there are.
  public let total: Int
  /// Where it was called, such as `Model.swift:12`, as far as it can be had.
  public let place: String?
}

extension KinkReport: CustomStringConvertible {
  /// Such as `abs at a kink in 2 of 3 elements, Model.swift:12`.
  public var description: String {
    "\(operation) at a kink" + (total > 1 ? " in \(count) of \(total) elements" : "") + (place.map { ", \($0)" } ?? "")
  }
}

/// The operations of a function that are evaluated at a kink, for a point where a derivative surprises: `abs` and norms at 0,
/// extrema at a tie, comparisons of equal numbers, `floor` at whole numbers, and so on. What the derivative is there says
/// `Documentation/Kinks.md`.
///
/// ```swift
/// for kink in kinks(of: { x in abs(x).sum() }, at: [0, 1]) { print(kink) }   // abs at a kink in 1 of 2 elements, Model.swift:12
/// ```
///
/// It looks at operations that depend on the argument, in the order in which they run; not inside of those that contain
/// programs, such as a `scan` or a function under `jit`.
public func kinks<Argument: TensorTree, Result: TensorTree>(
  of function: (Argument) -> Result, at point: Argument
) -> [KinkReport] {
  guard checkDifferentiable(point, "kinks") else { return [] }
  let tape = Program.recordingSourceLocations { record(function, at: point) }.tape
  let linear = LinearTape(linearizing: tape)
  return tape.equations.indices.compactMap { linear.kink(ofEquation: $0) }
}

/// The operations of a function of one tensor that are evaluated at a kink; see ``kinks(of:at:)-(((Argument)->Result),_)``.
public func kinks(of function: (Tensor) -> Tensor, at point: Tensor) -> [KinkReport] {
  let function: (Tensor) -> [Tensor] = { [function($0)] }
  return kinks(of: function, at: point)
}

extension LinearTape {
  fileprivate func kink(ofEquation index: Int) -> KinkReport? {
    let equation = tape.equations[index]
    guard let primitive = equation.primitive as? any KinkedPrimitive else { return nil }
    let variables = (0..<Int(equation.operandCount)).map { operandVariable(equation, $0) }
    guard variables.contains(where: { isActive($0) }) else { return nil }
    let flags = primitive.isAtKink(variables.map { tape.values[$0] })
    guard let count = try? flags.sum().hostValue().elements(as: Int64.self).first, count > 0 else { return nil }
    return KinkReport(
      operation: type(of: primitive).name, count: Int(count), total: flags.count,
      place: index < tape.places.count ? tape.places[index]?.text : nil)
  }
}
