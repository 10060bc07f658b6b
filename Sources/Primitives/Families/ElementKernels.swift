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
  try x.map(name, From.dtype, To.dtype) { source, target, count in
    let xs = source.assumingMemoryBound(to: From.self)
    let results = target.bindMemory(to: To.self, capacity: count)
    for index in 0..<count { (results + index).initialize(to: body(xs[index])) }
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
  try x.map(name, with: y, From.dtype, To.dtype) { first, second, target, count in
    let xs = first.assumingMemoryBound(to: From.self)
    let ys = second.assumingMemoryBound(to: From.self)
    let results = target.bindMemory(to: To.self, capacity: count)
    for index in 0..<count { (results + index).initialize(to: body(xs[index], ys[index])) }
  }
}

// MARK: - Memory

extension HostTensor {
  /// A tensor of this shape whose elements are written by a loop over this one's memory.
  ///
  /// Not generic, so that of all that an operation does only the loop is compiled for each primitive and element type.
  @inline(never)
  fileprivate func map(
    _ name: String, _ from: DType, _ to: DType, _ loop: (UnsafeRawPointer, UnsafeMutableRawPointer, Int) -> Void
  ) throws(TensorError) -> HostTensor {
    try HostTensor(TensorType(to, shape), for: name) { target, count in
      var slot = ScalarSlot()
      withUnsafeMutableBytes(of: &slot) { slot in loop(memory(of: from, scalarsIn: slot).0, target, count) }
    }
  }

  /// A tensor of this shape whose elements are written by a loop over this one's memory and that of another one of its
  /// type.
  @inline(never)
  fileprivate func map(
    _ name: String, with other: HostTensor, _ from: DType, _ to: DType,
    _ loop: (UnsafeRawPointer, UnsafeRawPointer, UnsafeMutableRawPointer, Int) -> Void
  ) throws(TensorError) -> HostTensor {
    try HostTensor(TensorType(to, shape), for: name) { target, count in
      var slots = (ScalarSlot(), ScalarSlot())
      withUnsafeMutableBytes(of: &slots.0) { first in
        withUnsafeMutableBytes(of: &slots.1) { second in
          loop(memory(of: from, scalarsIn: first).0, other.memory(of: from, scalarsIn: second).0, target, count)
        }
      }
    }
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
