/// The share of each element in a maximum or minimum along axes: 1 over the number of elements that attain it, or 0.
///
/// The operands are the elements and the extremum, which has the shape without the axes. Where the extremum is `nan`,
/// the elements that are `nan` attain it.
public struct ExtremumWeights: Primitive {
  public static let name = "extremumWeights"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.reduction, .discrete] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes two operands, not \(operands.count)")
    }
    let (x, extremum) = (operands[0], operands[1])
    guard x.dtype.isReal else { throw TensorError(.dtype, Self.name, "is defined for real numbers, not \(x.dtype)") }
    if x.dtype != extremum.dtype { throw mixedDTypes(Self.name, x, extremum) }
    try checkAxes(axes, of: x.shape, Self.name)
    guard extremum.shape == x.shape.removing(axes) else {
      throw TensorError(
        .shape, Self.name, "\(extremum) is not the type of an extremum of \(x) along axes \(axes)")
    }
    return [x]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    let kept = operands[0].shape.dimensions.indices.filter { !axes.contains($0) }
    return .program(Self.name, operands) { inputs in
      let stretch = Broadcast(shape: operands[0].shape.dimensions, axes: kept)
      let (x, extremum) = (inputs[0], stretch.bind(inputs[1]))
      let isAttained = (x .== extremum) .| ((x .!= x) .& (extremum .!= extremum))
      let attained = isAttained.asType(operands[0].dtype)
      let counts = stretch.bind(Sum(axes: axes).bind(attained))
      return [Tensor.where(isAttained, attained / counts, attained)]
    }
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    operands[0].dtype == .float32
      ? [try weights(operands[0], operands[1], Float.self)] : [try weights(operands[0], operands[1], Double.self)]
  }

  private func weights<T: ComplexPart>(_ x: HostTensor, _ extremum: HostTensor, _: T.Type)
    throws(TensorError) -> HostTensor where T: HostNumber
  {
    let kept = x.shape.dimensions.indices.filter { !axes.contains($0) }
    let view = Broadcast(shape: x.shape.dimensions, axes: kept).view(of: extremum.shape)
    let attained = try mapElements(Self.name, x, try extremum.read(view, for: Self.name)) { (a: T, b: T) -> T in
      a == b || (a.isNaN && b.isNaN) ? 1 : 0
    }
    let counts = try reduce(attained, axes, Self.name, SumOf<T>.self)
    return try mapElements(Self.name, attained, try counts.read(view, for: Self.name)) { (a: T, b: T) -> T in
      a == 0 ? 0 : a / b
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    ExtremumWeights(axes: axes.map { $0 + 1 }).bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    [([0], [3], []), ([0, 2], [2, 3, 2], [3]), ([0], [1], []), ([1], [0, 2], [0])].map {
      (axes: [Int], shape: Shape, extremum: Shape) in
      PrimitiveSample(
        ExtremumWeights(axes: axes), [OperandSample(shape), OperandSample(extremum)], dtypes: [.float64, .float32])
    }
  }
}
