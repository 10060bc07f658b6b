// Products of tensors beside `matmul`, `dot`, `outer` and `einsum`. Operands have one element type, which literals adopt.

/// The cross product of vectors of three elements along an axis; the other axes are batches, which broadcast.
///
/// - Parameter axis: the axis of the three elements in each operand and in the result; the last one by default.
public func cross(_ a: Tensor, _ b: Tensor, axis: Int = -1) -> Tensor {
  guard let placeA = a.checkedAxis(axis, "cross"), let placeB = b.checkedAxis(axis, "cross") else {
    return Tensor(.invalid)
  }
  return reporting { () throws(TensorError) in
    guard a.shape[placeA] == 3, b.shape[placeB] == 3 else {
      throw TensorError(
        .shape, "cross", "axis \(axis) of the shapes \(a.shape) and \(b.shape) must have size 3",
        hint: "vectors of the plane have the number x[0] * y[1] - x[1] * y[0]")
    }
    return try naming("cross") {
      let (x, y) = (a.movingAxis(placeA, to: a.rank - 1), b.movingAxis(placeB, to: b.rank - 1))
      func next(_ x: Tensor, _ shift: Int) -> Tensor { x.rolled(by: -shift, axis: -1) }
      let product = next(x, 1) * next(y, 2) - next(x, 2) * next(y, 1)
      if product.isInvalid { return product }
      return product.movingAxis(product.rank - 1, to: axis < 0 ? product.rank + axis : axis)
    }
  }
}

/// The product summed over the last axes of the first tensor and the first axes of the second one, as many as `axes` says: 0
/// gives all products, 1 the matrix product of matrices.
public func tensordot(_ a: Tensor, _ b: Tensor, axes: Int = 2) -> Tensor {
  if a.isInvalid || b.isInvalid { return poisoned("tensordot") }
  guard axes >= 0, axes <= Swift.min(a.rank, b.rank) else {
    return invalidTensor(
      TensorError(
        .value, "tensordot", "\(axes) axes of the shapes \(a.shape) and \(b.shape)",
        hint: "the number must be between 0 and \(Swift.min(a.rank, b.rank)), or name the axes: axes: ([0], [1])"))
  }
  return tensordot(a, b, axes: (Array((a.rank - axes)..<a.rank), Array(0..<axes)))
}

/// The product summed over pairs of axes: the first of the first list with the first of the second, and so on. The result has
/// the other axes of the first tensor, then those of the second one. Negative axes count from the end.
public func tensordot(_ a: Tensor, _ b: Tensor, axes: ([Int], [Int])) -> Tensor {
  if a.isInvalid || b.isInvalid { return poisoned("tensordot") }
  guard normalized(axes.0, rank: a.rank, "tensordot") != nil, normalized(axes.1, rank: b.rank, "tensordot") != nil
  else {
    return Tensor(.invalid)
  }
  return reporting { () throws(TensorError) in
    let (x, y) = try sharingDType("tensordot", a, b)
    let left = axes.0.map { $0 < 0 ? $0 + x.rank : $0 }
    let right = axes.1.map { $0 < 0 ? $0 + y.rank : $0 }
    guard left.count == right.count, zip(left, right).allSatisfy({ x.shape[$0] == y.shape[$1] }) else {
      throw TensorError(
        .shape, "tensordot", "axes \(axes.0) of shape \(x.shape) and axes \(axes.1) of shape \(y.shape) do not fit",
        hint: "axes of a pair must have one size")
    }
    return try naming("tensordot") { DotGeneral(contracting: (left, right)).bind(x, y) }
  }
}

/// The Kronecker product: each element of the first tensor is replaced by its product with the whole second one. Sizes of one
/// axis are multiplied; a tensor of fewer axes gets leading ones of size 1.
public func kronecker(_ a: Tensor, _ b: Tensor) -> Tensor {
  if a.isInvalid || b.isInvalid { return poisoned("kronecker") }
  return reporting { () throws(TensorError) in
    let (x, y) = try sharingDType("kronecker", a, b)
    let rank = Swift.max(x.rank, y.rank)
    func sizes(_ x: Tensor) -> [Int] { [Int](repeating: 1, count: rank - x.rank) + x.shape.dimensions }
    let (own, other) = (sizes(x), sizes(y))
    return try naming("kronecker") {
      let products = DotGeneral(contracting: ([], [])).bind(x.reshaped(own), y.reshaped(other))
      return products.transposed((0..<rank).flatMap { [$0, $0 + rank] }).reshaped(zip(own, other).map { $0 &* $1 })
    }
  }
}
