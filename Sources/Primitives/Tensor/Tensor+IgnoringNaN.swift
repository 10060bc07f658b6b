// Reductions that leave out what is `nan`, as NumPy's of these names do. Where everything is `nan` sums are 0, products 1, and
// all others `nan`. Real only, but for sums, products and means. An axis without elements is an error where the same
// reduction without `nan` in its name makes it one.

extension Tensor {
  /// The sum of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`.
  public func nanSum(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    notNaN { sum(where: $0, axes: axes, keepingDimensions: keepingDimensions) }
  }

  /// The sum of the elements that are not `nan`, along one axis.
  public func nanSum(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    nanSum(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The product of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`.
  public func nanProd(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    notNaN { prod(where: $0, axes: axes, keepingDimensions: keepingDimensions) }
  }

  /// The product of the elements that are not `nan`, along one axis.
  public func nanProd(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    nanProd(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The mean of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`.
  public func nanMean(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    notNaN { mean(where: $0, axes: axes, keepingDimensions: keepingDimensions) }
  }

  /// The mean of the elements that are not `nan`, along one axis.
  public func nanMean(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    nanMean(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The largest of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`.
  public func nanMax(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    notNaN { max(where: $0, axes: axes, keepingDimensions: keepingDimensions) }
  }

  /// The largest of the elements that are not `nan`, along one axis.
  public func nanMax(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    nanMax(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The smallest of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`.
  public func nanMin(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    notNaN { min(where: $0, axes: axes, keepingDimensions: keepingDimensions) }
  }

  /// The smallest of the elements that are not `nan`, along one axis.
  public func nanMin(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    nanMin(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The variance of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`. See
  /// ``variance(axes:correction:keepingDimensions:)``.
  public func nanVariance(axes: [Int]? = nil, correction: Int = 0, keepingDimensions: Bool = false) -> Tensor {
    notNaN { variance(where: $0, axes: axes, correction: correction, keepingDimensions: keepingDimensions) }
  }

  /// The variance of the elements that are not `nan`, along one axis.
  public func nanVariance(axis: Int, correction: Int = 0, keepingDimensions: Bool = false) -> Tensor {
    nanVariance(axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }

  /// The standard deviation of the elements that are not `nan`, along axes; along all of them if `axes` is `nil`. See
  /// ``standardDeviation(axes:correction:keepingDimensions:)``.
  public func nanStandardDeviation(
    axes: [Int]? = nil, correction: Int = 0, keepingDimensions: Bool = false
  ) -> Tensor {
    notNaN { standardDeviation(where: $0, axes: axes, correction: correction, keepingDimensions: keepingDimensions) }
  }

  /// The standard deviation of the elements that are not `nan`, along one axis.
  public func nanStandardDeviation(axis: Int, correction: Int = 0, keepingDimensions: Bool = false) -> Tensor {
    nanStandardDeviation(axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }

  private func notNaN(_ reduce: (Tensor) -> Tensor) -> Tensor {
    let mask = self .== self
    return mask.isInvalid ? mask : reduce(mask)
  }
}
