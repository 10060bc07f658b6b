import Primitives

/// Returns the discrete Fourier transform along an axis: y_k = Σ_j x_j exp(-2πi j k / n).
///
/// ```swift
/// fft([1, 0, 0, 0])   // [1, 1, 1, 1]
/// ```
///
/// Every length is fast, also a prime: n log n operations.
///
/// - Parameters:
///   - x: real or complex numbers with at least one axis.
///   - count: the length n of the transform, at least 1. The axis is cut, or filled with zeros at its end. By default its size.
///   - axis: the axis; by default the last one.
///   - norm: which direction is divided by n; by default the inverse one.
/// - Returns: complex numbers.
public func fft(_ x: Tensor, count: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  transforming("fft", x, [axis], counts: count.map { [$0] }, norm, isInverse: false)
}

/// Returns the inverse of ``fft(_:count:axis:norm:)``: x_j = Σ_k y_k exp(2πi j k / n) / n.
public func ifft(_ x: Tensor, count: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  transforming("ifft", x, [axis], counts: count.map { [$0] }, norm, isInverse: true)
}

/// Returns the discrete Fourier transform along several axes, one after the other.
///
/// - Parameters:
///   - x: real or complex numbers.
///   - axes: the axes. An axis that is named twice is transformed twice.
///   - counts: the lengths along the axes; by default their sizes.
///   - norm: which direction is divided by the lengths; by default the inverse one.
/// - Returns: complex numbers.
public func fft(_ x: Tensor, axes: [Int], counts: [Int]? = nil, norm: FourierNorm = .backward) -> Tensor {
  transforming("fft", x, axes, counts: counts, norm, isInverse: false)
}

/// Returns the inverse of ``fft(_:axes:counts:norm:)``.
public func ifft(_ x: Tensor, axes: [Int], counts: [Int]? = nil, norm: FourierNorm = .backward) -> Tensor {
  transforming("ifft", x, axes, counts: counts, norm, isInverse: true)
}

/// Returns the discrete Fourier transform of matrices: along the last two axes.
public func fft2(_ x: Tensor, counts: [Int]? = nil, axes: [Int] = [-2, -1], norm: FourierNorm = .backward) -> Tensor {
  transforming("fft2", x, axes, counts: counts, norm, isInverse: false)
}

/// Returns the inverse of ``fft2(_:counts:axes:norm:)``.
public func ifft2(_ x: Tensor, counts: [Int]? = nil, axes: [Int] = [-2, -1], norm: FourierNorm = .backward) -> Tensor {
  transforming("ifft2", x, axes, counts: counts, norm, isInverse: true)
}

/// Returns the discrete Fourier transform along all axes, or along some: with counts the last ones.
public func fftn(_ x: Tensor, counts: [Int]? = nil, axes: [Int]? = nil, norm: FourierNorm = .backward) -> Tensor {
  transforming("fftn", x, axes ?? trailingAxes(x, counts), counts: counts, norm, isInverse: false)
}

/// Returns the inverse of ``fftn(_:counts:axes:norm:)``.
public func ifftn(_ x: Tensor, counts: [Int]? = nil, axes: [Int]? = nil, norm: FourierNorm = .backward) -> Tensor {
  transforming("ifftn", x, axes ?? trailingAxes(x, counts), counts: counts, norm, isInverse: true)
}

/// As many of the last axes as there are counts, or all.
func trailingAxes(_ x: Tensor, _ counts: [Int]?) -> [Int] {
  if x.isInvalid { return [] }
  let count = counts?.count ?? x.rank
  return Array((-count)..<0)
}

/// Transforms complex numbers, or real ones as such, along axes.
private func transforming(
  _ operation: String, _ x: Tensor, _ axes: [Int], counts: [Int]?, _ norm: FourierNorm, isInverse: Bool
) -> Tensor {
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let places = try checkedAxes(axes, counts, of: x, operation)
    guard let dtype = x.dtype.complexified else { throw refusedElements(x, operation) }
    return try naming(operation) {
      var result = x.dtype.isComplex ? x : x.asType(dtype)
      for (index, axis) in places.enumerated() {
        if let counts { result = result.resized(axis: axis, to: counts[index]) }
        result = FFT(axis: axis, inverse: isInverse, scale: norm.scale(isInverse: isInverse)).bind(result)
      }
      return result
    }
  }
}

/// Checks the axes of a transform, and the lengths along them.
///
/// - Returns: the axes, counted from the first one.
func checkedAxes(
  _ axes: [Int], _ counts: [Int]?, of x: Tensor, _ operation: String
) throws(TensorError) -> [Int] {
  let rank = x.rank
  if let counts, counts.count != axes.count {
    throw TensorError(
      .shape, operation, "expected a count for each of \(counted(axes.count, "axis", "axes")), got \(counts.count)")
  }
  for count in counts ?? [] where count < 1 {
    throw TensorError(.shape, operation, "count must be at least 1, got \(count)")
  }
  var places: [Int] = []
  for axis in axes {
    guard (-rank..<rank).contains(axis) else {
      throw TensorError(.index, operation, "expected axes of shape \(x.shape), got \(axis)")
    }
    places.append(axis < 0 ? axis + rank : axis)
  }
  return places
}

/// The error for elements that have no transform.
func refusedElements(_ x: Tensor, _ operation: String) -> TensorError {
  TensorError(
    .dtype, operation, "expected elements of float32, float64, complex64 or complex128, got \(x.dtype)",
    hint: "convert first: x.asType(.float64)")
}

extension Tensor {
  /// An axis cut at its end, or filled with zeros.
  func resized(axis: Int, to count: Int) -> Tensor {
    let size = shape[axis]
    if count == size { return self }
    if count < size { return along(axis, AxisSlice(start: 0, count: count)) }
    var widths = [(before: Int, after: Int)](repeating: (0, 0), count: rank)
    widths[axis].after = count - size
    return padded(widths)
  }

  /// A slice of one axis, everything of the others.
  func along(_ axis: Int, _ slice: AxisSlice) -> Tensor {
    var slices = shape.dimensions.map { AxisSlice(start: 0, count: $0) }
    slices[axis] = slice
    return Slice(axes: slices).bind(self)
  }
}
