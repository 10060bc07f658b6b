import HostLibraries
import Primitives

/// The factors of a matrix with exchanged rows, P A = L U, and the exchange.
///
/// For [..., m, n] the results are the factors in one matrix of that shape, L without its unit diagonal below the diagonal and
/// U in the rest, and [..., m] int64: row i of the product is row permutation[i] of A. A singular matrix has zeros on the
/// diagonal of U.
///
/// The derivative follows from L⁻¹ P dA U⁻¹ = L⁻¹ dL + dU U⁻¹, of which the first is strictly lower and the second upper
/// triangular. Of a singular matrix it does not exist.
public struct LU: MatrixPrimitive {
  public static let name = "lu"
  public init() {}

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    return [operands[0], TensorType(.int64, Shape(Array(operands[0].shape.dimensions.dropLast())))]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    guard MatrixSizes(operands[0].shape).areInline(upTo: 4) else { return .library(.lu) }
    return .program(Self.name, operands) { SmallMatrices($0[0]).luFactors($0[0].dtype) }
  }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let sizes = MatrixSizes(operands[0].shape)
    let library = LAPACK.lu(Scalar.dtype)
    var factors = operands[0]
    var failure: TensorError?
    let permutations = try HostTensor(
      Shape(sizes.batch + [sizes.rows]), of: Int64.self, for: Self.name
    ) { permutations in
      guard let first = permutations.baseAddress else { return }
      for index in permutations.indices { permutations[index] = Int64(index % Swift.max(sizes.rows, 1)) }
      do throws(TensorError) {
        try factors.updateMatrices(Scalar.self) { index, matrix in
          matrix.factorLU(sizes.rows, sizes.columns, first + index &* sizes.rows, by: library)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return [factors, permutations]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let sizes = MatrixSizes(point.operandType(0).shape)
    let size = Swift.min(sizes.rows, sizes.columns)
    let (factors, permutation) = (point.result(0), point.result(1))
    return .rule { change in
      let exchanged = change.rows(at: permutation)
      return [Self.tangent(factors, exchanged, sizes, size), Tensor.zeros(like: permutation)]
    }
  }

  public static var samples: [PrimitiveSample] {
    [[3, 3], [1, 1], [2, 4, 4], [0, 0], [2, 3], [3, 2], [2, 1, 3], [4, 1], [0, 2], [2, 0]].map { (shape: Shape) in
      PrimitiveSample(LU(), [OperandSample(shape, .invertible)], dtypes: matrixTypes)
    }
  }
}

extension LU {
  /// The tangent of the factors, in one matrix.
  ///
  /// - Parameters:
  ///   - change: the tangent of the matrix with exchanged rows.
  ///   - size: the number of columns of L and of rows of U.
  private static func tangent(_ factors: Tensor, _ change: Tensor, _ sizes: MatrixSizes, _ size: Int) -> Tensor {
    let square = factors.block(0..<size, 0..<size)
    let change11 = change.block(0..<size, 0..<size)
    let inner = dividedByUpper(lowerSolve(square, change11), square)
    let lower11 = matmul(square.unitLower(), inner.lowerPart(offset: -1))
    let upper11 = matmul(inner.upperPart(), square.upperPart())
    let top = lower11 + upper11
    if sizes.columns > size {
      // dA₂ = dL U₂ + L dU₂.
      let rest = size..<sizes.columns
      let upper = factors.block(0..<size, rest)
      let change12 = change.block(0..<size, rest)
      return Tensor.concatenated([top, lowerSolve(square, change12 - matmul(lower11, upper))], axis: -1)
    }
    if sizes.rows > size {
      // dA₂ = dL₂ U + L₂ dU.
      let rest = size..<sizes.rows
      let lower = factors.block(rest, 0..<size)
      let change21 = change.block(rest, 0..<size)
      return Tensor.concatenated([top, dividedByUpper(change21 - matmul(lower, upper11), square)], axis: -2)
    }
    return top
  }

  private static func lowerSolve(_ factors: Tensor, _ sides: Tensor) -> Tensor {
    TriangularSolve(hasUnitDiagonal: true).bind(factors, sides)
  }

  /// X U⁻¹.
  private static func dividedByUpper(_ x: Tensor, _ factors: Tensor) -> Tensor {
    TriangularSolve(isUpper: true, transform: .transpose).bind(factors, x.matrixTransposed()).matrixTransposed()
  }
}
