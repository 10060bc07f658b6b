import HostLibraries
import Primitives

/// The singular values of a matrix A = U S Vᴴ in descending order, and its singular vectors.
///
/// For [..., m, n] the results are U [..., m, k] with orthonormal columns, the values [..., k], which are real, and Vᴴ
/// [..., k, n], where k is the smaller of m and n. In each column of U the component of the largest magnitude is real and
/// positive.
///
/// With M = Uᴴ dA V the derivative is dS = Re diag M, dU = U X + (1 - U Uᴴ) dA V S⁻¹ and dV = V Y + (1 - V Vᴴ) dAᴴ U S⁻¹, where
/// X = E ∘ (M S + S Mᴴ), Y = E ∘ (S M + Mᴴ S) and Eᵢⱼ = 1 / (sⱼ² - sᵢ²), and diagonals that keep the phases of U; see Z. Wan and
/// S. Zhang, Automatic differentiation for complex valued SVD, arXiv:1909.02659, and J. Townsend, Differentiating the singular
/// value decomposition, 2016. ``Ties`` describes what it is where values are equal. A value of zero is a kink, with the
/// derivative 0 in its middle, and its vectors have none.
public struct SVD: MatrixPrimitive {
  public static let name = "svd"

  /// Whether the vectors are computed, or the values alone.
  public let vectors: Bool

  public init(vectors: Bool = true) { self.vectors = vectors }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    let sizes = MatrixSizes(operands[0].shape)
    let (dtype, k) = (operands[0].dtype, Swift.min(sizes.rows, sizes.columns))
    let values = TensorType(dtype.realPart, Shape(sizes.batch + [k]))
    if !vectors { return [values] }
    return [
      TensorType(dtype, Shape(sizes.batch + [sizes.rows, k])), values,
      TensorType(dtype, Shape(sizes.batch + [k, sizes.columns])),
    ]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .library(.svd(vectors: vectors)) }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let types = try resultTypes(of: operands.map(\.type))
    let sizes = MatrixSizes(operands[0].shape)
    let (m, n, k) = (sizes.rows, sizes.columns, Swift.min(sizes.rows, sizes.columns))
    let library = LAPACK.svd(Scalar.dtype)
    var values = [Scalar.RealPart](repeating: 0, count: types[vectors ? 1 : 0].shape.count)
    var left = [Scalar](repeating: .zeroScalar, count: vectors ? types[0].shape.count : 0)
    var right = [Scalar](repeating: .zeroScalar, count: vectors ? types[2].shape.count : 0)
    if operands[0].count > 0 {
      operands[0].withElements(as: Scalar.self) { matrices in
        values.withUnsafeMutableBufferPointer { values in
          left.withUnsafeMutableBufferPointer { left in
            right.withUnsafeMutableBufferPointer { right in
              for index in 0..<(matrices.count / (m &* n)) {
                writeSVD(
                  of: matrices.baseAddress! + index &* m &* n, m, n,
                  vectors ? left.baseAddress! + index &* m &* k : nil, values.baseAddress! + index &* k,
                  vectors ? right.baseAddress! + index &* k &* n : nil, by: library)
              }
            }
          }
        }
      }
    }
    let result = try HostTensor(types[vectors ? 1 : 0].shape, values)
    if !vectors { return [result] }
    return [try HostTensor(types[0].shape, left), result, try HostTensor(types[2].shape, right)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let sizes = MatrixSizes(point.operandType(0).shape)
    let results = vectors ? (0..<3).map { point.result($0) } : SVD().bind([point.operand(0)])
    let (u, s, vh) = (results[0], results[1], results[2])
    let size = Swift.max(sizes.rows, sizes.columns)
    if Swift.min(sizes.rows, sizes.columns) == 0 {
      return .rule { _ in vectors ? [u, s, vh].map { Tensor.zeros(like: $0) } : [Tensor.zeros(like: s)] }
    }
    let ties = Ties(s, size: size)
    let isZero = stopGradient(s) .<= Ties.bound(s, size: size)
    return .rule { change in
      let v = vh.adjoint()
      let inner = matmul(u.adjoint(), matmul(change, v))
      let slopes = ties.averaged(inner.diagonal().realNumbers())
      let ofValues = `where`(isZero, 0, slopes)
      if !vectors { return [ofValues] }
      let dtype = change.dtype
      let (row, column) = (s.asRowFactors(dtype), s.asColumnFactors(dtype))
      let (own, other) = (s.expandedDimensions(axis: -1), s.expandedDimensions(axis: -2))
      let inverses = ties.inverses(of: (other - own) * (other + own)).asType(dtype)
      let adjoint = inner.adjoint()
      let quotients = `where`(isZero, Tensor(floatLiteral: .nan), reciprocal(`where`(isZero, 1, s))).asColumnFactors(
        dtype)
      var ofU = matmul(u, inverses.absorbing(inner * column + row * adjoint))
      var ofV = matmul(v, inverses.absorbing(row * inner + adjoint * column))
      if sizes.rows > sizes.columns {
        let outside = matmul(change, v) - matmul(u, inner)
        ofU = ofU + outside.absorbing(quotients)
      }
      if sizes.columns > sizes.rows {
        let outside = matmul(change.adjoint(), u) - matmul(v, adjoint)
        ofV = ofV + outside.absorbing(quotients)
      }
      if dtype.isComplex {
        // U turns by an angle that keeps its phase, and V by that and by the imaginary part of the diagonal.
        let (turned, angle) = u.keepingPhase(ofU)
        ofU = turned
        let inside = imaginaryPart(inner.diagonal())
        let twist = complex(Tensor.zeros(like: angle), angle).asColumnFactors(dtype)
        let rest = complex(Tensor.zeros(like: angle), inside).asColumnFactors(dtype)
        ofV = ofV + v * twist - v * rest.absorbing(quotients)
      }
      return [ofU, ofValues, ofV.adjoint()]
    }
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [
      [3, 3], [1, 1], [2, 4, 2], [0, 0], [2, 3], [5, 2], [2, 1, 3], [4, 1], [0, 2], [2, 0],
    ]
    return [true, false].flatMap { vectors in
      shapes.map { PrimitiveSample(SVD(vectors: vectors), [OperandSample($0, .separated)], dtypes: matrixTypes) }
    }
  }
}
