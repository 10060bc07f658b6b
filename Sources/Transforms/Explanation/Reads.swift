import ControlPrimitives
import HostTensors

/// A number, or all numbers of a tensor, that a function read from what it is differentiated by: `Double(x)`,
/// `x.scalars(as:)`, `if Bool(x .> 0)`.
public struct ValueRead: Sendable {
  /// What was read.
  public let type: TensorType
  /// Where, such as `Model.swift:12`, as far as it can be had.
  public let place: String?
}

extension ValueRead: CustomStringConvertible {
  /// Such as `float64[3] at Model.swift:12`.
  public var description: String { place.map { "\(type) at \($0)" } ?? "\(type)" }
}

/// The numbers that a function reads from tensors that depend on its argument. Numbers that are read are constants: what is
/// computed from them has no derivative. To choose a path by them is fine; to compute the result with them drops a part of the
/// derivative, or all of it.
///
/// ```swift
/// for read in reads(of: { x in x * Double(x) }, at: 3) { print(read) }   // float64[] at Model.swift:12
/// ```
///
/// - Returns: what was read, in order, the first 64.
public func reads<Argument: TensorTree, Result: TensorTree>(
  of function: (Argument) -> Result, at point: Argument
) -> [ValueRead] {
  guard checkDifferentiable(point, "reads") else { return [] }
  let recording = Program.recordingSourceLocations { record(function, at: point) }
  return recording.tape.reads(of: LinearTape(linearizing: recording.tape))
}

/// The numbers that a function of one tensor reads; see ``reads(of:at:)-(((Argument)->Result),_)``.
public func reads(of function: (Tensor) -> Tensor, at point: Tensor) -> [ValueRead] {
  let function: (Tensor) -> [Tensor] = { [function($0)] }
  return reads(of: function, at: point)
}

extension Tape {
  /// The readings of variables that have a derivative.
  fileprivate func reads(of linear: LinearTape) -> [ValueRead] {
    readings.filter { linear.isActive($0.variable) }.map {
      ValueRead(type: type(of: $0.variable), place: $0.stack?.place)
    }
  }
}

/// The warning for a gradient that is zero because its function went through numbers.
enum DroppedDerivative {
  /// Warns, once in a process, when numbers that have a derivative were read, and the result has none.
  static func warn(_ operation: String, _ linear: LinearTape) {
    let dropped = linear.tape.reads(of: linear)
    guard let first = dropped.first(where: { $0.type.dtype.isDifferentiable }) else { return }
    Warnings.emit(
      "dropped derivative",
      """
      \(operation): the result does not depend on the argument's tensors, but \(dropped.count == 1 ? "a number" : "numbers") of \
      theirs \(dropped.count == 1 ? "was" : "were") read (\(first.type)), for example by Double(x) or scalars(as:). What is \
      computed from numbers is constant: the gradient is 0. Compute with tensors; reads(of: f, at: x) says where numbers are \
      read. If the function is meant to be flat, read stopGradient(x).
      """)
  }
}
