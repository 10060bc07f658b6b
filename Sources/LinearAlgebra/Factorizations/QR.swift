import HostLibraries
import Primitives

/// The factors of a matrix A = Q R: Q with orthonormal columns, R upper triangular with a real diagonal.
///
/// For [..., m, n] the results are [..., m, k] and [..., k, n], where k is the smaller of m and n. The signs are those of
/// Householder's reflections, as LAPACK and NumPy have them.
///
/// With M = Qᴴ dA R⁻¹ of the first k columns, dQ = Q Ω + (dA R⁻¹ - Q M) and dR = Qᴴ dA - Ω R, where Ω is the anti-Hermitian matrix
/// with the lower triangle of M; see S. Walter and L. Lehmann, Algorithmic differentiation of linear algebra functions,
/// arXiv:1001.1654. Where the first k columns are linearly dependent there is no derivative.
public struct QR: MatrixPrimitive {
  public static let name = "qr"
  public init() {}

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    let sizes = MatrixSizes(operands[0].shape)
    let size = Swift.min(sizes.rows, sizes.columns)
    return [[sizes.rows, size], [size, sizes.columns]].map {
      TensorType(operands[0].dtype, Shape(sizes.batch + $0))
    }
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .library(.qr) }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let sizes = MatrixSizes(operands[0].shape)
    let (m, n, k) = (sizes.rows, sizes.columns, Swift.min(sizes.rows, sizes.columns))
    let types = try resultTypes(of: operands.map(\.type))
    let library = LAPACK.qr(Scalar.dtype)
    var (matrices, r) = (operands[0], try HostTensor(types[1], filledWith: 0))
    var failure: TensorError?
    let q = try HostTensor(types[0].shape, of: Scalar.self, for: Self.name) { q in
      guard let q = q.baseAddress else { return }
      do throws(TensorError) {
        try r.withMutableMemory(of: Scalar.dtype) { memory, count in
          let r = memory.bindMemory(to: Scalar.self, capacity: count)
          do throws(TensorError) {
            try matrices.updateMatrices(Scalar.self) { index, matrix in
              matrix.factorQR(m, n, q + index &* m &* k, r + index &* k &* n, by: library)
            }
          } catch {
            failure = error
          }
        }
      } catch {
        failure = error
      }
      if failure != nil { q.initialize(repeating: .zeroScalar, count: types[0].shape.count) }
    }
    if let failure { throw failure }
    return [q, r]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let sizes = MatrixSizes(point.operandType(0).shape)
    let size = Swift.min(sizes.rows, sizes.columns)
    let (q, r) = (point.result(0), point.result(1))
    let square = r.block(0..<size, 0..<size)
    return .rule { change in
      let first = change.block(0..<sizes.rows, 0..<size)
      // dA R⁻¹, as Rᵀ X = dAᵀ.
      let quotient = TriangularSolve(isUpper: true, transform: .transpose)
        .bind(square, first.matrixTransposed()).matrixTransposed()
      let inner = matmul(q.adjoint(), quotient)
      let lower = inner.lowerPart(offset: -1)
      var turn = lower - lower.adjoint()
      if inner.dtype.isComplex {
        // The diagonal of R stays real.
        let angle = imaginaryPart(inner)
        turn = turn + complex(Tensor.zeros(like: angle), angle) * Tensor.identity(like: inner)
      }
      let changeOfQ = matmul(q, turn) + (quotient - matmul(q, inner))
      return [changeOfQ, (matmul(q.adjoint(), change) - matmul(turn, r)).upperPart()]
    }
  }

  public static var samples: [PrimitiveSample] {
    [[3, 3], [1, 1], [2, 4, 4], [0, 0], [2, 3], [3, 2], [2, 1, 3], [4, 1], [0, 2], [2, 0]].map { (shape: Shape) in
      PrimitiveSample(QR(), [OperandSample(shape, .invertible)], dtypes: matrixTypes)
    }
  }
}
