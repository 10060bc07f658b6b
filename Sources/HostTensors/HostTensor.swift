import Numerics

/// A tensor of numbers in the host's memory: dense, row-major, copied on write.
///
/// A scalar is kept in the value itself, without an allocation. Anything else is a reference to a buffer that is never
/// written while it is shared.
public struct HostTensor: Sendable {
  /// A scalar by its type, or a buffer.
  ///
  /// `@unchecked Sendable`, as `ManagedBuffer` is not `Sendable`: a buffer is written only before it is shared, or while it is referenced
  /// once (`withMutableElements` copies it otherwise), so that no thread reads what another one writes.
  @usableFromInline
  package enum Representation: @unchecked Sendable {
    case float32(Float)
    case float64(Double)
    case int32(Int32)
    case int64(Int64)
    case bool(Bool)
    case complex64(Complex<Float>)
    case complex128(Complex<Double>)
    case buffer(TensorBuffer)
  }

  @usableFromInline
  package var representation: Representation

  @inlinable
  package init(_ representation: Representation) { self.representation = representation }
}

extension HostTensor {
  /// The type of the elements.
  public var dtype: DType {
    switch representation {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    case .int64: .int64
    case .bool: .bool
    case .complex64: .complex64
    case .complex128: .complex128
    case .buffer(let buffer): buffer.dtype
    }
  }

  /// The type of a scalar that is kept in the value itself; nothing for tensors with a buffer.
  @inlinable
  package var inlineDType: DType? {
    switch representation {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    case .int64: .int64
    case .bool: .bool
    case .complex64: .complex64
    case .complex128: .complex128
    case .buffer: nil
    }
  }

  /// The sizes of the axes.
  public var shape: Shape {
    if case .buffer(let buffer) = representation { return buffer.shape }
    return .scalar
  }

  /// Element type and shape together.
  public var type: TensorType { TensorType(dtype, shape) }

  /// The number of elements.
  public var count: Int {
    if case .buffer(let buffer) = representation { return buffer.count }
    return 1
  }
}

// MARK: - Making

extension HostTensor {
  /// A tensor whose elements the closure writes; it must initialize all of them.
  ///
  /// - Throws: a memory error when the shape is too large to be held.
  @inlinable
  package init<Scalar: TensorScalar>(
    _ shape: Shape, of: Scalar.Type = Scalar.self, for operation: String = "tensor",
    initializingWith body: (UnsafeMutableBufferPointer<Scalar>) -> Void
  ) throws(TensorError) {
    try self.init(TensorType(Scalar.dtype, shape), for: operation) { memory, count in
      body(UnsafeMutableBufferPointer(start: memory.bindMemory(to: Scalar.self, capacity: count), count: count))
    }
  }

  /// A tensor with the given elements in row-major order; their number must be that of the shape.
  public init<Scalar: TensorScalar>(_ shape: Shape, _ scalars: [Scalar]) throws(TensorError) {
    guard shape.checkedCount == scalars.count else {
      throw TensorError(
        .shape, "Tensor", "\(scalars.count) scalars do not fill the shape \(shape)",
        hint: "the number of scalars must be the product of the sizes")
    }
    try self.init(shape, of: Scalar.self) { destination in _ = destination.initialize(from: scalars) }
  }

  /// A tensor with all elements equal.
  public init<Scalar: TensorScalar>(_ shape: Shape, filledWith value: Scalar) throws(TensorError) {
    try self.init(shape, of: Scalar.self) { $0.initialize(repeating: value) }
  }

  /// A tensor of any element type with all elements equal to a number that the type can represent.
  package init(_ type: TensorType, filledWith value: Double, for operation: String = "full") throws(TensorError) {
    self = try type.dtype.withScalarType { (scalar) throws(TensorError) -> HostTensor in
      try HostTensor.filled(type.shape, value, scalar, operation)
    }
  }

  private static func filled<Scalar: TensorScalar>(
    _ shape: Shape, _ value: Double, _: Scalar.Type, _ operation: String
  ) throws(TensorError) -> HostTensor {
    guard let element = Scalar(exactlyRepresenting: Complex(value)) else {
      throw TensorError(.dtype, operation, "\(value) is not a value of type \(Scalar.dtype)")
    }
    return try HostTensor(shape, of: Scalar.self, for: operation) { $0.initialize(repeating: element) }
  }
}

// MARK: - Reading

extension HostTensor {
  /// Calls the closure with the elements in row-major order. `Scalar` must be the type of the elements.
  @inlinable
  package func withElements<Scalar: TensorScalar, Result, Failure: Error>(
    as: Scalar.Type = Scalar.self, _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var slot = ScalarSlot()
    return try withUnsafeMutableBytes(of: &slot) { (slot) throws(Failure) -> Result in
      let (start, count) = memory(of: Scalar.dtype, scalarsIn: slot.baseAddress!)
      return try body(UnsafeBufferPointer(start: start.assumingMemoryBound(to: Scalar.self), count: count))
    }
  }

  /// The elements in row-major order. `Scalar` must be the type of the elements.
  public func elements<Scalar: TensorScalar>(as: Scalar.Type = Scalar.self) -> [Scalar] {
    withElements(as: Scalar.self) { Array($0) }
  }

  /// The only element of a scalar or of a tensor with one element. `Scalar` must be the type of the elements.
  @inlinable
  package func onlyElement<Scalar: TensorScalar>(as: Scalar.Type = Scalar.self) -> Scalar {
    withElements(as: Scalar.self) { $0[0] }
  }

  /// Calls the closure with the elements for writing, after a copy when the memory is shared.
  package mutating func withMutableElements<Scalar: TensorScalar>(
    as: Scalar.Type = Scalar.self, _ body: (UnsafeMutableBufferPointer<Scalar>) -> Void
  ) throws(TensorError) {
    try withMutableMemory(of: Scalar.dtype) { memory, count in
      body(UnsafeMutableBufferPointer(start: memory.bindMemory(to: Scalar.self, capacity: count), count: count))
    }
  }
}

extension HostTensor {
  /// This tensor with its memory, if nobody else refers to that; then a truth value is left in its place.
  package mutating func takeUnlessShared() -> HostTensor? {
    guard case .buffer(var buffer) = representation else { return nil }
    // The enum's own reference must go before uniqueness can be seen.
    representation = .bool(false)
    if isKnownUniquelyReferenced(&buffer) { return HostTensor(.buffer(buffer)) }
    representation = .buffer(buffer)
    return nil
  }
}

extension DType {
  /// Calls the closure with the Swift type of the elements.
  @inlinable
  package func withScalarType<Result, Failure: Error>(
    _ body: (any TensorScalar.Type) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch self {
    case .float32: try body(Float.self)
    case .float64: try body(Double.self)
    case .int32: try body(Int32.self)
    case .int64: try body(Int64.self)
    case .bool: try body(Bool.self)
    case .complex64: try body(Complex<Float>.self)
    case .complex128: try body(Complex<Double>.self)
    }
  }
}
