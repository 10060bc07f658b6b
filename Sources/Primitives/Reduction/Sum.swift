/// The sum along axes, which are left out of the result.
public struct Sum: NumericReduction, LinearPrimitive {
  public static let name = "sum"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.linear, .reduction] }

  func check(_ operand: TensorType) throws(TensorError) {
    guard operand.dtype == .bool else { return }
    throw TensorError(
      .dtype, Self.name, "is not defined for bool", hint: "convert first: x.asType(.int64).sum() counts the true ones")
  }

  func reduced<Element: HostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor {
    try reduce(x, axes, Self.name, SumOf<Element>.self)
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .reduction(.sum, axes: axes) }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    cotangents[0]!.stretched(to: point.operandType(0).shape, along: axes)
  }
}

extension Tensor {
  /// A reduction's result repeated along the axes that were reduced.
  package func stretched(to shape: Shape, along axes: [Int]) -> Tensor {
    Broadcast(shape: shape.dimensions, axes: shape.dimensions.indices.filter { !axes.contains($0) }).bind(self)
  }
}
