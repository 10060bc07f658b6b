import Primitives

/// Returns the first half of the discrete Fourier transform of real numbers: elements 0 through n / 2. The others are their
/// conjugates.
///
/// ```swift
/// rfft([1, 2, 3, 4])   // [10, -2 + 2i, -2]
/// ```
///
/// - Parameters:
///   - x: real numbers with at least one axis.
///   - count: the length n of the transform, at least 1. The axis is cut, or filled with zeros at its end. By default its size.
///   - axis: the axis; by default the last one.
///   - norm: which direction is divided by n; by default the inverse one.
/// - Returns: complex numbers, n / 2 + 1 along the axis, rounded down.
public func rfft(_ x: Tensor, count: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  realTransform("rfft", x, count, axis, norm.scale(isInverse: false))
}

/// Returns the real numbers whose transform has a first half; the inverse of ``rfft(_:count:axis:norm:)``.
///
/// The imaginary part of element 0 is not read, nor for an even count that of the last one.
///
/// - Parameters:
///   - x: complex numbers with at least one axis, which is cut or filled with zeros to n / 2 + 1 elements.
///   - count: the length n of the result. By default it is even: 2 (size - 1). An odd length must be named.
///   - axis: the axis; by default the last one.
///   - norm: which direction is divided by n; by default this one.
/// - Returns: real numbers.
public func irfft(_ x: Tensor, count: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  inverseRealTransform("irfft", x, count, axis, norm.scale(isInverse: true)) { $0 }
}

/// Returns the transform, which is real, of numbers with a first half whose other half are the conjugates.
///
/// - Parameters:
///   - x: complex numbers, the first half.
///   - count: the length n of the result. By default it is even: 2 (size - 1).
public func hfft(_ x: Tensor, count: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  inverseRealTransform("hfft", x, count, axis, norm.scale(isInverse: false)) { conjugate($0) }
}

/// Returns the first half of the inverse transform of real numbers; the inverse of ``hfft(_:count:axis:norm:)``.
public func ihfft(_ x: Tensor, count: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  let half = realTransform("ihfft", x, count, axis, norm.scale(isInverse: true))
  return half.isInvalid ? half : conjugate(half)
}

/// Returns the discrete Fourier transform of real numbers along several axes, of the last of them the first half.
///
/// - Parameters:
///   - x: real numbers.
///   - counts: the lengths along the axes; by default their sizes.
///   - axes: the axes, at least one; by default all, or with counts the last ones.
public func rfftn(_ x: Tensor, counts: [Int]? = nil, axes: [Int]? = nil, norm: FourierNorm = .backward) -> Tensor {
  let operation = "rfftn"
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let places = try checkedAxes(axes ?? trailingAxes(x, counts), counts, of: x, operation)
    guard let last = places.last else { throw TensorError(.index, operation, "expected at least one axis, got none") }
    return try naming(operation) {
      let half = rfft(x, count: counts?.last, axis: last, norm: norm)
      return fft(half, axes: places.dropLast(), counts: counts?.dropLast(), norm: norm)
    }
  }
}

/// Returns the real numbers whose transform along several axes has a first half; the inverse of ``rfftn(_:counts:axes:norm:)``.
///
/// - Parameters:
///   - x: complex numbers.
///   - counts: the lengths of the result along the axes; by default the sizes, and for the last axis 2 (size - 1).
///   - axes: the axes, at least one; by default all, or with counts the last ones.
public func irfftn(_ x: Tensor, counts: [Int]? = nil, axes: [Int]? = nil, norm: FourierNorm = .backward) -> Tensor {
  let operation = "irfftn"
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let places = try checkedAxes(axes ?? trailingAxes(x, counts), counts, of: x, operation)
    guard let last = places.last else { throw TensorError(.index, operation, "expected at least one axis, got none") }
    return try naming(operation) {
      let whole = ifft(x, axes: places.dropLast(), counts: counts?.dropLast(), norm: norm)
      return irfft(whole, count: counts?.last, axis: last, norm: norm)
    }
  }
}

private func realTransform(
  _ operation: String, _ x: Tensor, _ count: Int?, _ axis: Int, _ scale: FourierScale
) -> Tensor {
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let place = try checkedAxes([axis], count.map { [$0] }, of: x, operation)[0]
    guard x.dtype.isReal else {
      throw TensorError(.dtype, operation, "expected elements of float32 or float64, got \(x.dtype)")
    }
    return try naming(operation) {
      RealFFT(axis: place, scale: scale).bind(x.resized(axis: place, to: count ?? x.shape[place]))
    }
  }
}

private func inverseRealTransform(
  _ operation: String, _ x: Tensor, _ count: Int?, _ axis: Int, _ scale: FourierScale, _ prepare: (Tensor) -> Tensor
) -> Tensor {
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let place = try checkedAxes([axis], count.map { [$0] }, of: x, operation)[0]
    guard let dtype = x.dtype.complexified else { throw refusedElements(x, operation) }
    let length = count ?? 2 * (x.shape[place] - 1)
    guard length > 0 else {
      throw TensorError(
        .shape, operation, "expected at least two elements along axis \(place), got shape \(x.shape)",
        hint: "pass the length of the result: count: 1")
    }
    return try naming(operation) {
      let half = (x.dtype.isComplex ? x : x.asType(dtype)).resized(axis: place, to: length / 2 + 1)
      return InverseRealFFT(axis: place, count: length, scale: scale).bind(prepare(half))
    }
  }
}
