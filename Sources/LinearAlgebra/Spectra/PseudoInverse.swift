import Primitives

/// The pseudo-inverse A⁺ of a matrix [..., m, n], as [..., n, m].
///
/// Singular values up to a bound count as zero. Where the rank does not change, the derivative is
/// dA⁺ = -A⁺ dA A⁺ + A⁺ A⁺ᴴ dAᴴ (1 - A A⁺) + (1 - A⁺ A) dAᴴ A⁺ᴴ A⁺; see G. Golub and V. Pereyra, The differentiation of pseudo-inverses
/// and nonlinear least squares problems whose variables separate, SIAM J. Numer. Anal. 10, 1973. It needs no singular vectors, so
/// that equal singular values do no harm, at any order.
public struct PseudoInverse: CompositePrimitive {
  public static let name = "pseudoInverse"
  public static var dtypes: [DType] { matrixTypes }

  /// The bound, relative to the largest singular value; `nil` for the rounding error times the larger size.
  public let tolerance: Double?

  public init(tolerance: Double? = nil) { self.tolerance = tolerance }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    let sizes = MatrixSizes(operands[0].shape)
    return [TensorType(operands[0].dtype, Shape(sizes.batch + [sizes.columns, sizes.rows]))]
  }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let a = operands[0]
    let sizes = MatrixSizes(a.shape)
    if sizes.elementCount == 0 { return [a.adjoint()] }
    let parts = SVD().bind([a])
    let isKept = parts[1] .> rankBound(parts[1], sizes, tolerance)
    let inverses = `where`(isKept, reciprocal(`where`(isKept, parts[1], 1)), 0)
    // Elements that are not finite have no rank, and no values above a bound.
    let known = `where`(isNaN(parts[1]), parts[1], inverses)
    return [matmul(parts[2].adjoint() * known.asColumnFactors(a.dtype), parts[0].adjoint())]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let (a, inverse) = (point.operand(0), point.result())
    return .rule { change in
      let (other, adjoint) = (change.adjoint(), inverse.adjoint())
      let inner = matmul(other, adjoint)
      // dAᴴ (1 - A A⁺), and (1 - A⁺ A) dAᴴ A⁺ᴴ.
      let left = other - matmul(matmul(other, a), inverse)
      let right = inner - matmul(inverse, matmul(a, inner))
      return [
        matmul(matmul(inverse, adjoint), left) + matmul(right, inverse) - matmul(inverse, matmul(change, inverse))
      ]
    }
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[3, 3], [1, 1], [2, 4, 2], [0, 0], [2, 3], [3, 2], [4, 1], [0, 2], [2, 0]]
    return shapes.map { PrimitiveSample(PseudoInverse(), [OperandSample($0, .separated)], dtypes: matrixTypes) }
  }
}

/// The size up to which singular values count as zero, [..., 1].
func rankBound(_ values: Tensor, _ sizes: MatrixSizes, _ tolerance: Double?) -> Tensor {
  let rounding = values.dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
  let relative = tolerance ?? Double(Swift.max(sizes.rows, sizes.columns)) * rounding
  return stopGradient(values).max(axis: -1, keepingDimensions: true) * relative
}
