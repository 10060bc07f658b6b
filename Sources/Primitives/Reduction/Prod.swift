/// The product along axes, which are left out of the result. Integers wrap around.
public struct Prod: NumericReduction {
  public static let name = "prod"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { .reduction }

  func check(_ operand: TensorType) throws(TensorError) { try checkNumeric(operand, Self.name) }

  public func lowering(of operands: [TensorType]) -> Lowering { .reduction(.product, axes: axes) }

  func reduced<Element: HostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor {
    try reduce(x, axes, Self.name, ProductOf<Element>.self)
  }

  /// The derivative by an element is the product of all the others. It is not computed as a quotient, which would be
  /// wrong where elements are zero; so it is right at every order.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let shape = point.operandType(0).shape
    let kept = shape.dimensions.indices.filter { !axes.contains($0) }
    let order = kept + axes
    let lines = point.operand(0).transposed(order)
    let length = axes.reduce(1) { $0 &* shape[$1] }
    let flat = lines.reshaped(to: Shape(kept.map { shape[$0] } + [length]))
    let others = productsOfOthers(flat).reshaped(to: lines.shape)
    var back = order
    for (position, axis) in order.enumerated() { back[axis] = position }
    let weights = others.transposed(back)
    return .rule { dx in [(weights * dx).sum(axes: axes)] }
  }
}

/// For each element along the last axis, the product of all other elements along it.
///
/// Up a tree of pairs and down again: the others of a child are the others of its parent times its sibling. That takes
/// a number of operations that grows with the logarithm of the size.
private func productsOfOthers(_ x: Tensor) -> Tensor {
  let shape = x.shape
  let size = shape[shape.rank - 1]
  if size == 0 { return x }
  let sizes = Array(shape.dimensions.dropLast())
  if size == 1 { return constant(1, x.type, beside: x) }
  let padding = TensorType(x.dtype, Shape(sizes + [1]))
  let even = size % 2 == 0 ? x : Tensor.concatenated([x, constant(1, padding, beside: x)], axis: -1)
  let pairs = even.reshaped(to: Shape(sizes + [(size + 1) / 2, 2]))
  let all = sizes.map { AxisSlice.all($0) } + [.all((size + 1) / 2)]
  let first = Slice(axes: all + [AxisSlice(index: 0)]).bind(pairs)
  let second = Slice(axes: all + [AxisSlice(index: 1)]).bind(pairs)
  let outside = productsOfOthers(first * second)
  let both = Tensor.stacked([outside * second, outside * first], axis: -1).reshaped(to: even.shape)
  return size % 2 == 0 ? both : Slice(axes: sizes.map { .all($0) } + [.all(size)]).bind(both)
}
