import Jacobi

/// A primitive to be broken: the square of float64 numbers, right in every respect. Each conforming type replaces one
/// member by a wrong one, which exactly one law must catch.
protocol Specimen: LinearPrimitive {
  init()
  /// The function of one number.
  func value(_ x: Double) -> Double
}

extension Specimen {
  static var name: String { "specimen" }
  static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map { PrimitiveSample(Self(), [OperandSample($0)], dtypes: [.float64]) }
  }
  var traits: PrimitiveTraits { .elementwise }

  func value(_ x: Double) -> Double { x * x }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else { throw TensorError(.program, Self.name, "takes 1 operand, not \(operands.count)") }
    guard operands[0].dtype == .float64 else {
      throw TensorError(.dtype, Self.name, "is not defined for \(operands[0].dtype)")
    }
    return operands
  }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { [try mapped(operands[0])] }

  func mapped(_ x: HostTensor) throws(TensorError) -> HostTensor {
    try HostTensor(x.shape, x.elements(as: Double.self).map(value))
  }

  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .scale(by: 2 * point.operand(0)) }

  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    2 * (cotangents[0] ?? 0)
  }

  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }
}

/// Linear: twice its operand.
protocol LinearSpecimen: Specimen {}

extension LinearSpecimen {
  var traits: PrimitiveTraits { [.elementwise, .linear] }
  func value(_ x: Double) -> Double { 2 * x }
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }
}
