import HostLibraries
import Primitives

/// The eigenvalues of a Hermitian matrix in ascending order, and its eigenvectors.
///
/// For [..., n, n] the results are [..., n], which are real, and the unit vectors in the columns of [..., n, n]. In each vector
/// the component of the largest magnitude is real and positive (the first of those that are equal up to the square root of the
/// rounding error). The lower triangle of the operand is read, and the real parts of its diagonal.
///
/// With M = Vᴴ dA V the derivative is dλ = diag M and dV = V X, where Xᵢⱼ = Mᵢⱼ / (λⱼ - λᵢ), and a diagonal that keeps the phases.
/// ``Ties`` describes what it is where eigenvalues are equal.
public struct SymmetricEigen: MatrixPrimitive {
  public static let name = "symmetricEigen"

  /// Whether the vectors are computed, or the values alone.
  public let vectors: Bool

  public init(vectors: Bool = true) { self.vectors = vectors }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    try checkSquare(operands[0], Self.name)
    let values = TensorType(operands[0].dtype.realPart, Shape(Array(operands[0].shape.dimensions.dropLast())))
    return vectors ? [values, operands[0]] : [values]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .library(.symmetricEigen(vectors: vectors)) }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let types = try resultTypes(of: operands.map(\.type))
    let n = MatrixSizes(operands[0].shape).rows
    let library = LAPACK.hermitianEigen(Scalar.dtype)
    var values = [Scalar.RealPart](repeating: 0, count: types[0].shape.count)
    var all = [Scalar](repeating: .zeroScalar, count: vectors ? operands[0].count : 0)
    if operands[0].count > 0 {
      operands[0].withElements(as: Scalar.self) { matrices in
        for index in 0..<(matrices.count / (n &* n)) {
          values.withUnsafeMutableBufferPointer { values in
            all.withUnsafeMutableBufferPointer { all in
              writeHermitianEigen(
                of: matrices.baseAddress! + index &* n &* n, n, values.baseAddress! + index &* n,
                vectors ? all.baseAddress! + index &* n &* n : nil, by: library)
            }
          }
        }
      }
    }
    let result = try HostTensor(types[0].shape, values)
    return vectors ? [result, try HostTensor(types[1].shape, all)] : [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let size = MatrixSizes(point.operandType(0).shape).rows
    // The values alone have the derivative that they have with the vectors.
    let results = vectors ? [point.result(0), point.result(1)] : SymmetricEigen().bind([point.operand(0)])
    let (values, basis) = (results[0], results[1])
    let ties = Ties(values, size: size)
    return .rule { change in
      let inner = matmul(basis.adjoint(), matmul(change.hermitian(fromLower: true), basis))
      let ofValues = ties.averaged(inner.diagonal().realNumbers())
      if !vectors { return [ofValues] }
      let differences = values.expandedDimensions(axis: -2) - values.expandedDimensions(axis: -1)
      let turn = ties.inverses(of: differences).asType(inner.dtype).absorbing(inner)
      let ofVectors = matmul(basis, turn)
      return [ofValues, inner.dtype.isComplex ? basis.keepingPhase(ofVectors).tangent : ofVectors]
    }
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[3, 3], [1, 1], [2, 4, 4], [0, 0], [2, 0, 2, 2]]
    return [true, false].flatMap { vectors in
      shapes.map {
        PrimitiveSample(SymmetricEigen(vectors: vectors), [OperandSample($0, .separated)], dtypes: matrixTypes)
      }
    }
  }
}
