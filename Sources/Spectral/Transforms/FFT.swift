import Primitives

/// The discrete Fourier transform of complex numbers along an axis: y_k = Σ_j x_j exp(-2πi j k / n) times a scale.
///
/// The matrix is symmetric, and so the adjoint is the transform in the other direction with the same scale.
public struct FFT: LinearPrimitive {
  public static let name = "fft"

  /// The axis.
  public let axis: Int
  /// Whether the sign of the exponent is positive.
  public let inverse: Bool
  /// What the sums are multiplied by.
  public let scale: FourierScale

  public init(axis: Int, inverse: Bool = false, scale: FourierScale = .one) {
    self.axis = axis
    self.inverse = inverse
    self.scale = scale
  }

  public var traits: PrimitiveTraits { .linear }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    let operand = try checkedLines(operands, axis: axis, Self.name)
    guard operand.dtype.isComplex else {
      throw TensorError(.dtype, Self.name, "expected elements of complex64 or complex128, got \(operand.dtype)")
    }
    return operands
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .library(.fourierTransform(axis: axis, inverse: inverse, scale: scale))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try operands[0].fourierTransform(axis: axis, isInverse: inverse, scale, Self.name)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    FFT(axis: axis, inverse: !inverse, scale: scale).bind(cotangents[0]!)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    FFT(axis: axis + 1, inverse: inverse, scale: scale).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    let cases: [(FFT, Shape)] = [
      (FFT(axis: 0), [1]), (FFT(axis: 0), [2]), (FFT(axis: 0, inverse: true), [3]),
      (FFT(axis: 0, scale: .inverse), [5]),
      (FFT(axis: 0, inverse: true, scale: .inverse), [8]), (FFT(axis: 1, scale: .inverseSquareRoot), [2, 3, 2]),
      (FFT(axis: 0, inverse: true), [4, 3]), (FFT(axis: 1), [0, 3]), (FFT(axis: 1), [2, 6]),
    ]
    return cases.map { PrimitiveSample($0.0, [OperandSample($0.1)], dtypes: [.complex128, .complex64]) }
  }
}

/// Checks that there is one operand with at least one element along an axis.
func checkedLines(_ operands: [TensorType], axis: Int, _ operation: String) throws(TensorError) -> TensorType {
  guard operands.count == 1 else {
    throw TensorError(.program, operation, "takes one operand, not \(operands.count)")
  }
  let shape = operands[0].shape
  guard (0..<shape.rank).contains(axis) else {
    throw TensorError(.index, operation, "expected an axis of shape \(shape), got \(axis)")
  }
  guard shape[axis] > 0 else {
    throw TensorError(.shape, operation, "expected at least one element along axis \(axis), got shape \(shape)")
  }
  return operands[0]
}
