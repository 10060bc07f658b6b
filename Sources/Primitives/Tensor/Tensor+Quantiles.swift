/// How a quantile is found that lies between two elements.
public enum QuantileInterpolation: String, Hashable, Sendable, CaseIterable {
  /// On the line between the two.
  case linear
  /// The lower one.
  case lower
  /// The higher one.
  case higher
  /// The middle between the two.
  case midpoint
  /// The nearer one; at equal distances the one at an even place.
  case nearest
}

// Quantiles, by a sort. The part q of the elements is below them: of n elements in ascending order the quantile lies at the
// place q (n - 1), counted from 0. Real only; no element is an error.
//
// Where there is a `nan` the result is one; the functions with `nan` in their names leave it out. The derivative goes to the
// elements that the quantile lies between; among equal elements to those that a stable sort puts there.

extension Tensor {
  /// The quantile of all elements.
  public func quantile(_ q: Tensor, interpolation: QuantileInterpolation = .linear) -> Tensor {
    quantile(q, axes: Array(0..<rank), interpolation: interpolation)
  }

  /// The quantile along axes.
  ///
  /// - Parameters:
  ///   - q: the part of the elements that is below, between 0 and 1: a number, or a vector, whose axis then comes first in the
  ///     result. A number outside is an error. Its derivative is the slope of the line between the two elements.
  ///   - interpolation: what counts between two elements.
  public func quantile(
    _ q: Tensor, axes: [Int], interpolation: QuantileInterpolation = .linear, keepingDimensions: Bool = false
  ) -> Tensor {
    quantile("quantile", q, 1, axes, interpolation, keepingDimensions, ignoresNaN: false)
  }

  /// The quantile along one axis.
  public func quantile(
    _ q: Tensor, axis: Int, interpolation: QuantileInterpolation = .linear, keepingDimensions: Bool = false
  ) -> Tensor {
    quantile(q, axes: [axis], interpolation: interpolation, keepingDimensions: keepingDimensions)
  }

  /// The percentile of all elements: the quantile of a hundredth of p.
  public func percentile(_ p: Tensor, interpolation: QuantileInterpolation = .linear) -> Tensor {
    percentile(p, axes: Array(0..<rank), interpolation: interpolation)
  }

  /// The percentile along axes: the quantile of a hundredth of p, a number or a vector of numbers between 0 and 100.
  public func percentile(
    _ p: Tensor, axes: [Int], interpolation: QuantileInterpolation = .linear, keepingDimensions: Bool = false
  ) -> Tensor {
    quantile("percentile", p, 100, axes, interpolation, keepingDimensions, ignoresNaN: false)
  }

  /// The percentile along one axis.
  public func percentile(
    _ p: Tensor, axis: Int, interpolation: QuantileInterpolation = .linear, keepingDimensions: Bool = false
  ) -> Tensor {
    percentile(p, axes: [axis], interpolation: interpolation, keepingDimensions: keepingDimensions)
  }

  /// The median of all elements: the one in the middle of their order, or the mean of the two there.
  public func median() -> Tensor { median(axes: Array(0..<rank)) }

  /// The median along axes.
  public func median(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    quantile("median", 0.5, 1, axes, .midpoint, keepingDimensions, ignoresNaN: false)
  }

