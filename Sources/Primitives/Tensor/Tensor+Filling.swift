extension Tensor {
  /// Zeros. The sizes are checked against the machine's memory.
  public static func zeros(_ shape: [Int], dtype: DType = .float64) -> Tensor { filled(shape, 0, dtype, "zeros") }

  /// Ones. The sizes are checked against the machine's memory.
  public static func ones(_ shape: [Int], dtype: DType = .float64) -> Tensor { filled(shape, 1, dtype, "ones") }

  /// Zeros of a tensor's type.
  public static func zeros(like other: Tensor) -> Tensor {
    other.isInvalid ? poisoned("zeros") : constant(0, other.type, beside: other)
  }

  /// Ones of a tensor's type.
  public static func ones(like other: Tensor) -> Tensor {
    other.isInvalid ? poisoned("ones") : constant(1, other.type, beside: other)
  }

  /// One number in all places.
  ///
  /// - Parameters:
  ///   - value: the number: a scalar, which may be traced.
  ///   - dtype: the element type for a literal; float64 when it is left out.
  public static func full(_ shape: [Int], _ value: Tensor, dtype: DType? = nil) -> Tensor {
    if value.isInvalid { return poisoned("full") }
    return reporting { () throws(TensorError) in
      let shape = try Shape(checking: shape, for: "full")
      guard value.rank == 0 else {
        throw TensorError(
          .shape, "full", "the value has shape \(value.shape); it must be one number",
          hint: "use value.broadcast(to: \(shape))")
      }
      let value = try dtype.map { (dtype) throws(TensorError) in try value.literal(adopting: dtype, "full") } ?? value
      if let dtype, value.dtype != dtype {
        throw TensorError(
          .dtype, "full", "the value is \(value.dtype), not \(dtype)", hint: "convert it: value.asType(.\(dtype))")
      }
      try MemoryLimit.check(TensorType(value.dtype, shape), for: "full")
      return value.settled.filling(shape)
    }
  }

  /// The matrix with ones on the diagonal and zeros elsewhere.
  public static func eye(_ rows: Int, columns: Int? = nil, dtype: DType = .float64) -> Tensor {
    reporting { () throws(TensorError) in
      let columns = columns ?? rows
      let shape = try Shape(checking: [rows, columns], for: "eye")
      let zeros = try HostTensor(TensorType(dtype, shape), filledWith: 0, for: "eye")
      let ones = try HostTensor(TensorType(dtype, [Swift.min(rows, columns)]), filledWith: 1, for: "eye")
      var result = zeros
      try result.write(ones, at: StridedView(sizes: ones.shape.dimensions, strides: [columns &+ 1]))
      return Tensor(result)
    }
  }

  /// The numbers 0, 1, 2, ... below a count.
  ///
  /// - Parameter dtype: float64 by itself; int64 for indices.
  public static func arange(_ count: Int, dtype: DType = .float64) -> Tensor {
    arange(0, count, 1, dtype: dtype)
  }

  /// The numbers from a first one, a step apart, before an end that is left out.
  public static func arange(_ start: Int, _ end: Int, _ step: Int = 1, dtype: DType = .float64) -> Tensor {
    if dtype == .int64 { return integers(start, end, step) }
    return arange(Double(start), Double(end), Double(step), dtype: dtype)
  }

  /// Integers, exactly: beyond 2^53 not all of them are a `Double`.
  private static func integers(_ start: Int, _ end: Int, _ step: Int) -> Tensor {
    reporting { () throws(TensorError) in
      guard step != 0 else {
        throw TensorError(
          .value, "arange", "from \(start) to \(end) by 0 is not a range", hint: "the step must not be 0")
      }
      let isEmpty = step > 0 ? end <= start : start <= end
      let (lower, upper) = step > 0 ? (start, end) : (end, start)
      // The distance of two integers always fits into one without a sign.
      let distance = UInt(bitPattern: upper) &- UInt(bitPattern: lower)
      guard let count = isEmpty ? 0 : Int(exactly: (distance &- 1) / step.magnitude &+ 1) else {
        throw TensorError(.memory, "arange", "from \(start) to \(end) by \(step) are more numbers than fit into memory")
      }
      return Tensor(
        try HostTensor([count], of: Int64.self, for: "arange") { results in
          for index in results.indices {
            results.initializeElement(at: index, to: Int64(start &+ index &* step))
          }
        })
    }
  }

  /// The numbers from a first one, a step apart, before an end that is left out.
  public static func arange(_ start: Double, _ end: Double, _ step: Double = 1, dtype: DType = .float64) -> Tensor {
    reporting { () throws(TensorError) in
      let steps = ((end - start) / step).rounded(.up)
      guard steps.isFinite, step != 0 else {
        throw TensorError(
          .value, "arange", "from \(start) to \(end) by \(step) is not a range",
          hint: "all three must be finite, and the step not 0"
        )
      }
      guard let count = Int(exactly: Swift.max(steps, 0)) else {
        throw TensorError(.memory, "arange", "from \(start) to \(end) by \(step) are more numbers than fit into memory")
      }
      let values = try HostTensor([count], of: Double.self, for: "arange") { results in
        for index in results.indices { results.initializeElement(at: index, to: start + Double(index) * step) }
      }
      return Tensor(dtype == .float64 ? values : try values.converted(to: dtype, "arange"))
    }
  }

  /// Numbers at equal distances from a first to a last one, both included.
  public static func linspace(_ start: Double, _ end: Double, count: Int, dtype: DType = .float64) -> Tensor {
    reporting { () throws(TensorError) in
      guard count >= 0 else {
        throw TensorError(
          .shape, "linspace", "\(count) is not a count of numbers", hint: "the count must be at least 0")
      }
      let shape: Shape = [count]
      guard start.isFinite, end.isFinite else {
        throw TensorError(
          .value, "linspace", "from \(start) to \(end) is not a range", hint: "both ends must be finite")
      }
      let values = try HostTensor(shape, of: Double.self, for: "linspace") { results in
        for index in results.indices {
          // Weighted from both sides, so that the last one is exact and nothing overflows.
          let part = count > 1 ? Double(index) / Double(count - 1) : 0
          results.initializeElement(at: index, to: start * (1 - part) + end * part)
        }
      }
      return Tensor(dtype == .float64 ? values : try values.converted(to: dtype, "linspace"))
    }
  }

  private static func filled(_ shape: [Int], _ value: Double, _ dtype: DType, _ operation: String) -> Tensor {
    reporting { () throws(TensorError) in
      let shape = try Shape(checking: shape, for: operation)
      return Tensor(try HostTensor(TensorType(dtype, shape), filledWith: value, for: operation))
    }
  }
}
