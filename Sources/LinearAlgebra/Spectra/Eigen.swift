import HostLibraries
import Numerics
import Primitives

/// The eigenvalues of any square matrix, and its right eigenvectors.
///
/// For [..., n, n] the results are complex: [..., n], by their real and then their imaginary parts, and unit vectors in the columns
/// of [..., n, n], with a real and positive component of the largest magnitude. A real matrix has real values and pairs of
/// conjugates, exactly.
///
/// With M = V⁻¹ dA V the derivative is dλ = diag M and dV = V X, where Xᵢⱼ = Mᵢⱼ / (λⱼ - λᵢ), and a diagonal that keeps the lengths
/// and phases. ``Ties`` describes what it is where eigenvalues are equal. Where an eigenvalue has too few vectors, the
/// derivative does not exist; it is `nan` for values that are so ill-conditioned that no digit of it would be right.
public struct Eigen: MatrixPrimitive {
  public static let name = "eigen"

  /// Whether the vectors are computed, or the values alone.
  public let vectors: Bool

  public init(vectors: Bool = true) { self.vectors = vectors }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    try checkSquare(operands[0], Self.name)
    let dtype: DType = operands[0].dtype.realPart == .float32 ? .complex64 : .complex128
    let values = TensorType(dtype, Shape(Array(operands[0].shape.dimensions.dropLast())))
    return vectors ? [values, TensorType(dtype, operands[0].shape)] : [values]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .library(.eigen(vectors: vectors)) }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let types = try resultTypes(of: operands.map(\.type))
    switch operands[0].dtype {
    case .float64: return try evaluate(operands[0].elements(as: Double.self).map { Complex($0) }, types, isReal: true)
    case .float32: return try evaluate(operands[0].elements(as: Float.self).map { Complex($0) }, types, isReal: true)
    case .complex128: return try evaluate(operands[0].elements(as: Complex<Double>.self), types, isReal: false)
    case .complex64: return try evaluate(operands[0].elements(as: Complex<Float>.self), types, isReal: false)
    case .int32, .int64, .bool: return []
    }
  }

  private func evaluate<Real: ComplexPart>(
    _ elements: [Complex<Real>], _ types: [TensorType], isReal: Bool
  ) throws(TensorError) -> [HostTensor] {
    let n = types[0].shape[types[0].shape.rank - 1]
    let library = LAPACK.eigen(types[0].dtype)
    var values = [Complex<Real>](repeating: .zero, count: types[0].shape.count)
    var all = [Complex<Real>](repeating: .zero, count: vectors ? elements.count : 0)
    for index in 0..<(n == 0 ? 0 : values.count / n) {
      let matrix = Array(elements[(index &* n &* n)..<((index &+ 1) &* n &* n)])
      values.withUnsafeMutableBufferPointer { values in
        all.withUnsafeMutableBufferPointer { all in
          writeEigen(
            of: matrix, n, isReal: isReal, values.baseAddress! + index &* n,
            vectors ? all.baseAddress! + index &* n &* n : nil, by: library)
        }
      }
    }
    let result = try HostTensor(types[0].shape, values)
    return vectors ? [result, try HostTensor(types[1].shape, all)] : [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let type = point.operandType(0)
    let size = MatrixSizes(type.shape).rows
    let results = vectors ? [point.result(0), point.result(1)] : Eigen().bind([point.operand(0)])
    let (values, basis) = (results[0], results[1])
    if values.count == 0 {
      return .rule { _ in
        vectors ? [Tensor.zeros(like: values), Tensor.zeros(like: basis)] : [Tensor.zeros(like: values)]
      }
    }
    let ties = Ties(values, within: Ties.bound(values, size: size))
    let inverse = Factored(basis).inverse()
    // The length of a row of the inverse is the condition number of an eigenvalue.
    let lengths = sqrt(square(abs(stopGradient(inverse))).sum(axis: -1, keepingDimensions: true))
    let rounding = type.dtype.realPart == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let isRegular = lengths .< 0.1 / rounding.squareRoot()
    let regular = `where`(isRegular, 1, Tensor(floatLiteral: .nan)).asType(lengths.dtype).asType(values.dtype)
    return .rule { change in
      let inner = matmul(inverse, matmul(change.asType(basis.dtype), basis)).absorbing(regular)
      let ofValues = ties.averaged(inner.diagonal())
      if !vectors { return [ofValues] }
      let differences = values.expandedDimensions(axis: -2) - values.expandedDimensions(axis: -1)
      let turned = matmul(basis, ties.inverses(of: differences).absorbing(inner))
      let growth = realPart((conjugate(basis) * turned).sum(axis: -2, keepingDimensions: true)).asType(basis.dtype)
      return [ofValues, basis.keepingPhase(turned - basis * growth).tangent]
    }
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[3, 3], [1, 1], [2, 4, 4], [0, 0], [2, 0, 2, 2]]
    return [true, false].flatMap { vectors in
      shapes.map { PrimitiveSample(Eigen(vectors: vectors), [OperandSample($0, .separated)], dtypes: matrixTypes) }
    }
  }
}
