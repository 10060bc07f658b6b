import Primitives

/// The solution X of H X + X H = C for a Hermitian matrix H, from its eigenvalues and eigenvectors.
///
/// The operands are H [..., n, n], C of its type, and the results of ``SymmetricEigen`` for H, of which the lower triangle counts.
/// H is what is differentiated by: dX solves the equation with dC - dH X - X dH, so that derivatives of every order need no
/// eigenvectors' derivatives. Pairs of eigenvalues that add up to zero make it infinite or `nan`.
public struct HermitianSylvester: CompositePrimitive, LinearPrimitive {
  public static let name = "hermitianSylvester"
  public static var dtypes: [DType] { matrixTypes }

  /// Whether products with a zero are zero, whatever the other number is. Derivatives of selections use such products.
  public let absorbsZeros: Bool

  public init(absorbsZeros: Bool = false) { self.absorbsZeros = absorbsZeros }

  public var traits: PrimitiveTraits { absorbsZeros ? [.composite, .selecting] : .composite }

  public var absorbingZeros: any LinearPrimitive { HermitianSylvester(absorbsZeros: true) }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 4 else {
      throw TensorError(.program, Self.name, "takes 4 operands, not \(operands.count)")
    }
    try checkSpectrum(operands[2], operands[3], of: Array(operands[..<2]), Self.name)
    return [operands[0]]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { try evaluateBody(operands) }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let (values, basis) = (operands[2], operands[3])
    let sums = values.expandedDimensions(axis: -1) + values.expandedDimensions(axis: -2)
    let inner = product(basis.adjoint(), product(operands[1], basis, absorbsZeros), absorbsZeros)
    let factors = reciprocal(sums).asType(basis.dtype)
    let scaled = absorbsZeros ? inner.absorbing(factors) : inner * factors
    return [product(basis, product(scaled, basis.adjoint(), absorbsZeros), absorbsZeros)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand > 1 { return .zero }
    if operand == 1 { return .itself(self) }
    let operands = [point.operand(0), point.operand(2), point.operand(3)]
    let solution = point.result()
    return .rule { change in
      let change = change.hermitian(fromLower: true)
      let side = -(matmul(change, solution) + matmul(solution, change))
      return [bind([operands[0], side, operands[1], operands[2]])[0]]
    }
  }

  /// The map is its own adjoint, as the sums are real.
  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    bind([point.operand(0), cotangents[0]!, point.operand(2), point.operand(3)])[0]
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[3, 3], [1, 1], [2, 2, 2], [0, 0]]
    return shapes.enumerated().map { index, shape in
      PrimitiveSample(
        HermitianSylvester(absorbsZeros: index == 2),
        [OperandSample(shape, .positiveDefinite), OperandSample(shape)] + spectrumSamples(shape), dtypes: matrixTypes)
    }
  }

  /// A matrix with its eigenvalues and eigenvectors: what can be solved with.
  struct Equation {
    let matrix: Tensor
    private let values: Tensor
    private let basis: Tensor

    /// A positive semidefinite matrix; where it is singular, solutions are `nan`.
    init(_ matrix: Tensor) {
      self.matrix = matrix
      let eigen = SymmetricEigen().bind([stopGradient(matrix)])
      basis = eigen[1]
      let bound = Ties.bound(eigen[0], size: matrix.shape[matrix.rank - 1])
      values = `where`(eigen[0] .<= bound, Tensor(floatLiteral: .nan), eigen[0])
    }

    func solution(_ side: Tensor) -> Tensor { HermitianSylvester().bind([matrix, side, values, basis])[0] }
  }
}

/// The product of matrices with the same batch axes, in which zeros may absorb.
func product(_ x: Tensor, _ y: Tensor, _ absorbsZeros: Bool) -> Tensor {
  let axes = Array(0..<(x.rank - 2))
  let product = DotGeneral(contracting: ([x.rank - 1], [x.rank - 2]), batch: (axes, axes))
  return absorbsZeros ? product.absorbingZeros.bind([x, y])[0] : product.bind(x, y)
}

/// Checks that matrices have one type, and that operands have the types of their eigenvalues and eigenvectors.
func checkSpectrum(
  _ values: TensorType, _ basis: TensorType, of matrices: [TensorType], _ operation: String
) throws(TensorError) {
  let all = matrices + [basis]
  try checkMatrices(all, count: all.count, matrices: all.count, operation)
  try checkSquare(all[0], operation)
  for matrix in all where matrix.shape != all[0].shape {
    throw TensorError(.shape, operation, "shapes must be equal, got \(all[0].shape) and \(matrix.shape)")
  }
  let expected = TensorType(all[0].dtype.realPart, Shape(Array(all[0].shape.dimensions.dropLast())))
  guard values == expected else {
    throw TensorError(.shape, operation, "expected eigenvalues of type \(expected), got \(values)")
  }
}

/// The samples of the eigenvalues and eigenvectors of the first operand.
func spectrumSamples(_ shape: Shape) -> [OperandSample] {
  let eigen: @Sendable ([Tensor]) -> [Tensor] = { operands in
    operands[0].dtype.isDifferentiable ? SymmetricEigen().bind([operands[0]]) : [operands[0], operands[0]]
  }
  return [
    OperandSample(Shape(Array(shape.dimensions.dropLast()))) { eigen($0)[0] }, OperandSample(shape) { eigen($0)[1] },
  ]
}
