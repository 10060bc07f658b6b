/// Combines the elements along axes, which are left out of the result.
///
/// The author writes what is combined and the derivative; types and batching are derived.
protocol AxisReduction: Primitive {
  /// The axes, in ascending order.
  var axes: [Int] { get }

  /// A reduction along other axes.
  init(axes: [Int])

  /// Checks the operand beyond its axes.
  func check(_ operand: TensorType) throws(TensorError)
}

extension AxisReduction {
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    try checkAxes(axes, of: operands[0].shape, Self.name)
    try check(operands[0])
    return [TensorType(operands[0].dtype, operands[0].shape.removing(axes))]
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Self(axes: axes.map { $0 + 1 }).bind(operands)
  }
}

extension AxisReduction {
  /// Checks that there are elements to choose from.
  func checkNotEmpty(_ operand: TensorType) throws(TensorError) {
    guard axes.contains(where: { operand.shape[$0] == 0 }) else { return }
    throw TensorError(
      .shape, Self.name, "there are no elements along axes \(axes) of shape \(operand.shape)",
      hint: "a maximum or minimum needs at least one element")
  }

  /// Samples along several axes, along none, over a size of 1 and beside an empty axis; `empty` also over it.
  static func reductionSamples(dtypes: [DType], empty: Bool) -> [PrimitiveSample] {
    var cases: [(axes: [Int], shape: Shape)] = [
      ([0], [3]), ([0, 2], [2, 3, 2]), ([1], [2, 3]), ([0], [3, 2]), ([0], [1]), ([], [2]), ([], []), ([1], [0, 2]),
    ]
    if empty { cases.append(([1], [2, 0])) }
    return cases.map { PrimitiveSample(Self(axes: $0.axes), [OperandSample($0.shape)], dtypes: dtypes) }
  }
}

/// Checks that axes are in ascending order and inside a shape.
func checkAxes(_ axes: [Int], of shape: Shape, _ operation: String) throws(TensorError) {
  let ascending = zip(axes, axes.dropFirst()).allSatisfy { $0 < $1 }
  guard ascending, axes.allSatisfy({ (0..<shape.rank).contains($0) }) else {
    throw TensorError(.index, operation, "axes \(axes) are not axes of shape \(shape) in ascending order")
  }
}
