/// The largest element along axes, which are left out of the result; `nan` when there is one.
///
/// The gradient goes to the largest element; where there are several it is split equally among them.
public struct ReduceMax: OrderedReduction {
  public static let name = "reduceMax"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public func lowering(of operands: [TensorType]) -> Lowering { .reduction(.maximum, axes: axes) }

  func reduced<Element: OrderedHostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor {
    try reduce(x, axes, Self.name, MaximumOf<Element>.self)
  }
}

/// The smallest element along axes, which are left out of the result; `nan` when there is one.
///
/// The gradient goes to the smallest element; where there are several it is split equally among them.
public struct ReduceMin: OrderedReduction {
  public static let name = "reduceMin"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public func lowering(of operands: [TensorType]) -> Lowering { .reduction(.minimum, axes: axes) }

  func reduced<Element: OrderedHostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor {
    try reduce(x, axes, Self.name, MinimumOf<Element>.self)
  }
}
