// Further distributions whose quantiles are elementary functions: evenly spread numbers are mapped by these. The numbers
// are those of JAX up to the rounding of logarithms, and tangents with respect to the parameters are those of the formulas.

extension Tensor {
  /// Returns numbers of the exponential distribution: -log(1 - u) / rate.
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result; by default those of the rate.
  ///   - key: a key that is used for nothing else.
  ///   - rate: one over the mean; its shape broadcasts to that of the result.
  ///   - dtype: float64 or float32; by default that of the rate, and float64 for a literal.
  public static func exponential(
    _ shape: [Int]? = nil, key: RandomKey, rate: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    drawing("exponential", key, [rate]) { () throws(TensorError) in
      let draw = try Draw("exponential", key, shape, dtype, [rate])
      let standard = -log(onePlus: -draw.unit)
      return rate.isLiteral(1) ? standard : standard / draw.parameters[0]
    }
  }

  /// Returns numbers of the Gumbel distribution of largest values: location - scale · log(-log u).
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result; by default those that the parameters broadcast to.
  ///   - key: a key that is used for nothing else.
  ///   - location: the mode; its shape broadcasts to that of the result.
  ///   - scale: the scale; its shape broadcasts to that of the result.
  ///   - dtype: float64 or float32; by default that of the parameters, and float64 for literals.
  public static func gumbel(
    _ shape: [Int]? = nil, key: RandomKey, location: Tensor = 0, scale: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    placed("gumbel", shape, key, location, scale, dtype) { $0.standardGumbel }
  }

  /// Returns numbers of the logistic distribution: location + scale · log(u / (1 - u)).
  ///
  /// The parameters are those of ``gumbel(_:key:location:scale:dtype:)``.
  public static func logistic(
    _ shape: [Int]? = nil, key: RandomKey, location: Tensor = 0, scale: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    placed("logistic", shape, key, location, scale, dtype) { draw in
      let u = draw.positive
      return log(u) - log(onePlus: -u)
    }
  }

  /// Returns numbers of the Laplace distribution: location + scale · sign(u) log(1 - |u|), with u in (-1, 1).
  ///
  /// The parameters are those of ``gumbel(_:key:location:scale:dtype:)``.
  public static func laplace(
    _ shape: [Int]? = nil, key: RandomKey, location: Tensor = 0, scale: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    placed("laplace", shape, key, location, scale, dtype) { draw in
      let u = draw.symmetric
      return sign(u) * log(onePlus: -abs(u))
    }
  }

  /// Returns numbers of the Cauchy distribution: location + scale · tan(π (u - 1/2)).
  ///
  /// The parameters are those of ``gumbel(_:key:location:scale:dtype:)``.
  public static func cauchy(
    _ shape: [Int]? = nil, key: RandomKey, location: Tensor = 0, scale: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    placed("cauchy", shape, key, location, scale, dtype) { draw in
      let least = 2 * draw.dtype.halfEpsilon
      let u = draw.unit * Tensor(literalReal: 1 - least) + Tensor(literalReal: least)
      return tan(.pi * (u - 0.5))
    }
  }

  /// A draw from a family of distributions that differ by location and scale.
  private static func placed(
    _ operation: String, _ shape: [Int]?, _ key: RandomKey, _ location: Tensor, _ scale: Tensor, _ dtype: DType?,
    _ standard: (Draw) -> Tensor
  ) -> Tensor {
    drawing(operation, key, [location, scale]) { () throws(TensorError) in
      let draw = try Draw(operation, key, shape, dtype, [location, scale])
      var x = standard(draw)
      if !scale.isLiteral(1) { x = x * draw.parameters[1] }
      return location.isLiteral(0) ? x : x + draw.parameters[0]
    }
  }
}

extension Draw {
  /// Numbers of the standard Gumbel distribution.
  var standardGumbel: Tensor { -log(-log(positive)) }
}
