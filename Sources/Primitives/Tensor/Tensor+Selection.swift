/// The elements of `a` where the mask holds, else those of `b`. All three broadcast; literals adopt the other branch's
/// element type.
///
/// Both branches are computed. What is not chosen contributes nothing to a derivative of any order, even where it is
/// infinite or not a number: `` `where`(x .> 0, log(x), 0) `` has the derivative 0 at negative x and at 0.
///
/// `where` is a word of Swift: write it in backticks, or as ``Tensor/where(_:_:_:)``.
public func `where`(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
  if case .bool(let flag)? = mask.directHost?.representation, a.isFloat64Scalar, b.isFloat64Scalar {
    return (flag ? a : b).settled
  }
  if mask.isInvalid || a.isInvalid || b.isInvalid { return poisoned(Select.name) }
  guard var (a, b) = madeEqual(Select.name, a, b) else { return Tensor(.invalid) }
  let (maskShape, shape) = (mask.shape, a.shape)
  if maskShape == shape || maskShape.isScalar { return Select().bind([mask, a, b])[0].settled }
  guard let common = Shape.broadcast(maskShape, shape) else {
    return invalidTensor(
      TensorError(
        .shape, Select.name, "the mask's shape \(maskShape) and the branches' shape \(shape) do not broadcast",
        hint: "sizes must be equal or 1, counted from the last axis"))
  }
  a = a.lifted(beside: mask).broadcast(to: common, for: Select.name)
  b = b.lifted(beside: mask).broadcast(to: common, for: Select.name)
  return Select().bind([mask.lifted(beside: a).broadcast(to: common, for: Select.name), a, b])[0]
}

extension Tensor {
  /// The elements of `a` where the mask holds, else those of `b`: the function `` `where` `` under a name that needs no
  /// backticks.
  public static func `where`(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor { Primitives.where(mask, a, b) }

  /// The elements limited to a range; `nan` stays. Real and integer only.
  ///
  /// At the bounds the derivative is 1, outside it is 0.
  public func clipped(to range: ClosedRange<Double>) -> Tensor {
    clip(self, Tensor(floatLiteral: range.lowerBound), Tensor(floatLiteral: range.upperBound))
  }
}

/// The elements limited from below and above; `nan` stays. Real and integer only; all three broadcast.
///
/// The derivative belongs to x between the bounds and at them, and to a bound beyond it.
public func clip(_ x: Tensor, _ lower: Tensor, _ upper: Tensor) -> Tensor {
  let raised = `where`(x .< lower, lower, x)
  return `where`(raised .> upper, upper, raised)
}

/// The larger of two elements; `nan` where one is. Real and integer only; where both are equal, each has half of the
/// derivative.
public func max(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(Maximum(), x, y) }

/// The smaller of two elements; `nan` where one is. Real and integer only; where both are equal, each has half of the
/// derivative.
public func min(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(Minimum(), x, y) }

/// The larger of an element and a Swift number.
@_disfavoredOverload
public func max(_ x: Tensor, _ y: some TensorOperand) -> Tensor { max(x, y.tensorLiteral) }

/// The larger of a Swift number and an element.
@_disfavoredOverload
public func max(_ x: some TensorOperand, _ y: Tensor) -> Tensor { max(x.tensorLiteral, y) }

/// The smaller of an element and a Swift number.
@_disfavoredOverload
public func min(_ x: Tensor, _ y: some TensorOperand) -> Tensor { min(x, y.tensorLiteral) }

/// The smaller of a Swift number and an element.
@_disfavoredOverload
public func min(_ x: some TensorOperand, _ y: Tensor) -> Tensor { min(x.tensorLiteral, y) }
