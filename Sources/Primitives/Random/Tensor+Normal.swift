// The normal distribution, whole and between bounds.

extension Tensor {
  /// Returns numbers of the normal distribution.
  ///
  /// A standard normal number is √2 erfinv(u), with u evenly spread over (-1, 1), as in JAX's `normal`, whose numbers
  /// these are up to the rounding of erfinv. A complex number has independent parts, each with half the variance. The
  /// tangent with respect to the parameters is that of `mean + standardDeviation * z` with the drawn z.
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result; by default those that the parameters broadcast to.
  ///   - key: a key that is used for nothing else.
  ///   - mean: the mean; its shape broadcasts to that of the result.
  ///   - standardDeviation: the standard deviation; its shape broadcasts to that of the result.
  ///   - dtype: float64, float32, complex128 or complex64; by default that of the parameters, and float64 for literals.
  public static func normal(
    _ shape: [Int]? = nil, key: RandomKey, mean: Tensor = 0, standardDeviation: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    drawing("normal", key, [mean, standardDeviation]) { () throws(TensorError) in
      let draw = try Draw(
        "normal", key, shape, dtype, [mean, standardDeviation], allowed: [.float64, .float32, .complex128, .complex64])
      var z = draw.standardNormal
      if !standardDeviation.isLiteral(1) { z = z * draw.parameters[1] }
      return mean.isLiteral(0) ? z : z + draw.parameters[0]
    }
  }

  /// Returns numbers of the normal distribution between two bounds.
  ///
  /// They are `mean + standardDeviation * √2 erfinv(u)`, with u evenly spread between the values of erf at the bounds:
  /// the numbers of JAX's `truncated_normal` up to rounding. A number that rounding has put outside is moved to the
  /// bound. The precision fades where both bounds are on the same side of the mean and more than about five standard
  /// deviations away from it (float32: three), as erf is close to 1 there; from 8.3 on (float32: 5.5) all numbers are at
  /// the bound that is closer to the mean. The tangent with
  /// respect to all four parameters is that of the formula with the drawn u.
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result; by default those that the parameters broadcast to.
  ///   - key: a key that is used for nothing else.
  ///   - low: the lower bound, which may be -∞.
  ///   - high: the upper bound, which may be ∞.
  ///   - mean: the mean of the whole distribution.
  ///   - standardDeviation: the standard deviation of the whole distribution.
  ///   - dtype: float64 or float32; by default that of the parameters, and float64 for literals.
  public static func truncatedNormal(
    _ shape: [Int]? = nil, key: RandomKey, from low: Tensor, to high: Tensor, mean: Tensor = 0,
    standardDeviation: Tensor = 1, dtype: DType? = nil
  ) -> Tensor {
    drawing("truncatedNormal", key, [low, high, mean, standardDeviation]) { () throws(TensorError) in
      let draw = try Draw("truncatedNormal", key, shape, dtype, [low, high, mean, standardDeviation])
      let (low, high, location, scale) = (
        draw.parameters[0], draw.parameters[1], draw.parameters[2], draw.parameters[3]
      )
      let root = Tensor(literalReal: 2.0.squareRoot())
      let isStandard = mean.isLiteral(0) && standardDeviation.isLiteral(1)
      func part(below bound: Tensor) -> Tensor { erf((isStandard ? bound : (bound - location) / scale) / root) }
      let (first, last) = (part(below: low), part(below: high))
      // Inside (-1, 1), so that numbers stay finite where a bound is not.
      let limit = Tensor(literalReal: 1 - draw.dtype.halfEpsilon)
      let z = root * erfinv(clip(draw.unit * (last - first) + first, -limit, limit))
      let x = isStandard ? z : z * scale + location
      // Chosen, not `max`: where a bound decides, the tangent is the bound's.
      let raised = Tensor.where(x .< low, low.broadcast(to: x.shape), x)
      return Tensor.where(raised .> high, high.broadcast(to: x.shape), raised)
    }
  }
}

extension Draw {
  /// Numbers of the standard normal distribution.
  var standardNormal: Tensor {
    guard dtype.isComplex else { return Tensor(literalReal: 2.0.squareRoot()) * erfinv(symmetric) }
    let keys = DerivedKeys(shape: [2, 2]).bound([key.0, key.1])
    func part(_ index: Int) -> Tensor {
      Draw(dtype: dtype.realPart, shape: shape, key: (keys[index, 0], keys[index, 1])).standardNormal
    }
    return complex(part(0), part(1)) / Tensor(literalReal: 2.0.squareRoot())
  }
}
