infix operator • : MultiplicationPrecedence

/// The matrix product, with NumPy's rules.
///
/// Vectors are rows on the left and columns on the right: [n] • [n] is a number, [m, n] • [n] is [m], [m] • [m, n] is
/// [n], [m, k] • [k, n] is [m, n]. Further leading axes are batches, which broadcast. Both have one element type, which
/// literals adopt. Complex numbers are not conjugated. A scalar is an error.
public func matmul(_ x: Tensor, _ y: Tensor) -> Tensor {
  let operation = "matmul"
  if x.isInvalid || y.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let (x, y) = try sharingDType(operation, x, y)
    let (a, b) = (x.shape, y.shape)
    guard a.rank > 0, b.rank > 0 else {
      throw TensorError(
        .shape, operation, "a scalar is not a matrix: the shapes are \(a) and \(b)", hint: "multiply with *")
    }
    let paired = Swift.max(b.rank - 2, 0)
    guard a[a.rank - 1] == b[paired] else {
      throw TensorError(
        .shape, operation, "the shapes \(a) and \(b) do not fit: \(a[a.rank - 1]) columns, \(b[paired]) rows",
        hint: "the last axis of the left and the last but one of the right must have one size; transpose one of them")
    }
    // A matrix on the right is shared by all batches of the left, without being repeated.
    if b.rank <= 2 {
      return DotGeneral(contracting: ([a.rank - 1], [paired])).bind(x, y)
    }
    let batchOfB = b.dimensions.dropLast(2)
    if a.rank <= 2 {
      // A matrix on the left: its rows come first in the product and belong behind the batch axes.
      let product = DotGeneral(contracting: ([a.rank - 1], [paired])).bind(x, y)
      return a.rank == 1 ? product : product.movingAxis(0, to: batchOfB.count)
    }
    guard let batch = Shape.broadcast(Shape(Array(a.dimensions.dropLast(2))), Shape(Array(batchOfB))) else {
      throw TensorError(
        .shape, operation, "the batch axes of \(a) and \(b) do not broadcast to one shape",
        hint: "all axes but the last two are batches; their sizes must be equal or 1")
    }
    let axes = Array(0..<batch.rank)
    let left = x.lifted(beside: y).broadcast(to: Shape(batch.dimensions + a.dimensions.suffix(2)), for: operation)
    let right = y.lifted(beside: x).broadcast(to: Shape(batch.dimensions + b.dimensions.suffix(2)), for: operation)
    return DotGeneral(contracting: ([batch.rank + 1], [batch.rank]), batch: (axes, axes)).bind(left, right)
  }
}

/// The sum of the products of two vectors' elements. Complex numbers are not conjugated.
public func dot(_ x: Tensor, _ y: Tensor) -> Tensor {
  if x.isInvalid || y.isInvalid { return poisoned("dot") }
  return reporting { () throws(TensorError) in
    let (x, y) = try sharingDType("dot", x, y)
    guard x.rank == 1, x.shape == y.shape else {
      throw TensorError(
        .shape, "dot", "takes two vectors of one length, not shapes \(x.shape) and \(y.shape)",
        hint: "use matmul for matrices, or (x * y).sum() for tensors of one shape")
    }
    return DotGeneral(contracting: ([0], [0])).bind(x, y)
  }
}

/// All products of an element of one vector with an element of another: [m] and [n] give [m, n].
public func outer(_ x: Tensor, _ y: Tensor) -> Tensor {
  if x.isInvalid || y.isInvalid { return poisoned("outer") }
  return reporting { () throws(TensorError) in
    let (x, y) = try sharingDType("outer", x, y)
    guard x.rank == 1, y.rank == 1 else {
      throw TensorError(
        .shape, "outer", "takes two vectors, not shapes \(x.shape) and \(y.shape)", hint: "flatten them: x.flattened()")
    }
    return DotGeneral(contracting: ([], [])).bind(x, y)
  }
}

extension Tensor {
  /// The matrix product, with NumPy's rules; see ``matmul(_:_:)``.
  public static func • (x: Tensor, y: Tensor) -> Tensor { matmul(x, y) }

  /// The elements at equal places of two axes, such as the diagonal of a matrix, as a new last axis.
  ///
  /// - Parameters:
  ///   - offset: how far above the main diagonal; negative below it.
  ///   - axes: the two axes, rows first; negative ones count from the end.
  public func diagonal(offset: Int = 0, axes: (Int, Int) = (-2, -1)) -> Tensor {
    diagonal(offset, axes, "diagonal")
  }

  private func diagonal(_ offset: Int, _ axes: (Int, Int), _ operation: String) -> Tensor {
    if isInvalid { return poisoned(operation) }
    let rank = rank
    guard rank >= 2 else {
      return invalidTensor(
        TensorError(
          .shape, operation, "a tensor of shape \(shape) has no diagonal: it takes two axes",
          hint: "x.diagonalMatrix() makes a matrix with a vector as its diagonal"))
    }
    guard normalized([axes.0, axes.1], rank: rank, operation) != nil else { return Tensor(.invalid) }
    let (first, second) = (axes.0 < 0 ? axes.0 + rank : axes.0, axes.1 < 0 ? axes.1 + rank : axes.1)
    let order = (0..<rank).filter { $0 != first && $0 != second } + [first, second]
    let matrices = transposed(order)
    let (rows, columns) = (shape[first], shape[second])
    let others = Array(matrices.shape.dimensions.dropLast(2))
    // In the flat matrix the neighbours on a diagonal are one row and one element apart.
    let isOutside = offset >= columns || offset <= 0 &- rows
    let count = isOutside ? 0 : offset >= 0 ? Swift.min(rows, columns - offset) : Swift.min(rows + offset, columns)
    let start = isOutside ? 0 : offset >= 0 ? offset : -offset * columns
    let flat = matrices.reshaped(to: Shape(others + [rows &* columns]))
    let step = count == 0 ? 1 : columns &+ 1
    return flat.sliced(others.count, AxisSlice(start: start, count: count, step: step))
  }

  /// The sum of the diagonal of a matrix, or of each matrix in the last two axes.
  public func trace() -> Tensor { diagonal(0, (-2, -1), "trace").sum(axis: -1) }

  /// The square matrix with this vector as its diagonal and zeros elsewhere; of each vector in the last axis.
  public func diagonalMatrix() -> Tensor {
    if isInvalid { return poisoned("diagonalMatrix") }
    let own = shape.dimensions
    guard let size = own.last else {
      return invalidTensor(
        TensorError(
          .shape, "diagonalMatrix", "a scalar is not a diagonal", hint: "write ([x] as Tensor).diagonalMatrix()"))
    }
    let batch = Array(own.dropLast())
    let (square, overflow) = size.multipliedReportingOverflow(by: size)
    if overflow { return invalidTensor(MemoryLimit.tooLarge(TensorType(dtype, Shape(own + [size])), "diagonalMatrix")) }
    let places = AxisSlice(start: 0, count: size, step: size &+ 1)
    return Embed(axes: batch.map { .all($0) } + [places], shape: batch + [square]).bind(self)
      .reshaped(to: Shape(own + [size]))
  }
}
