// How often numbers occur, one by one or in bins.

extension Tensor {
  /// How often each of the numbers 0, 1, 2, ... occurs, as int64, up to the largest one; or the sums of their weights.
  ///
  /// The size of the result depends on the values, which are read: where a transform has none, as under `vmap`, this is an
  /// error, and ``bincount(weights:length:)`` works.
  ///
  /// - Parameters:
  ///   - weights: a weight for each element, which may be differentiated; without them each counts 1.
  ///   - minimumLength: the least size of the result.
  public func bincount(weights: Tensor? = nil, minimumLength: Int = 0) -> Tensor {
    if isInvalid || weights?.isInvalid == true { return poisoned("bincount") }
    return reporting { () throws(TensorError) in
      let indices = try asIndices("bincount")
      let numbers = try indices.asType(.int64).hostValue().elements(as: Int64.self)
      let (length, overflow) = Int(numbers.max() ?? -1).addingReportingOverflow(1)
      if overflow { throw MemoryLimit.tooLarge(TensorType(.int64, [.max]), "bincount") }
      return try indices.counted(weights, Swift.max(length, minimumLength))
    }
  }

  /// How often each of the numbers from 0 up to a length occurs, as int64; or the sums of their weights. It reads no values, so
  /// that it works under all transforms.
  ///
  /// - Parameters:
  ///   - weights: a weight for each element, which may be differentiated; without them each counts 1.
  ///   - length: the size of the result. A number that is negative or not less is an error.
  public func bincount(weights: Tensor? = nil, length: Int) -> Tensor {
    if isInvalid || weights?.isInvalid == true { return poisoned("bincount") }
    return reporting { () throws(TensorError) in try asIndices("bincount").counted(weights, length) }
  }

  /// The counts of integers, or the sums of their weights.
  private func counted(_ weights: Tensor?, _ length: Int) throws(TensorError) -> Tensor {
    let operation = "bincount"
    let size = try Shape(checking: [length], for: operation)
    try MemoryLimit.check(TensorType(weights?.dtype ?? .int64, size), for: operation)
    if let weights, weights.shape != shape {
      throw TensorError(
        .shape, operation, "weights of shape \(weights.shape) for numbers of shape \(shape)",
        hint: "give one weight for each number")
    }
    let wide = asType(.int64)
    if let host = wide.host, let wrong = host.elements(as: Int64.self).first(where: { !(0..<length).contains(Int($0)) })
    {
      throw TensorError(
        .value, operation, "\(wrong) is not between 0 and \(length - 1)",
        hint: wrong < 0 ? "add the least number first: x - x.min()" : "the length must be larger than all numbers")
    }
    return try naming(operation) {
      // Indices that are negative count from the end; these numbers are wrong.
      let indices = Tensor.where(wide .< 0, Tensor(integerLiteral: length), wide).flattened()
      let ones = constant(1, TensorType(.int64, [count]), beside: indices)
      return ScatterAdd(axis: 0, size: length).bind(weights?.settled.flattened() ?? ones, indices)
    }
  }

  /// How many elements are in each of some bins of equal width, as int64, and the bounds of the bins; or the sums of the
  /// elements' weights. Real only.
  ///
  /// A bin has its lower bound, and the last one the upper as well. Elements outside do not count, and neither does `nan`.
  ///
  /// - Parameters:
  ///   - bins: the number of bins, at least 1.
  ///   - range: the outer bounds; without them the smallest and the largest element, or 0 and 1 where there is none.
  ///   - weights: a weight for each element, which may be differentiated.
  public func histogram(
    bins: Int = 10, range: ClosedRange<Double>? = nil, weights: Tensor? = nil
  ) -> (counts: Tensor, edges: Tensor) {
    if isInvalid || weights?.isInvalid == true { return (poisoned("histogram"), Tensor(.invalid)) }
    let edges = reporting { () throws(TensorError) in try equalBins(bins, range) }
    return (edges.isInvalid ? edges : histogram(edges: edges, weights: weights), edges)
  }

  /// How many elements are in each of some bins, as int64, or the sums of their weights. Real only.
  ///
  /// A bin has its lower bound, and the last one the upper as well. Elements outside do not count, and neither does `nan`.
  ///
  /// - Parameters:
  ///   - edges: the bounds of the bins: a vector in ascending order, of at least two.
  ///   - weights: a weight for each element, which may be differentiated.
  public func histogram(edges: Tensor, weights: Tensor? = nil) -> Tensor {
    let operation = "histogram"
    if isInvalid || edges.isInvalid || weights?.isInvalid == true { return poisoned(operation) }
    return reporting { () throws(TensorError) in
      let (x, edges) = try sharingDType(operation, self, edges)
      try x.checkReal(operation)
      guard edges.rank == 1, edges.count > 1 else {
        throw TensorError(
          .shape, operation, "edges of shape \(edges.shape) are not bounds of bins",
          hint: "give a vector of at least two")
      }
      if let weights, weights.shape != shape {
        throw TensorError(
          .shape, operation, "weights of shape \(weights.shape) for elements of shape \(shape)",
          hint: "give one weight for each element")
      }
      return try naming(operation) {
        let values = x.settled.flattened()
        let last = edges.count - 1
        let place = SearchSorted(isRight: true).bind(edges.settled.lifted(beside: values), values)
        let isInside = (values .>= edges[0]) .& (values .<= edges[last])
        let bin = Tensor.where(isInside, Primitives.min(place, Tensor(integerLiteral: last)) - 1, 0)
        let own = weights?.settled.flattened() ?? constant(1, TensorType(.int64, [values.count]), beside: values)
        return ScatterAdd(axis: 0, size: last).bind(Tensor.where(isInside, own, Tensor.zeros(like: own)), bin)
      }
    }
  }

  private func checkReal(_ operation: String) throws(TensorError) {
    guard dtype.isReal else {
      throw TensorError(
        .dtype, operation, "is not defined for \(dtype)", hint: "convert first: x.asType(.float64)")
    }
  }

  /// The bounds of bins of equal width.
  private func equalBins(_ bins: Int, _ range: ClosedRange<Double>?) throws(TensorError) -> Tensor {
    let operation = "histogram"
    try checkReal(operation)
    guard bins > 0 else {
      throw TensorError(.value, operation, "the number of bins is \(bins)", hint: "it must be at least 1")
    }
    try MemoryLimit.check(TensorType(dtype, [bins + (bins == .max ? 0 : 1)]), for: operation)
    var (lower, upper) = (Tensor(0.0).asType(dtype), Tensor(1.0).asType(dtype))
    if let range {
      (lower, upper) = (Tensor(range.lowerBound).asType(dtype), Tensor(range.upperBound).asType(dtype))
    } else if count > 0 {
      (lower, upper) = (settled.min(), settled.max())
    }
    let isKnown = lower.host != nil && upper.host != nil
    if isKnown && !(Double(lower).isFinite && Double(upper).isFinite) {
      throw TensorError(
        .value, operation, "the range from \(lower) to \(upper) is not finite",
        hint: "name it: x.histogram(range: 0...1)")
    }
    return try naming(operation) {
      let half = 0.5 * (lower .== upper).asType(dtype)
      let parts = (Tensor.arange(bins + 1) / Double(bins)).asType(dtype)
      let edges = (lower - half) * (1 - parts) + (upper + half) * parts
      return isKnown ? edges : edges + zero(requiring: isFinite(lower) .& isFinite(upper)).asType(dtype)
    }
  }
}
