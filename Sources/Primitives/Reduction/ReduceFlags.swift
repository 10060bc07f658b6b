/// Whether all flags along axes hold; true where there are none.
public struct ReduceAll: FlagReduction {
  typealias Flags = AllOf

  public static let name = "reduceAll"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public func lowering(of operands: [TensorType]) -> Lowering { .reduction(.all, axes: axes) }
}

/// Whether one of the flags along axes holds; false where there are none.
public struct ReduceAny: FlagReduction {
  typealias Flags = AnyOf

  public static let name = "reduceAny"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public func lowering(of operands: [TensorType]) -> Lowering { .reduction(.any, axes: axes) }
}
