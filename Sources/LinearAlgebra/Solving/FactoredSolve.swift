import HostLibraries
import Primitives

/// The solution X of A X = B, Aᵀ X = B or Aᴴ X = B, computed from the factors of A.
///
/// The operands are A [..., n, n], B [..., n, k], and the results of ``LU`` for A, [..., n, n] and [..., n]. The factors are what
/// is computed with, and A is what is differentiated by: dX = A⁻¹ (dB - dA X), which the same factors solve, at every order. A
/// singular matrix makes the solution `nan`, and so does an order of rows that is no permutation.
public struct FactoredSolve: MatrixPrimitive, LinearPrimitive {
  public static let name = "factoredSolve"

  /// The matrix of the equations: A, its transpose, or its adjoint.
  public let transform: MatrixTransform
  /// Whether products with a zero are zero, whatever the other number is. Derivatives of selections use such products.
  public let absorbsZeros: Bool

  public init(transform: MatrixTransform = .identity, absorbsZeros: Bool = false) {
    self.transform = transform
    self.absorbsZeros = absorbsZeros
  }

  public var traits: PrimitiveTraits { absorbsZeros ? .selecting : [] }

  public var absorbingZeros: any LinearPrimitive { FactoredSolve(transform: transform, absorbsZeros: true) }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 4, matrices: 3, Self.name)
    try checkEquations(operands[0], operands[1], Self.name)
    try checkFactors(operands[2], operands[3], of: operands[0], Self.name)
    return [operands[1]]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    if MatrixSizes(operands[0].shape).areInline(upTo: 4),
      MatrixSizes(operands[1].shape).areInline(upTo: 4)
    {
      return .program(Self.name, operands) { [inlineSolution($0[1], $0[2], $0[3])] }
    }
    return .library(.factoredSolve(transform: transform, absorbsZeros: absorbsZeros))
  }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let sizes = MatrixSizes(operands[1].shape)
    let (n, columns) = (sizes.rows, sizes.columns)
    let (sides, factors, permutations) = (operands[1], operands[2], operands[3])
    var result = sides
    try result.updateMatrices(Scalar.self) { index, solution in
      factors.withElements(as: Scalar.self) { factors in
        permutations.withElements(as: Int64.self) { permutations in
          guard let matrix = factors.baseAddress.map({ $0 + index &* n &* n }) else { return }
          let permutation = rowOrder(permutations, index, n)
          guard let permutation else { return solution.update(repeating: .notANumber, count: n &* columns) }
          func solve(_ isUpper: Bool) {
            let system = TriangularSystem(
              isUpper: isUpper, transform: transform, hasUnitDiagonal: !isUpper, absorbsZeros: absorbsZeros)
            solution.solve(system, matrix, n, columns: columns, by: BLAS.shared)
          }
          if transform == .identity {
            sides.withElements(as: Scalar.self) { sides in
              for (row, source) in permutation.enumerated() {
                let start = (index &* n &+ source) &* columns
                for column in 0..<columns { solution[row &* columns &+ column] = sides[start &+ column] }
              }
            }
            solve(false)
            solve(true)
          } else {
            solve(true)
            solve(false)
            let solved = Array(UnsafeBufferPointer(start: solution, count: n &* columns))
            for (row, destination) in permutation.enumerated() {
              let start = destination &* columns
              for column in 0..<columns { solution[start &+ column] = solved[row &* columns &+ column] }
            }
          }
        }
      }
    }
    return [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    switch operand {
    case 0:
      let factored = Factored(point, at: (0, 2, 3))
      let solution = point.result()
      return .rule { change in
        [-factored.solved(matmul(change.transformed(transform), solution), transform, absorbsZeros)]
      }
    case 1: return .itself(self)
    default: return .zero
    }
  }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let factored = Factored(point, at: (0, 2, 3))
    let cotangent = cotangents[0]!
    return switch transform {
    case .identity: factored.solved(cotangent, .adjoint, absorbsZeros)
    case .adjoint: factored.solved(cotangent, .identity, absorbsZeros)
    // The adjoint of the transpose is the conjugate.
    case .transpose: conjugate(factored.solved(conjugate(cotangent), .identity, absorbsZeros))
    }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    if isBatched == [false, true, false, false], operands[0].rank == 2 {
      return [inColumns(operands[1]) { bind([operands[0], $0, operands[2], operands[3]])[0] }]
    }
    return bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [(Shape, Shape)] = [
      ([3, 3], [3, 2]), ([1, 1], [1, 1]), ([2, 2, 2], [2, 2, 3]), ([0, 0], [0, 2]), ([2, 2], [2, 0]),
    ]
    return MatrixTransform.allCases.enumerated().flatMap { index, transform in
      (index == 0 ? shapes : Array(shapes[1...2])).map { matrix, sides in
        PrimitiveSample(
          FactoredSolve(transform: transform, absorbsZeros: index == 2),
          [OperandSample(matrix, .invertible), OperandSample(sides)] + factorSamples(matrix), dtypes: matrixTypes)
      }
    }
  }
}

