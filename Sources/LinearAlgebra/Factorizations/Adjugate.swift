import Primitives

/// The adjugate of a matrix, det(A) · A⁻¹, from its factors; it is finite for singular matrices, too.
///
/// The operands are A [..., n, n] and the results of ``LU`` for it. With P A = L U it is ± adj(U) L⁻¹ P, and the adjugate of a
/// triangular matrix grows column by column without a division: that of [U u; 0 d] is [d adj(U), -adj(U) u; 0, det U].
///
/// A is what is differentiated by: d adj(A) = tr(A⁻¹ dA) adj(A) - A⁻¹ dA adj(A), which is `nan` where A is singular.
public struct Adjugate: MatrixPrimitive {
  public static let name = "adjugate"
  public init() {}

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 3, matrices: 2, Self.name)
    try checkSquare(operands[0], Self.name)
    try checkFactors(operands[1], operands[2], of: operands[0], Self.name)
    return [operands[0]]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .library(.adjugate) }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let n = MatrixSizes(operands[0].shape).rows
    var result = operands[1]
    let permutations = operands[2]
    try result.updateMatrices(Scalar.self) { index, matrix in
      permutations.withElements(as: Int64.self) { permutations in
        guard let permutation = rowOrder(permutations, index, n) else {
          return matrix.update(repeating: .notANumber, count: n &* n)
        }
        let adjugate = Self.adjugate(factors: UnsafePointer(matrix), n, permutation)
        matrix.update(from: adjugate, count: n &* n)
      }
    }
    return [result]
  }

  private static func adjugate<Scalar: MatrixScalar>(
    factors: UnsafePointer<Scalar>, _ n: Int, _ permutation: [Int]
  ) -> [Scalar] {
    var upper = [Scalar](repeating: .zeroScalar, count: n &* n)
    var determinant: Scalar = 1
    for k in 0..<n {
      let diagonal = factors[k &* (n &+ 1)]
      for row in 0..<k {
        var sum = Scalar.zeroScalar
        for column in row..<k { sum += upper[row &* n &+ column] * factors[column &* n &+ k] }
        for column in row..<k { upper[row &* n &+ column] *= diagonal }
        upper[row &* n &+ k] = -sum
      }
      upper[k &* n &+ k] = determinant
      determinant *= diagonal
    }
    // X L = adj(U), from the last column on.
    for row in 0..<n {
      for column in stride(from: n - 1, through: 0, by: -1) {
        var sum = upper[row &* n &+ column]
        for k in (column &+ 1)..<Swift.max(n, column &+ 1) { sum -= upper[row &* n &+ k] * factors[k &* n &+ column] }
        upper[row &* n &+ column] = sum
      }
    }
    var result = upper
    let sign: Scalar = isOdd(permutation) ? -1 : 1
    for row in 0..<n {
      for (column, source) in permutation.enumerated() {
        result[row &* n &+ source] = sign * upper[row &* n &+ column]
      }
    }
    return result
  }

  /// Whether a permutation is a product of an odd number of exchanges.
  private static func isOdd(_ permutation: [Int]) -> Bool {
    var rest = permutation
    var isOdd = false
    for index in rest.indices {
      while rest[index] != index {
        rest.swapAt(index, rest[index])
        isOdd.toggle()
      }
    }
    return isOdd
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand > 0 { return .zero }
    let factored = Factored(point, at: (0, 1, 2))
    let adjugate = point.result()
    return .rule { change in
      let quotient = factored.solved(change)
      let trace = quotient.trace().expandedDimensions(axis: -1).expandedDimensions(axis: -1)
      return [trace * adjugate - matmul(quotient, adjugate)]
    }
  }

  public static var samples: [PrimitiveSample] {
    [[3, 3], [1, 1], [2, 4, 4], [0, 0]].map { (shape: Shape) in
      PrimitiveSample(Adjugate(), [OperandSample(shape, .invertible)] + factorSamples(shape), dtypes: matrixTypes)
    }
  }
}
