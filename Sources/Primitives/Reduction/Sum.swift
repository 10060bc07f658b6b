import Numerics

/// The sum along axes, which are left out of the result.
public struct Sum: AxisReduction, LinearPrimitive {
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

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try reduce(x, axes, Self.name, SumOf<Double>.self)]
    case .float32: return [try reduce(x, axes, Self.name, SumOf<Float>.self)]
    case .int32: return [try reduce(x, axes, Self.name, SumOf<Int32>.self)]
    case .int64: return [try reduce(x, axes, Self.name, SumOf<Int64>.self)]
    case .complex128: return [try reduce(x, axes, Self.name, SumOf<Complex<Double>>.self)]
    case .complex64: return [try reduce(x, axes, Self.name, SumOf<Complex<Float>>.self)]
    case .bool: return []
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    cotangents[0]!.stretched(to: point.operandType(0).shape, along: axes)
  }

  public static var samples: [PrimitiveSample] {
    reductionSamples(dtypes: DType.allCases.filter { $0 != .bool }, empty: true)
  }
}

extension Tensor {
  /// A reduction's result repeated along the axes that were reduced.
  func stretched(to shape: Shape, along axes: [Int]) -> Tensor {
    Broadcast(shape: shape.dimensions, axes: shape.dimensions.indices.filter { !axes.contains($0) }).bind(self)
  }
}
