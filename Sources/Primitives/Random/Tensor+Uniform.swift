// Bits, and numbers that are evenly spread.

extension Tensor {
  /// Returns random bits, each 0 or 1 with equal probability, in int32 or int64.
  ///
  /// They are the bits of JAX's `bits` for uint32 and uint64.
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result.
  ///   - key: a key that is used for nothing else.
  ///   - dtype: int32 or int64.
  public static func bits(_ shape: [Int] = [], key: RandomKey, dtype: DType = .int32) -> Tensor {
    drawing("bits", key, []) { () throws(TensorError) in
      try Draw("bits", key, shape, dtype, allowed: [.int32, .int64]).unit
    }
  }

  /// Returns numbers that are evenly spread from a lower bound to an upper one, which is left out (but for rounding where
  /// the bounds are not 0 and 1).
  ///
  /// They are multiples of 2⁻⁵² (float32: 2⁻²³) of the range: the numbers of JAX's `uniform`. A tensor's tangent with
  /// respect to the bounds is that of `low + u * (high - low)` with the drawn u.
  ///
  /// ```swift
  /// Tensor.uniform([3], key: key)
  /// Tensor.uniform([3], key: key, from: -1, to: 1)
  /// ```
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result; by default those that the bounds broadcast to.
  ///   - key: a key that is used for nothing else.
  ///   - low: the lower bound; its shape broadcasts to that of the result.
  ///   - high: the upper bound; its shape broadcasts to that of the result.
  ///   - dtype: float64 or float32; by default that of the bounds, and float64 for literals.
  public static func uniform(
    _ shape: [Int]? = nil, key: RandomKey, from low: Tensor = 0, to high: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    drawing("uniform", key, [low, high]) { () throws(TensorError) in
      let draw = try Draw("uniform", key, shape, dtype, [low, high])
      if low.isLiteral(0) && high.isLiteral(1) { return draw.unit }
      let (low, high) = (draw.parameters[0], draw.parameters[1])
      return draw.unit * (high - low) + low
    }
  }

  /// Returns numbers that are evenly spread over a range; see ``uniform(_:key:from:to:dtype:)``.
  public static func uniform(
    _ shape: [Int] = [], key: RandomKey, in range: Range<Double>, dtype: DType = .float64
  ) -> Tensor {
    uniform(
      shape, key: key, from: Tensor(literalReal: range.lowerBound), to: Tensor(literalReal: range.upperBound),
      dtype: dtype)
  }

  /// Returns truth values that hold with a probability.
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result; by default those of the probability.
  ///   - key: a key that is used for nothing else.
  ///   - probability: that of `true`, float64 or float32; its shape broadcasts to that of the result.
  public static func bernoulli(
    _ shape: [Int]? = nil, key: RandomKey, probability: Tensor = 0.5
  ) -> Tensor {
    drawing("bernoulli", key, [probability]) { () throws(TensorError) in
      let draw = try Draw("bernoulli", key, shape, nil, [probability])
      return draw.unit .< draw.parameters[0]
    }
  }
}
