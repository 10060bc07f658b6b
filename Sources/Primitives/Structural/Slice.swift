/// What is taken of one axis: `count` elements, the first at `start`, `step` apart; or one element without its axis.
public struct AxisSlice: Hashable, Sendable {
  /// The first index, from 0.
  public let start: Int
  /// How many elements.
  public let count: Int
  /// The distance; negative to walk backwards.
  public let step: Int
  /// Whether the axis is left out of the result; then `count` is 1.
  public let dropsAxis: Bool

  /// A range of an axis.
  public init(start: Int, count: Int, step: Int = 1) {
    self.start = start
    self.count = count
    self.step = step
    dropsAxis = false
  }

  /// One element of an axis.
  public init(index: Int) {
    start = index
    count = 1
    step = 1
    dropsAxis = true
  }

  /// The whole of an axis.
  static func all(_ size: Int) -> AxisSlice { AxisSlice(start: 0, count: size) }

  /// Whether all elements lie inside an axis of this size.
  func fits(_ size: Int) -> Bool {
    guard count >= 0, step != 0 else { return false }
    if count == 0 { return true }
    let (distance, overflow) = step.multipliedReportingOverflow(by: count - 1)
    let (last, overflows) = start.addingReportingOverflow(distance)
    return !overflow && !overflows && (0..<size).contains(start) && (0..<size).contains(last)
  }
}

/// Takes a strided range, or one element, of each axis.
public struct Slice: StructuralPrimitive {
  public static let name = "slice"

  /// What is taken of each axis.
  public let axes: [AxisSlice]

  public init(axes: [AxisSlice]) { self.axes = axes }

  /// What is not taken has a strong zero as its cotangent.
  public var traits: PrimitiveTraits { [.linear, .structural, .extracting] }

  public func resultShape(of operand: Shape) throws(TensorError) -> Shape {
    try checkSlices(axes, of: operand, Self.name)
    return Shape(axes.filter { !$0.dropsAxis }.map(\.count))
  }

  public func view(of operand: Shape) -> StridedView { sliceView(axes, of: operand) }

  public func lowering(of operands: [TensorType]) -> Lowering {
    var axis = -1
    return .view(
      axes.map { slice in
        if slice.dropsAxis { return AxisMap(at: slice.start) }
        axis += 1
        // A single element may have any step.
        // Where there is no element, start and step may be any numbers.
        if slice.count == 0 { return AxisMap(axis: axis) }
        return slice.count == 1
          ? AxisMap(at: slice.start) : AxisMap(axis: axis, start: slice.start, step: slice.step)
      })
  }

  /// One element of a float64 vector without a walk, else the general way.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if axes.count == 1, axes[0].dropsAxis, axes[0].start >= 0, let element = x.float64Element(axes[0].start) {
      return HostTensor(.float64(element))
    }
    _ = try resultTypes(of: [x.type])
    return try evaluate([x])[0]
  }

  public func addTransposed(_ cotangent: HostTensor, of operand: Int, to total: inout HostTensor) -> Bool {
    if axes.count == 1, axes[0].dropsAxis, case .float64(let ct) = cotangent.representation,
      total.addToFloat64Element(axes[0].start, ct)
    {
      return true
    }
    do {
      try total.add(cotangent, at: sliceView(axes, of: total.shape))
      return true
    } catch {
      return false
    }
  }

  public func adjoint(_ cotangent: Tensor, operand: TensorType) -> Tensor {
    Embed(axes: axes, shape: operand.shape.dimensions).bind(cotangent)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [Slice(axes: [.all(size)] + axes).bind(operands[0])]
  }

  public static var samples: [PrimitiveSample] {
    [
      PrimitiveSample(
        Slice(axes: [AxisSlice(start: 1, count: 2, step: 2), AxisSlice(index: 2)]), [OperandSample([4, 3])],
        dtypes: DType.allCases),
      PrimitiveSample(
        Slice(axes: [AxisSlice(start: 2, count: 3, step: -1)]), [OperandSample([3])], dtypes: DType.allCases),
      PrimitiveSample(Slice(axes: [AxisSlice(start: 0, count: 0)]), [OperandSample([2])], dtypes: DType.allCases),
      PrimitiveSample(
        Slice(axes: [AxisSlice(start: 0, count: 1), AxisSlice(start: 0, count: 0)]), [OperandSample([1, 0])],
        dtypes: DType.allCases),
      PrimitiveSample(Slice(axes: []), [OperandSample([])], dtypes: DType.allCases),
    ]
  }
}

extension AxisSlice {
  /// These places of an axis as those of a part of an insertion.
  var place: Insertion.Region {
    Insertion.Region(start: count == 0 ? 0 : start, count: count, step: count <= 1 ? 1 : step, isAxis: !dropsAxis)
  }
}

/// Checks that slices lie inside a shape.
func checkSlices(_ axes: [AxisSlice], of shape: Shape, _ operation: String) throws(TensorError) {
  guard axes.count == shape.rank else {
    throw TensorError(.shape, operation, "\(axes.count) slices do not fit the \(shape.rank) axes of shape \(shape)")
  }
  for (axis, slice) in axes.enumerated() where !slice.fits(shape[axis]) {
    throw TensorError(
      .index, operation,
      slice.dropsAxis
        ? "index \(slice.start) is outside axis \(axis) of shape \(shape)"
        : "\(slice.count) elements from \(slice.start) with step \(slice.step) lie outside axis \(axis) of shape \(shape)"
    )
  }
}

/// Where the elements of slices lie in a shape.
func sliceView(_ axes: [AxisSlice], of shape: Shape) -> StridedView {
  var view = StridedView(sizes: [], strides: [])
  for (slice, stride) in zip(axes, shape.strides) {
    view.offset &+= slice.count == 0 ? 0 : slice.start &* stride
    if !slice.dropsAxis {
      view.sizes.append(slice.count)
      // A single element may have any step.
      view.strides.append(slice.step &* stride)
    }
  }
  return view
}
