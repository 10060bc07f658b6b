import HostLibraries
import Primitives

/// The solution X of T X = B, Tᵀ X = B or Tᴴ X = B for a triangular matrix T.
///
/// The operands are [..., n, n] and [..., n, k], with the same batch axes. Only the triangle of T is read. A zero on the
/// diagonal makes the whole solution `nan`. The derivative is dX = T⁻¹ (dB - dT X).
public struct TriangularSolve: MatrixPrimitive, LinearPrimitive {
  public static let name = "triangularSolve"

  /// Whether the upper triangle is read, and not the lower one.
  public let isUpper: Bool
  /// The matrix of the equations: T, its transpose, or its adjoint.
  public let transform: MatrixTransform
  /// Whether the diagonal is taken as ones, whatever stands there.
  public let hasUnitDiagonal: Bool
  /// Whether products with a zero are zero, whatever the other number is. Derivatives of selections use such products.
  public let absorbsZeros: Bool

  public init(
    isUpper: Bool = false, transform: MatrixTransform = .identity, hasUnitDiagonal: Bool = false,
    absorbsZeros: Bool = false
  ) {
    self.isUpper = isUpper
    self.transform = transform
    self.hasUnitDiagonal = hasUnitDiagonal
    self.absorbsZeros = absorbsZeros
  }

  public var traits: PrimitiveTraits { absorbsZeros ? .selecting : [] }

  public var absorbingZeros: any LinearPrimitive {
    TriangularSolve(isUpper: isUpper, transform: transform, hasUnitDiagonal: hasUnitDiagonal, absorbsZeros: true)
  }

  private var system: TriangularSystem {
    TriangularSystem(
      isUpper: isUpper, transform: transform, hasUnitDiagonal: hasUnitDiagonal, absorbsZeros: absorbsZeros)
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 2, matrices: 2, Self.name)
    try checkEquations(operands[0], operands[1], Self.name)
    return [operands[1]]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    if MatrixSizes(operands[0].shape).areInline(upTo: 8),
      MatrixSizes(operands[1].shape).areInline(upTo: 8)
    {
      return .program(Self.name, operands) { operands in
        let matrices = SmallMatrices(operands[0])
        var isRegular = Tensor.ones(matrices.batch, dtype: .bool)
        let solution = matrices.solved(system, SmallMatrices(operands[1]), &isRegular)
        let isPlain = hasUnitDiagonal || absorbsZeros
        return [solution.tensor(where: isPlain ? nil : isRegular, dtype: operands[1].dtype)]
      }
    }
    return .library(
      .triangularSolve(
        isUpper: isUpper, transform: transform, hasUnitDiagonal: hasUnitDiagonal, absorbsZeros: absorbsZeros))
  }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let sizes = MatrixSizes(operands[1].shape)
    let system = system
    var result = operands[1]
    let matrices = operands[0]
    try result.updateMatrices(Scalar.self) { index, sides in
      matrices.withElements(as: Scalar.self) { elements in
        guard let first = elements.baseAddress else { return }
        sides.solve(
          system, first + index &* sizes.rows &* sizes.rows, sizes.rows, columns: sizes.columns, by: BLAS.shared)
      }
    }
    return [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand == 1 { return .itself(self) }
    let (matrix, solution) = (point.operand(0), point.result())
    return .rule { change in
      let triangle = change.triangle(isUpper: isUpper, hasUnitDiagonal: hasUnitDiagonal)
      return [-bind(matrix, matmul(triangle.transformed(transform), solution))]
    }
  }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let (matrix, cotangent) = (point.operand(0), cotangents[0]!)
    func solve(_ transform: MatrixTransform, _ sides: Tensor) -> Tensor {
      TriangularSolve(
        isUpper: isUpper, transform: transform, hasUnitDiagonal: hasUnitDiagonal, absorbsZeros: absorbsZeros
      ).bind(matrix, sides)
    }
    return switch transform {
    case .identity: solve(.adjoint, cotangent)
    case .adjoint: solve(.identity, cotangent)
    // The adjoint of the transpose is the conjugate.
    case .transpose: conjugate(solve(.identity, conjugate(cotangent)))
    }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    if !isBatched[0], operands[0].rank == 2 {
      return [inColumns(operands[1]) { bind(operands[0], $0) }]
    }
    return bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [(Shape, Shape)] = [
      ([3, 3], [3, 2]), ([1, 1], [1, 1]), ([2, 2, 2], [2, 2, 3]), ([0, 0], [0, 2]), ([2, 2], [2, 0]),
    ]
    let systems = MatrixTransform.allCases.flatMap { transform in
      [(true, false), (false, true), (false, false)].map { (transform, $0.0, $0.1) }
    }
    return systems.enumerated().flatMap { index, system in
      // Every shape with the first kinds, one with the others.
      (index < 3 ? shapes : [shapes[index % 3]]).map { shape in
        PrimitiveSample(
          TriangularSolve(
            isUpper: system.1, transform: system.0, hasUnitDiagonal: system.2, absorbsZeros: index % 4 == 1),
          [OperandSample(shape.0, .wellConditioned), OperandSample(shape.1)], dtypes: matrixTypes)
      }
    }
  }
}

extension Tensor {
  /// A triangle of each matrix, without the diagonal where that is known; a selection, as solutions beside its zeros need not be
  /// finite.
  fileprivate func triangle(isUpper: Bool, hasUnitDiagonal: Bool) -> Tensor {
    let offset = hasUnitDiagonal ? 1 : 0
    return isUpper ? triu(diagonal: offset) : tril(diagonal: -offset)
  }
}

/// Checks that right sides fit square matrices.
func checkEquations(_ matrix: TensorType, _ sides: TensorType, _ operation: String) throws(TensorError) {
  try checkSquare(matrix, operation)
  let (a, b) = (MatrixSizes(matrix.shape), MatrixSizes(sides.shape))
  guard a.batch == b.batch else {
    throw TensorError(
      .shape, operation, "the batch axes must be equal; got shapes \(matrix.shape) and \(sides.shape)")
  }
  guard a.columns == b.rows else {
    throw TensorError(
      .shape, operation,
      "matrices of shape \(matrix.shape) need right sides with \(a.rows) rows; got shape \(sides.shape)")
  }
}

/// The function of right sides, for a batch of them in front, as a function of more columns.
func inColumns(_ sides: Tensor, _ solve: (Tensor) -> Tensor) -> Tensor {
  let (batch, rows, columns) = (sides.shape[0], sides.shape[1], sides.shape[2])
  let wide = sides.transposed([1, 0, 2]).reshaped([rows, batch &* columns])
  return solve(wide).reshaped([rows, batch, columns]).transposed([1, 0, 2])
}
