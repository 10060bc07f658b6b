import Numerics

// Scalar expressions on whole tensors. A family has one expression that is generic over its scalars; it is named once for
// each width of a kind of numbers, so that the compiler makes a loop of its own for each.

// MARK: - One operand

extension HostTensor {
  /// Applies a function to the elements of a float64 or float32 tensor.
  @inline(__always)
  func mapReals<A: TensorScalar, B: TensorScalar>(
    _ name: String, _ double: (Double) -> A, _ single: (Float) -> B
  ) throws(TensorError) -> HostTensor {
    dtype == .float64 ? try mapElements(name, self, double) : try mapElements(name, self, single)
  }

  /// Applies a function to the elements of an int64 or int32 tensor.
  @inline(__always)
  func mapIntegers<A: TensorScalar, B: TensorScalar>(
    _ name: String, _ double: (WrappingInteger<Int64>) -> A, _ single: (WrappingInteger<Int32>) -> B
  ) throws(TensorError) -> HostTensor {
    dtype == .int64
      ? try mapElements(name, self) { (x: Int64) in double(WrappingInteger(x)) }
      : try mapElements(name, self) { (x: Int32) in single(WrappingInteger(x)) }
  }

  /// Applies a function to the elements of a complex128 or complex64 tensor.
  @inline(__always)
  func mapComplex<A: TensorScalar, B: TensorScalar>(
    _ name: String, _ double: (Complex<Double>) -> A, _ single: (Complex<Float>) -> B
  ) throws(TensorError) -> HostTensor {
    dtype == .complex128 ? try mapElements(name, self, double) : try mapElements(name, self, single)
  }
}

/// Applies a function to each element.
@inline(__always)
func mapElements<From: TensorScalar, To: TensorScalar>(
  _ name: String, _ x: HostTensor, _ body: (From) -> To
) throws(TensorError) -> HostTensor {
  var slots = ElementWalk.Slots()
  return try withUnsafeMutablePointer(to: &slots) { (slots) throws(TensorError) -> HostTensor in
    let walk = try ElementWalk(name, x, nil, From.dtype, To.dtype, slots)
    let xs = walk.first.assumingMemoryBound(to: From.self)
    let results = walk.results.bindMemory(to: To.self, capacity: walk.count)
    for index in 0..<walk.count { (results + index).initialize(to: body(xs[index])) }
    return withExtendedLifetime(x) { walk.result(To.dtype) }
  }
}

// MARK: - Two operands

extension HostTensor {
  /// Applies a function to each pair of elements of two float64 or float32 tensors of one type.
  @inline(__always)
  func mapReals<A: TensorScalar, B: TensorScalar>(
    _ name: String, with y: HostTensor, _ double: (Double, Double) -> A, _ single: (Float, Float) -> B
  ) throws(TensorError) -> HostTensor {
    dtype == .float64 ? try mapElements(name, self, y, double) : try mapElements(name, self, y, single)
  }

  /// Applies a function to each pair of elements of two int64 or int32 tensors of one type.
  @inline(__always)
  func mapIntegers<A: TensorScalar, B: TensorScalar>(
    _ name: String, with y: HostTensor, _ double: (WrappingInteger<Int64>, WrappingInteger<Int64>) -> A,
    _ single: (WrappingInteger<Int32>, WrappingInteger<Int32>) -> B
  ) throws(TensorError) -> HostTensor {
    dtype == .int64
      ? try mapElements(name, self, y) { (x: Int64, y: Int64) in double(WrappingInteger(x), WrappingInteger(y)) }
      : try mapElements(name, self, y) { (x: Int32, y: Int32) in single(WrappingInteger(x), WrappingInteger(y)) }
  }

  /// Applies a function to each pair of elements of two complex128 or complex64 tensors of one type.
  @inline(__always)
  func mapComplex<A: TensorScalar, B: TensorScalar>(
    _ name: String, with y: HostTensor, _ double: (Complex<Double>, Complex<Double>) -> A,
    _ single: (Complex<Float>, Complex<Float>) -> B
  ) throws(TensorError) -> HostTensor {
    dtype == .complex128 ? try mapElements(name, self, y, double) : try mapElements(name, self, y, single)
  }
}

/// Applies a function to each pair of elements of two tensors of one shape.
@inline(__always)
func mapElements<From: TensorScalar, To: TensorScalar>(
  _ name: String, _ x: HostTensor, _ y: HostTensor, _ body: (From, From) -> To
) throws(TensorError) -> HostTensor {
  var slots = ElementWalk.Slots()
  return try withUnsafeMutablePointer(to: &slots) { (slots) throws(TensorError) -> HostTensor in
    let walk = try ElementWalk(name, x, y, From.dtype, To.dtype, slots)
    let xs = walk.first.assumingMemoryBound(to: From.self)
    let ys = walk.second.assumingMemoryBound(to: From.self)
    let results = walk.results.bindMemory(to: To.self, capacity: walk.count)
    for index in 0..<walk.count { (results + index).initialize(to: body(xs[index], ys[index])) }
    return withExtendedLifetime((x, y)) { walk.result(To.dtype) }
  }
}

// MARK: - Memory

/// The memory of an elementwise operation: what surrounds its loop.
///
/// It is not generic, so that of all that an operation does only the loop is compiled for each primitive and element type.
/// And it takes no closure: a loop that were one would call the function of the elements for each of them.
private struct ElementWalk {
  /// Memory for scalars, as operands and result, one after the other.
  struct Slots {
    var first = ScalarSlot()
    var second = ScalarSlot()
    var result = ScalarSlot()
  }

  let first: UnsafeRawPointer
  /// The second operand's elements; the first one's again where there is no second.
  let second: UnsafeRawPointer
  let results: UnsafeMutableRawPointer
  let count: Int
  /// The memory of a result that is no scalar.
  private let buffer: TensorBuffer?

  /// The walk over one operand or two of one type, with memory for a result of their shape.
  @inline(never)
  init(
    _ name: String, _ x: HostTensor, _ y: HostTensor?, _ from: DType, _ to: DType, _ slots: UnsafeMutablePointer<Slots>
  ) throws(TensorError) {
    let shape = x.shape
    buffer = shape.isScalar ? nil : try TensorBuffer.allocate(TensorType(to, shape), for: name)
    let (start, size) = (UnsafeMutableRawPointer(slots), MemoryLayout<ScalarSlot>.stride)
    (first, count) = x.memory(of: from, scalarsIn: start)
    second = y?.memory(of: from, scalarsIn: start + size).0 ?? first
    results = buffer?.pointer ?? start + 2 * size
  }

  /// The tensor, when its elements have been written.
  @inline(never)
  func result(_ dtype: DType) -> HostTensor {
    if let buffer { return HostTensor(.buffer(buffer)) }
    return HostTensor(dtype, scalarIn: results)
  }
}

// MARK: - Scalars

/// The result for two float64 scalars, the case that needs no check and no loop; nothing for other operands.
@inline(__always)
func onScalars<Result: TensorScalar>(
  _ x: HostTensor, _ y: HostTensor, _ body: (Double, Double) -> Result
) -> HostTensor? {
  guard case .float64(let a) = x.representation, case .float64(let b) = y.representation else { return nil }
  return body(a, b).hostScalar
}

/// The result for a float64 scalar, the case that needs no check and no loop; nothing for other operands.
@inline(__always)
func onScalar<Result: TensorScalar>(_ x: HostTensor, _ body: (Double) -> Result) -> HostTensor? {
  guard case .float64(let a) = x.representation else { return nil }
  return body(a).hostScalar
}
