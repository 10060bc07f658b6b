import Primitives

/// Returns the frequencies of the elements of a transform, in cycles per unit of the spacing: 0 and up, then the negative ones.
///
/// - Parameters:
///   - count: the length n of the transform, at least 1.
///   - spacing: the distance of neighboring samples.
/// - Returns: n float64 numbers.
public func fftFrequencies(_ count: Int, spacing: Double = 1) -> Tensor {
  frequencies("fftFrequencies", count, spacing) { ($0 < (count + 1) / 2 ? $0 : $0 - count) }
}

/// Returns the frequencies of the elements of ``rfft(_:count:axis:norm:)``, in cycles per unit of the spacing: 0 and up.
///
/// - Parameters:
///   - count: the number n of real numbers, at least 1.
///   - spacing: the distance of neighboring samples.
/// - Returns: n / 2 + 1 float64 numbers.
public func rfftFrequencies(_ count: Int, spacing: Double = 1) -> Tensor {
  let all = frequencies("rfftFrequencies", count, spacing) { $0 }
  return all.isInvalid ? all : all.along(0, AxisSlice(start: 0, count: count / 2 + 1))
}

private func frequencies(_ operation: String, _ count: Int, _ spacing: Double, _ place: (Int) -> Int) -> Tensor {
  reporting { () throws(TensorError) in
    guard count > 0 else { throw TensorError(.shape, operation, "count must be at least 1, got \(count)") }
    return Tensor((0..<count).map { Double(place($0)) / (Double(count) * spacing) })
  }
}

/// Returns a spectrum with frequency 0 in the middle: each axis rolled by half its size, rounded down.
///
/// - Parameter axes: the axes; by default all.
public func fftShift(_ x: Tensor, axes: [Int]? = nil) -> Tensor {
  shifting("fftShift", x, axes) { $0 / 2 }
}

/// Returns a spectrum with frequency 0 in front; the inverse of ``fftShift(_:axes:)``, also for odd sizes.
///
/// - Parameter axes: the axes; by default all.
public func ifftShift(_ x: Tensor, axes: [Int]? = nil) -> Tensor {
  shifting("ifftShift", x, axes) { -($0 / 2) }
}

private func shifting(_ operation: String, _ x: Tensor, _ axes: [Int]?, _ shift: (Int) -> Int) -> Tensor {
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    var result = x
    for axis in try checkedAxes(axes ?? Array(0..<x.rank), nil, of: x, operation) {
      result = result.rolled(by: shift(x.shape[axis]), axis: axis)
    }
    return result
  }
}