  /// The median along one axis.
  public func median(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    median(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The quantile of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`. It is `nan` where all
  /// elements are.
  public func nanQuantile(
    _ q: Tensor, axes: [Int]? = nil, interpolation: QuantileInterpolation = .linear, keepingDimensions: Bool = false
  ) -> Tensor {
    let axes = axes ?? Array(0..<rank)
    return quantile("nanQuantile", q, 1, axes, interpolation, keepingDimensions, ignoresNaN: true)
  }

  /// The quantile of the elements that are not `nan`, along one axis.
  public func nanQuantile(
    _ q: Tensor, axis: Int, interpolation: QuantileInterpolation = .linear, keepingDimensions: Bool = false
  ) -> Tensor {
    nanQuantile(q, axes: [axis], interpolation: interpolation, keepingDimensions: keepingDimensions)
  }

  /// The median of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`. It is `nan` where all
  /// elements are.
  public func nanMedian(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    quantile("nanMedian", 0.5, 1, axes ?? Array(0..<rank), .midpoint, keepingDimensions, ignoresNaN: true)
  }

  /// The median of the elements that are not `nan`, along one axis.
  public func nanMedian(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    nanMedian(axes: [axis], keepingDimensions: keepingDimensions)
  }
}

extension Tensor {
  /// The quantile of q as a part of a whole, under a name.
  private func quantile(
    _ operation: String, _ q: Tensor, _ whole: Double, _ axes: [Int], _ interpolation: QuantileInterpolation,
    _ keepingDimensions: Bool, ignoresNaN: Bool
  ) -> Tensor {
    if isInvalid || q.isInvalid { return poisoned(operation) }
    let shape = shape
    guard let axes = normalized(axes, rank: shape.rank, operation) else { return Tensor(.invalid) }
    return reporting { () throws(TensorError) in
      guard dtype.isReal else {
        throw TensorError(
          .dtype, operation, "is not defined for \(dtype)",
          hint: dtype.isComplex ? "take a real part or a magnitude" : "convert first: x.asType(.float64)")
      }
      _ = try checkedStatistic(axes, operation)
      let parts = try checkedParts(q, whole, operation)
      return try naming(operation) {
        let kept = shape.dimensions.indices.filter { !axes.contains($0) }
        let length = axes.reduce(1) { $0 &* shape[$1] }
        let lines = transposed(kept + axes).reshaped(kept.map { shape[$0] } + [length]).sorted(axis: -1)
        if lines.isInvalid || parts.isInvalid { return Tensor(.invalid) }
        let values = lines.sortedQuantiles(parts, interpolation, ignoresNaN: ignoresNaN)
        if values.isInvalid { return values }
        let sizes = keepingDimensions ? shape.keeping(axes).dimensions : kept.map { shape[$0] }
        let first = values.movingAxis(kept.count, to: 0)
        return first.reshaped(q.rank == 0 ? sizes : [parts.count] + sizes)
      }
    }
  }

  /// The parts as a float64 vector of numbers between 0 and 1. Where they are not known yet, running tells whether they are.
  private func checkedParts(_ q: Tensor, _ whole: Double, _ operation: String) throws(TensorError) -> Tensor {
    let name = whole == 1 ? "q" : "p"
    let parts = q.isLiteral ? q.settled : q
    guard parts.dtype.isReal, parts.rank < 2 else {
      throw TensorError(
        parts.rank < 2 ? .dtype : .shape, operation,
        "\(name) is \(parts.type); it must be a real number or a vector of them",
        hint: "write for example x.\(operation)(\(whole / 4))")
    }
    if let host = parts.host {
      for number in Tensor(host).asType(.float64).scalars(as: Double.self) where !(0...whole).contains(number) {
        throw TensorError(
          .value, operation, "\(name) is \(number), which is not between 0 and \(Int(whole))",
          hint: whole == 1 ? "for a percentage use x.percentile(\(number))" : "the smallest element is at 0")
      }
    }
    let numbers = parts.asType(.float64).reshaped([parts.count])
    let scaled = whole == 1 ? numbers : numbers / whole
    return scaled.host == nil ? scaled + zero(requiring: (scaled .>= 0) .& (scaled .<= 1)).asType(.float64) : scaled
  }

  /// The quantiles of sorted lines along the last axis, which gets the parts' size.
  private func sortedQuantiles(
    _ parts: Tensor, _ interpolation: QuantileInterpolation, ignoresNaN: Bool
  ) -> Tensor {
    let axis = rank - 1
    let size = shape[axis]
    // The last place that counts, for all lines or for each.
    let last =
      ignoresNaN
      ? Primitives.max((self .== self).asType(.float64).sum(axis: axis, keepingDimensions: true) - 1, 0)
      : Tensor(Double(size - 1))
    let position = parts * last
    let low = floor(position)
    func element(_ place: Tensor) -> Tensor {
      let indices = place.asType(.int64)
      return ignoresNaN ? takeAlongAxis(indices, axis: axis) : take(indices, axis: axis)
    }
    let values: Tensor
    switch interpolation {
    case .lower: values = element(low)
    case .higher: values = element(ceil(position))
    case .midpoint: values = 0.5 * element(low) + 0.5 * element(ceil(position))
    case .nearest:
      let isTie = position - low .== 0.5
      values = element(Tensor.where(isTie, 2 * floor((low + 1) / 2), floor(position + 0.5)))
    case .linear:
      values = interpolated(element(low), element(Primitives.min(low + 1, last)), (position - low).asType(dtype))
    }
    // A `nan` is sorted to the end.
    return ignoresNaN ? values : Tensor.where(isNaN(sliced(axis, AxisSlice(start: size - 1, count: 1))), .nan, values)
  }
}

extension Tensor {
  fileprivate static var nan: Tensor { Tensor(floatLiteral: .nan) }
}

/// The number at a part of the way from one to another one, all of which broadcast: exactly the ends at 0 and 1, and where
/// both are equal. An infinite end counts as far as its weight is not 0.
func interpolated(_ lower: Tensor, _ upper: Tensor, _ part: Tensor) -> Tensor {
  let distance = upper - lower
  let near = Tensor.where(part .< 0.5, lower + distance * part, upper - distance * (1 - part))
  let weighted =
    broadcasting(ZeroAbsorbingMultiply(), lower, 1 - part) + broadcasting(ZeroAbsorbingMultiply(), upper, part)
  return Tensor.where(isFinite(distance), near, weighted)
}
