// Reductions of the elements where a mask holds. The mask is boolean and broadcasts to the tensor's shape. Elements where it
// does not hold count for nothing, in derivatives as well, even if they are infinite or `nan`.

extension Tensor {
  /// The sum of the elements where a mask holds, along axes; along all of them if `axes` is `nil`.
  public func sum(where mask: Tensor, axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    masked(mask, axes, keepingDimensions, "sum(where:)") { x, mask, axes in
      Sum(axes: axes).bind(Tensor.where(mask, x, Tensor.zeros(like: x)))
    }
  }

  /// The sum of the elements where a mask holds, along one axis.
  public func sum(where mask: Tensor, axis: Int, keepingDimensions: Bool = false) -> Tensor {
    sum(where: mask, axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The product of the elements where a mask holds, along axes; along all of them if `axes` is `nil`.
  public func prod(where mask: Tensor, axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    masked(mask, axes, keepingDimensions, "prod(where:)") { x, mask, axes in
      Prod(axes: axes).bind(Tensor.where(mask, x, Tensor.ones(like: x)))
    }
  }

  /// The product of the elements where a mask holds, along one axis.
  public func prod(where mask: Tensor, axis: Int, keepingDimensions: Bool = false) -> Tensor {
    prod(where: mask, axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The mean of the elements where a mask holds, along axes; along all of them if `axes` is `nil`. Real and complex only. It
  /// is `nan` where the mask holds nowhere.
  public func mean(where mask: Tensor, axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    masked(mask, axes, keepingDimensions, "mean(where:)") { x, mask, axes in maskedMean(x, mask, axes) }
  }

  /// The mean of the elements where a mask holds, along one axis.
  public func mean(where mask: Tensor, axis: Int, keepingDimensions: Bool = false) -> Tensor {
    mean(where: mask, axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The largest of the elements where a mask holds, along axes; along all of them if `axes` is `nil`. Real only. It is `nan`
  /// where the mask holds nowhere. The derivative is shared equally by the elements that are largest.
  public func max(where mask: Tensor, axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    masked(mask, axes, keepingDimensions, "max(where:)") { x, mask, axes in
      maskedExtremum(x, mask, axes, -.infinity) { ReduceMax(axes: axes).bind($0) }
    }
  }

  /// The largest of the elements where a mask holds, along one axis.
  public func max(where mask: Tensor, axis: Int, keepingDimensions: Bool = false) -> Tensor {
    max(where: mask, axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The smallest of the elements where a mask holds, along axes; along all of them if `axes` is `nil`. Real only. It is `nan`
  /// where the mask holds nowhere. The derivative is shared equally by the elements that are smallest.
  public func min(where mask: Tensor, axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    masked(mask, axes, keepingDimensions, "min(where:)") { x, mask, axes in
      maskedExtremum(x, mask, axes, .infinity) { ReduceMin(axes: axes).bind($0) }
    }
  }

  /// The smallest of the elements where a mask holds, along one axis.
  public func min(where mask: Tensor, axis: Int, keepingDimensions: Bool = false) -> Tensor {
    min(where: mask, axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The variance of the elements where a mask holds, along axes; along all of them if `axes` is `nil`. Real and complex only.
  /// It is `nan` where the mask holds for no more elements than `correction`.
  public func variance(
    where mask: Tensor, axes: [Int]? = nil, correction: Int = 0, keepingDimensions: Bool = false
  ) -> Tensor {
    masked(mask, axes, keepingDimensions, "variance(where:)") { x, mask, axes in
      maskedSpread(x, mask, axes, correction) { distance, count in
        let squares = distance.dtype.isComplex ? realPart(distance * conjugate(distance)) : distance * distance
        return Sum(axes: axes).bind(squares) / count
      }
    }
  }

  /// The variance of the elements where a mask holds, along one axis.
  public func variance(
    where mask: Tensor, axis: Int, correction: Int = 0, keepingDimensions: Bool = false
  ) -> Tensor {
    variance(where: mask, axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }

  /// The standard deviation of the elements where a mask holds, along axes; along all of them if `axes` is `nil`. Real and
  /// complex only. It is `nan` where the mask holds for no more elements than `correction`; its derivative is 0 where they
  /// are all equal.
  public func standardDeviation(
    where mask: Tensor, axes: [Int]? = nil, correction: Int = 0, keepingDimensions: Bool = false
  ) -> Tensor {
    masked(mask, axes, keepingDimensions, "standardDeviation(where:)") { x, mask, axes in
      maskedSpread(x, mask, axes, correction) { distance, count in Norm(axes: axes).bind(distance) / sqrt(count) }
    }
  }

  /// The standard deviation of the elements where a mask holds, along one axis.
  public func standardDeviation(
    where mask: Tensor, axis: Int, correction: Int = 0, keepingDimensions: Bool = false
  ) -> Tensor {
    standardDeviation(where: mask, axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }
}

extension Tensor {
  /// A reduction of this tensor and a mask of its shape, under a name.
  func masked(
    _ mask: Tensor, _ axes: [Int]?, _ keepingDimensions: Bool, _ operation: String,
    _ apply: (Tensor, Tensor, [Int]) -> Tensor
  ) -> Tensor {
    if isInvalid || mask.isInvalid { return poisoned(operation) }
    return reduced(axes ?? Array(0..<rank), keepingDimensions, operation) { axes, x in
      reporting { () throws(TensorError) in
        guard mask.dtype == .bool else {
          throw TensorError(
            .dtype, operation, "the mask is \(mask.type); it must be bool", hint: "compare: x.sum(where: x .> 0)")
        }
        guard Shape.broadcast(mask.shape, x.shape) == x.shape else {
          throw TensorError(
            .shape, operation, "a mask of shape \(mask.shape) does not broadcast to the shape \(x.shape)",
            hint: "sizes must be equal or 1, counted from the last axis")
        }
        return try naming(operation) {
          apply(x, mask.lifted(beside: x).broadcast(to: x.shape, for: operation), axes)
        }
      }
    }
  }
}

/// How many elements a mask holds for, as numbers of a type.
private func maskedCount(_ mask: Tensor, _ axes: [Int], _ dtype: DType) -> Tensor {
  Sum(axes: axes).bind(mask.asType(dtype))
}

private func maskedMean(_ x: Tensor, _ mask: Tensor, _ axes: [Int]) -> Tensor {
  reporting { () throws(TensorError) in
    _ = try x.checkedStatistic(axes, "mean")
    return Sum(axes: axes).bind(Tensor.where(mask, x, Tensor.zeros(like: x))) / maskedCount(mask, axes, x.dtype)
  }
}

private func maskedExtremum(
  _ x: Tensor, _ mask: Tensor, _ axes: [Int], _ last: Double, _ reduce: (Tensor) -> Tensor
) -> Tensor {
  reporting { () throws(TensorError) in
    guard x.dtype.isReal else {
      throw TensorError(
        .dtype, "max", "is not defined for \(x.dtype)", hint: "convert first: x.asType(.float64)")
    }
    let extremum = reduce(Tensor.where(mask, x, Tensor(floatLiteral: last)))
    // What is left out must not share in the extremum -∞, nor be one: the mean of such elements is -∞, that of none `nan`.
    return Tensor.where(extremum .== Tensor(floatLiteral: last), maskedMean(x, mask, axes), extremum)
  }
}

private func maskedSpread(
  _ x: Tensor, _ mask: Tensor, _ axes: [Int], _ correction: Int, _ spread: (Tensor, Tensor) -> Tensor
) -> Tensor {
  let mean = maskedMean(x, mask, axes)
  if mean.isInvalid { return mean }
  let distance = Tensor.where(mask, x - mean.stretched(to: x.shape, along: axes), Tensor.zeros(like: x))
  let count = maskedCount(mask, axes, x.dtype.realPart) - Double(correction)
  return Tensor.where(count .> 0, spread(distance, Tensor.where(count .> 0, count, 1)), Tensor(floatLiteral: .nan))
}
