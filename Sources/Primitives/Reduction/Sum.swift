import Numerics

/// The sum along axes, which are left out of the result.
public struct Sum: LinearPrimitive {
  public static let name = "sum"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.linear, .reduction] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    let operand = operands[0]
    try checkAxes(axes, of: operand.shape, Self.name)
    guard operand.dtype != .bool else {
      throw TensorError(
        .dtype, Self.name, "is not defined for bool", hint: "convert first: x.asType(.int64).sum() counts the true ones"
      )
    }
    return [TensorType(operand.dtype, operand.shape.removing(axes))]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try reduceSum(x, Double.self)]
    case .float32: return [try reduceSum(x, Float.self)]
    case .int32: return [try reduce(x, axes, Self.name, Int32(0), &+)]
    case .int64: return [try reduce(x, axes, Self.name, Int64(0), &+)]
    case .complex128: return [try reduceSum(x, Complex<Double>.self)]
    case .complex64: return [try reduceSum(x, Complex<Float>.self)]
    case .bool: return []
    }
  }

  private func reduceSum<T: TensorScalar & AdditiveArithmetic>(_ x: HostTensor, _: T.Type) throws(TensorError)
    -> HostTensor
  {
    try reduce(x, axes, Self.name, T.zero, +)
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let shape = point.operandType(0).shape
    let kept = shape.dimensions.indices.filter { !axes.contains($0) }
    return Broadcast(shape: shape.dimensions, axes: kept).bind(cotangents[0]!)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [Sum(axes: axes.map { $0 + 1 }).bind(operands[0])]
  }

  public static var samples: [PrimitiveSample] {
    let dtypes = DType.allCases.filter { $0 != .bool }
    return [
      PrimitiveSample(Sum(axes: [0, 2]), [OperandSample([2, 3, 2])], dtypes: dtypes),
      PrimitiveSample(Sum(axes: []), [OperandSample([2])], dtypes: dtypes),
      PrimitiveSample(Sum(axes: [1]), [OperandSample([2, 0])], dtypes: dtypes),
      PrimitiveSample(Sum(axes: [0]), [OperandSample([1])], dtypes: dtypes),
    ]
  }
}

/// Checks that axes are in ascending order and inside a shape.
func checkAxes(_ axes: [Int], of shape: Shape, _ operation: String) throws(TensorError) {
  let ascending = zip(axes, axes.dropFirst()).allSatisfy { $0 < $1 }
  guard ascending, axes.allSatisfy({ (0..<shape.rank).contains($0) }) else {
    throw TensorError(.index, operation, "axes \(axes) are not axes of shape \(shape) in ascending order")
  }
}
