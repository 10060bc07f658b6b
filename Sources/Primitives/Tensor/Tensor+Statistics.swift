// Statistics of elements along axes.

extension Tensor {
  /// The mean of all elements.
  public func mean() -> Tensor { mean(axes: Array(0..<rank)) }

  /// The mean along axes. Real and complex; of `bool` it is the share that is true, float64. The mean of no element is an
  /// error.
  public func mean(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, "mean") { axes, x in
      reporting { () throws(TensorError) in
        let x = x.dtype == .bool ? x.asType(.float64) : x
        let count = try x.checkedStatistic(axes, "mean")
        return Sum(axes: axes).bind(x) / count
      }
    }
  }

  /// The mean along one axis.
  public func mean(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    mean(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The variance of all elements: their mean squared distance from the mean.
  public func variance(correction: Int = 0) -> Tensor { variance(axes: Array(0..<rank), correction: correction) }

  /// The variance along axes: the mean squared distance from the mean. Of complex numbers it is real.
  ///
  /// - Parameter correction: what is taken off the count that is divided by: 0 for the variance of the numbers
  ///   themselves, 1 for the unbiased estimate from a sample. The count must stay positive.
  public func variance(axes: [Int], correction: Int = 0, keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, "variance") { axes, x in
      reporting { () throws(TensorError) in
        let count = try x.checkedStatistic(axes, "variance")
        guard correction < count else {
          throw TensorError(
            .value, "variance",
            "\(count) elements along axes \(axes) with correction \(correction) leave nothing to"
              + " divide by", hint: "use more elements, or correction 0")
        }
        return Variance(axes: axes, correction: correction).bind(x)
      }
    }
  }

  /// The variance along one axis.
  public func variance(axis: Int, correction: Int = 0, keepingDimensions: Bool = false) -> Tensor {
    variance(axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }

  /// The standard deviation of all elements: the square root of the variance.
  public func standardDeviation(correction: Int = 0) -> Tensor {
    standardDeviation(axes: Array(0..<rank), correction: correction)
  }

  /// The standard deviation along axes: the square root of the variance.
  ///
  /// It is computed as a norm, so that its derivative is 0, not infinite, where all elements are equal.
  public func standardDeviation(axes: [Int], correction: Int = 0, keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, "standardDeviation") { axes, x in
      reporting { () throws(TensorError) in
        let count = try x.checkedStatistic(axes, "standardDeviation")
        guard correction < count else {
          throw TensorError(
            .value, "standardDeviation",
            "\(count) elements along axes \(axes) with correction \(correction) leave"
              + " nothing to divide by", hint: "use more elements, or correction 0")
        }
        let distance = x - x.mean(axes: axes, keepingDimensions: true)
        return Norm(axes: axes).bind(distance) / (Double(count) - Double(correction)).squareRoot()
      }
    }
  }

  /// The standard deviation along one axis.
  public func standardDeviation(axis: Int, correction: Int = 0, keepingDimensions: Bool = false) -> Tensor {
    standardDeviation(axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }

  /// The number of elements along axes, for statistics, which need real or complex elements and at least one.
  func checkedStatistic(_ axes: [Int], _ operation: String) throws(TensorError) -> Int {
    let type = type
    guard type.dtype.isDifferentiable else {
      throw TensorError(
        .dtype, operation, "is not defined for \(type.dtype)", hint: "convert first: x.asType(.float64).\(operation)()")
    }
    let count = axes.reduce(1) { $0 &* type.shape[$1] }
    guard count > 0 else {
      throw TensorError(.shape, operation, "there are no elements along axes \(axes) of shape \(type.shape)")
    }
    return count
  }
}
