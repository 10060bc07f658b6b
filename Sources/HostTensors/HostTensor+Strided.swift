import Numerics

/// A walk over memory: a first element, and for each axis how many steps are taken and how far one goes, in elements.
public struct StridedView: Sendable {
  /// The first element.
  public var offset: Int
  /// The number of steps along each axis.
  public var sizes: [Int]
  /// The distance of a step along each axis.
  public var strides: [Int]

  /// A walk.
  public init(offset: Int = 0, sizes: [Int], strides: [Int]) {
    self.offset = offset
    self.sizes = sizes
    self.strides = strides
  }

  /// All elements of a row-major tensor in order.
  public init(dense shape: Shape) { self.init(sizes: shape.dimensions, strides: shape.strides) }
}

extension HostTensor {
  /// The elements that a view reads, as a new dense tensor.
  package func read(_ view: StridedView, for operation: String) throws(TensorError) -> HostTensor {
    let type = TensorType(dtype, Shape(view.sizes))
    return try HostTensor.uninitialized(type, for: operation) { destination in
      withBytes { source in
        copyElements(
          dtype.byteCount, sizes: view.sizes, from: source.baseAddress, view.offset, view.strides,
          to: destination, 0, type.shape.strides)
      }
    }
  }

  /// Puts the elements of another tensor, in row-major order, where a view of this one points to.
  package mutating func write(_ elements: HostTensor, at view: StridedView) throws(TensorError) {
    let dtype = dtype
    try withMutableMemory(of: dtype) { destination, _ in
      elements.withBytes { source in
        copyElements(
          dtype.byteCount, sizes: view.sizes, from: source.baseAddress, 0, Shape(view.sizes).strides,
          to: destination, view.offset, view.strides)
      }
    }
  }

  /// Adds the elements of another tensor of floating-point numbers, in row-major order, where a view of this one points to.
  package mutating func add(_ elements: HostTensor, at view: StridedView) throws(TensorError) {
    func add<Scalar: TensorScalar & AdditiveArithmetic>(_: Scalar.Type) throws(TensorError) {
      try withMutableElements(as: Scalar.self) { destination in
        elements.withElements(as: Scalar.self) { source in
          guard !view.sizes.contains(0), let from = source.baseAddress, let to = destination.baseAddress else { return }
          let (sizes, strides, target) = merged(view.sizes, Shape(view.sizes).strides, view.strides)
          addAxis(0, sizes, from, strides, to + view.offset, target)
        }
      }
    }
    switch dtype {
    case .float64: try add(Double.self)
    case .float32: try add(Float.self)
    case .complex128: try add(Complex<Double>.self)
    case .complex64: try add(Complex<Float>.self)
    case .int32, .int64, .bool:
      throw TensorError(.dtype, "add", "\(dtype) has no cotangents")
    }
  }

  /// The same elements with another shape of as many elements.
  package func withShape(_ shape: Shape, for operation: String) throws(TensorError) -> HostTensor {
    if shape == self.shape { return self }
    return try HostTensor.uninitialized(TensorType(dtype, shape), for: operation) { destination in
      withBytes { source in
        if let start = source.baseAddress { destination.copyMemory(from: start, byteCount: source.count) }
      }
    }
  }
}

/// An element of 16 bytes with the alignment of a complex number, which a vector type would exceed.
private struct SixteenBytes: BitwiseCopyable {
  var low: UInt64
  var high: UInt64
}

/// Copies elements of a given byte size between two strided walks of the same sizes.
private func copyElements(
  _ byteCount: Int, sizes: [Int], from source: UnsafeRawPointer?, _ sourceOffset: Int, _ sourceStrides: [Int],
  to destination: UnsafeMutableRawPointer, _ destinationOffset: Int, _ destinationStrides: [Int]
) {
  guard !sizes.contains(0), let source else { return }
  let (sizes, sourceStrides, destinationStrides) = merged(sizes, sourceStrides, destinationStrides)
  func copy<Element: BitwiseCopyable>(_: Element.Type) {
    copyAxis(
      0, sizes, source.assumingMemoryBound(to: Element.self) + sourceOffset, sourceStrides,
      destination.assumingMemoryBound(to: Element.self) + destinationOffset, destinationStrides)
  }
  switch byteCount {
  case 1: copy(UInt8.self)
  case 4: copy(UInt32.self)
  case 8: copy(UInt64.self)
  default: copy(SixteenBytes.self)
  }
}

/// The same two walks with axes made one where both walk on evenly, so that the innermost runs are long.
private func merged(_ sizes: [Int], _ source: [Int], _ destination: [Int]) -> ([Int], [Int], [Int]) {
  if sizes.count < 2 { return (sizes, source, destination) }
  var (newSizes, newSource, newDestination): ([Int], [Int], [Int]) = ([], [], [])
  for axis in sizes.indices where sizes[axis] != 1 {
    if let last = newSizes.indices.last, newSource[last] == source[axis] &* sizes[axis],
      newDestination[last] == destination[axis] &* sizes[axis]
    {
      newSizes[last] &*= sizes[axis]
      newSource[last] = source[axis]
      newDestination[last] = destination[axis]
    } else {
      newSizes.append(sizes[axis])
      newSource.append(source[axis])
      newDestination.append(destination[axis])
    }
  }
  return (newSizes, newSource, newDestination)
}

private func addAxis<Element: AdditiveArithmetic>(
  _ axis: Int, _ sizes: [Int], _ source: UnsafePointer<Element>, _ sourceStrides: [Int],
  _ destination: UnsafeMutablePointer<Element>, _ destinationStrides: [Int]
) {
  guard axis < sizes.count else {
    destination.pointee += source.pointee
    return
  }
  let (size, from, to) = (sizes[axis], sourceStrides[axis], destinationStrides[axis])
  if axis < sizes.count - 1 {
    for index in 0..<size {
      addAxis(axis + 1, sizes, source + index * from, sourceStrides, destination + index * to, destinationStrides)
    }
  } else {
    for index in 0..<size { destination[index * to] += source[index * from] }
  }
}

private func copyAxis<Element: BitwiseCopyable>(
  _ axis: Int, _ sizes: [Int], _ source: UnsafePointer<Element>, _ sourceStrides: [Int],
  _ destination: UnsafeMutablePointer<Element>, _ destinationStrides: [Int]
) {
  guard axis < sizes.count else {
    destination.pointee = source.pointee
    return
  }
  let (size, from, to) = (sizes[axis], sourceStrides[axis], destinationStrides[axis])
  if axis < sizes.count - 1 {
    for index in 0..<size {
      copyAxis(axis + 1, sizes, source + index * from, sourceStrides, destination + index * to, destinationStrides)
    }
  } else if from == 1 && to == 1 {
    destination.update(from: source, count: size)
  } else {
    for index in 0..<size { destination[index * to] = source[index * from] }
  }
}