/// A matrix with its factors: what can be solved with.
struct Factored {
  /// The matrix.
  let matrix: Tensor
  /// The factors in one matrix.
  let factors: Tensor
  /// The order of the rows.
  let permutation: Tensor

  /// Factors a matrix. The factors have no derivative of their own: what is solved is differentiated by the matrix.
  init(_ matrix: Tensor) {
    let results = LU().bind([stopGradient(matrix)])
    (self.matrix, factors, permutation) = (matrix, results[0], results[1])
  }

  /// The matrix and its factors among the operands of an equation.
  init(_ point: EquationPoint, at places: (matrix: Int, factors: Int, permutation: Int)) {
    matrix = point.operand(places.matrix)
    factors = point.operand(places.factors)
    permutation = point.operand(places.permutation)
  }

  /// The solution for right sides.
  func solved(
    _ sides: Tensor, _ transform: MatrixTransform = .identity, _ absorbsZeros: Bool = false
  ) -> Tensor {
    FactoredSolve(transform: transform, absorbsZeros: absorbsZeros).bind([matrix, sides, factors, permutation])[0]
  }

  /// The inverse of the matrix.
  func inverse() -> Tensor {
    solved(Tensor.identity(like: matrix).broadcast(to: matrix.shape))
  }
}

/// The order of the rows of a matrix of a batch; `nil` where it is no permutation.
func rowOrder(_ permutations: UnsafeBufferPointer<Int64>, _ index: Int, _ count: Int) -> [Int]? {
  let order = permutations[(index &* count)..<((index &+ 1) &* count)].map { Int($0) }
  var isTaken = [Bool](repeating: false, count: count)
  for row in order {
    guard isTaken.indices.contains(row), !isTaken[row] else { return nil }
    isTaken[row] = true
  }
  return order
}

/// The samples of the results of a factorization: what it gives for the first operand.
func factorSamples(_ matrix: Shape) -> [OperandSample] {
  let order = Shape(Array(matrix.dimensions.dropLast()))
  return [
    OperandSample(matrix) { $0[0].factored?.factors ?? $0[0] },
    OperandSample(order, dtype: .int64) {
      $0[0].factored?.permutation ?? Tensor.zeros(order.dimensions, dtype: .int64)
    },
  ]
}

extension Tensor {
  /// A matrix with its factors; `nil` for integers.
  fileprivate var factored: Factored? { dtype.isDifferentiable ? Factored(self) : nil }
}

/// Checks that operands have the types of a matrix's factors.
func checkFactors(
  _ factors: TensorType, _ permutation: TensorType, of matrix: TensorType, _ operation: String
) throws(TensorError) {
  let order = TensorType(.int64, Shape(Array(matrix.shape.dimensions.dropLast())))
  guard factors == matrix, permutation == order else {
    throw TensorError(
      .shape, operation, "expected factors of type \(matrix) and \(order), got \(factors) and \(permutation)")
  }
}
