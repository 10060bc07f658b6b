import Primitives

/// The first half of the discrete Fourier transform of real numbers along an axis: elements 0 through n / 2; the others are
/// their conjugates.
///
/// The adjoint sums each element once, where ``InverseRealFFT`` counts the inner ones twice, for the other half.
public struct RealFFT: LinearPrimitive {
  public static let name = "realFFT"

  /// The axis.
  public let axis: Int
  /// What the sums are multiplied by.
  public let scale: FourierScale

  public init(axis: Int, scale: FourierScale = .one) {
    self.axis = axis
    self.scale = scale
  }

  public var traits: PrimitiveTraits { .linear }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    let operand = try checkedLines(operands, axis: axis, Self.name)
    guard operand.dtype == .float32 || operand.dtype == .float64, let dtype = operand.dtype.complexified else {
      throw TensorError(.dtype, Self.name, "expected elements of float32 or float64, got \(operand.dtype)")
    }
    var sizes = operand.shape.dimensions
    sizes[axis] = sizes[axis] / 2 + 1
    return [TensorType(dtype, Shape(sizes))]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .library(.realFourierTransform(axis: axis, scale: scale))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = try resultTypes(of: operands.map(\.type))[0]
    return [
      try operands[0].realFourierTransform(axis: axis, inverseCount: nil, scale, to: type, Self.name)
    ]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let count = point.operandType(0).shape[axis]
    let cotangent = cotangents[0]!
    return InverseRealFFT(axis: axis, count: count, scale: scale).bind(
      cotangent * halfSpectrumWeights(0.5, count: count, axis: axis, like: cotangent))
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    RealFFT(axis: axis + 1, scale: scale).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    let cases: [(RealFFT, Shape)] = [
      (RealFFT(axis: 0), [1]), (RealFFT(axis: 0), [2]), (RealFFT(axis: 0), [3]),
      (RealFFT(axis: 0, scale: .inverse), [5]),
      (RealFFT(axis: 0, scale: .inverseSquareRoot), [8]), (RealFFT(axis: 1), [2, 3, 2]), (RealFFT(axis: 0), [4, 3]),
      (RealFFT(axis: 1), [0, 3]), (RealFFT(axis: 1), [2, 6]),
    ]
    return cases.map { PrimitiveSample($0.0, [OperandSample($0.1)], dtypes: [.float64, .float32]) }
  }
}

/// The real numbers whose discrete Fourier transform along an axis has a first half: Σ_k X_k exp(2πi j k / n) over all n
/// elements, times a scale.
///
/// The imaginary parts of element 0, and for an even count of the last one, are not read, and so have no cotangent.
public struct InverseRealFFT: LinearPrimitive {
  public static let name = "inverseRealFFT"

  /// The axis.
  public let axis: Int
  /// The number of real numbers along the axis.
  public let count: Int
  /// What the sums are multiplied by.
  public let scale: FourierScale

  public init(axis: Int, count: Int, scale: FourierScale = .one) {
    self.axis = axis
    self.count = count
    self.scale = scale
  }

  public var traits: PrimitiveTraits { .linear }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    let operand = try checkedLines(operands, axis: axis, Self.name)
    guard operand.dtype.isComplex else {
      throw TensorError(.dtype, Self.name, "expected elements of complex64 or complex128, got \(operand.dtype)")
    }
    guard count > 0 else { throw TensorError(.shape, Self.name, "count must be at least 1, got \(count)") }
    guard operand.shape[axis] == count / 2 + 1 else {
      throw TensorError(
        .shape, Self.name,
        "\(count) real numbers have \(count / 2 + 1) elements along axis \(axis) of the transform; got shape \(operand.shape)"
      )
    }
    var sizes = operand.shape.dimensions
    sizes[axis] = count
    return [TensorType(operand.dtype.realPart, Shape(sizes))]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .library(.inverseRealFourierTransform(axis: axis, count: count, scale: scale))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = try resultTypes(of: operands.map(\.type))[0]
    return [
      try operands[0].realFourierTransform(axis: axis, inverseCount: count, scale, to: type, Self.name)
    ]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let spectrum = RealFFT(axis: axis, scale: scale).bind(cotangents[0]!)
    return spectrum * halfSpectrumWeights(2, count: count, axis: axis, like: spectrum)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    InverseRealFFT(axis: axis + 1, count: count, scale: scale).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    let cases: [(InverseRealFFT, Shape)] = [
      (InverseRealFFT(axis: 0, count: 1), [1]), (InverseRealFFT(axis: 0, count: 2), [2]),
      (InverseRealFFT(axis: 0, count: 3), [2]), (InverseRealFFT(axis: 0, count: 5, scale: .inverse), [3]),
      (InverseRealFFT(axis: 0, count: 8, scale: .inverseSquareRoot), [5]),
      (InverseRealFFT(axis: 1, count: 3), [2, 2, 2]), (InverseRealFFT(axis: 0, count: 4), [3, 3]),
      (InverseRealFFT(axis: 1, count: 3), [0, 2]), (InverseRealFFT(axis: 1, count: 6), [2, 4]),
    ]
    return cases.map { PrimitiveSample($0.0, [OperandSample($0.1)], dtypes: [.complex128, .complex64]) }
  }
}

/// A weight for the elements of a first half that stand for one of the other half, too, and 1 for those that do not.
private func halfSpectrumWeights(_ weight: Double, count: Int, axis: Int, like spectrum: Tensor) -> Tensor {
  let size = count / 2 + 1
  let weights = (0..<size).map { $0 == 0 || 2 * $0 == count ? 1 : weight }
  var sizes = [Int](repeating: 1, count: spectrum.rank)
  sizes[axis] = size
  return Tensor(shape: sizes, scalars: weights).asType(spectrum.dtype)
}
