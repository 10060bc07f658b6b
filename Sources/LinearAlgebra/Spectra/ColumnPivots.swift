import Primitives

/// The order of the columns of a matrix in which a QR factorization takes the one with the largest rest first.
///
/// For [..., m, n] the result is [..., n] int64. It is discrete, and has no derivative. Elements that are not finite leave the
/// columns as they are. See P. Businger and G. Golub, Linear least squares solutions by Householder transformations, 1965.
public struct ColumnPivots: MatrixPrimitive {
  public static let name = "columnPivots"
  public init() {}

  public var traits: PrimitiveTraits { .discrete }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    let sizes = MatrixSizes(operands[0].shape)
    return [TensorType(.int64, Shape(sizes.batch + [sizes.columns]))]
  }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let types = try resultTypes(of: operands.map(\.type))
    let sizes = MatrixSizes(operands[0].shape)
    let elements = operands[0].elements(as: Scalar.self)
    let (count, columns) = (types[0].shape.count, sizes.columns)
    let order = try HostTensor(types[0].shape, of: Int64.self, for: Self.name) { order in
      for first in stride(from: 0, to: count, by: Swift.max(columns, 1)) {
        let start = first &* sizes.rows
        let matrix = Array(elements[start..<(start &+ sizes.elementCount)])
        for (index, column) in Self.order(matrix, sizes.rows, columns).enumerated() { order[first &+ index] = column }
      }
    }
    return [order]
  }

  private static func order<Scalar: MatrixScalar>(_ matrix: [Scalar], _ m: Int, _ n: Int) -> [Int64] {
    var order = Array(0..<n)
    guard matrix.allSatisfy(\.size.isFinite) else { return order.map(Int64.init) }
    let scale = scaling(of: matrix.reduce(Scalar.RealPart.zero) { Swift.max($0, $1.size) })
    var columns = (0..<n).map { column in (0..<m).map { matrix[$0 &* n &+ column].scaled(by: scale) } }
    for step in 0..<Swift.min(m, n) {
      let sizes = columns.map { $0.reduce(Scalar.RealPart.zero) { $0 + $1.squaredSize } }
      var best = step
      for column in step..<n where sizes[order[column]] > sizes[order[best]] { best = column }
      order.swapAt(step, best)
      let length = sizes[order[step]].squareRoot()
      if length == 0 { break }
      let direction = columns[order[step]].map { $0.scaled(by: 1 / length) }
      // Gram and Schmidt's rests are accurate enough to compare them.
      for column in order[(step + 1)...] {
        let inner = zip(direction, columns[column]).reduce(Scalar.zeroScalar) { $0 + $1.0.conjugated * $1.1 }
        for row in 0..<m { columns[column][row] -= direction[row] * inner }
      }
    }
    return order.map(Int64.init)
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[3, 3], [1, 1], [2, 4, 2], [0, 0], [2, 3], [0, 2], [2, 0]]
    return shapes.map { PrimitiveSample(ColumnPivots(), [OperandSample($0)], dtypes: matrixTypes) }
  }
}
