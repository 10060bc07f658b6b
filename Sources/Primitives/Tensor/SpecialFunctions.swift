// Functions of real numbers: special functions, activations, and those with kinks.

/// The error function 2/√π ∫₀ˣ exp(-t²) dt of each element. Real only.
public func erf(_ x: Tensor) -> Tensor { Erf().bind(x) }

/// 1 - erf(x) for each element, accurate for large x. Real only.
public func erfc(_ x: Tensor) -> Tensor { Erfc().bind(x) }

/// The inverse of ``erf(_:)``: infinite at ±1, `nan` beyond. Real only.
public func erfinv(_ x: Tensor) -> Tensor { Erfinv().bind(x) }

/// The logarithm of the absolute value of the gamma function of each element. Real only.
public func logGamma(_ x: Tensor) -> Tensor { LogGamma().bind(x) }

/// The derivative of ``logGamma(_:)`` at each element. Real only.
public func digamma(_ x: Tensor) -> Tensor { Polygamma(order: 0).bind(x) }

/// The derivative of ``digamma(_:)`` of an order between 0 and 170 at each element. Real only.
public func polygamma(_ order: Int, _ x: Tensor) -> Tensor { Polygamma(order: order).bind(x) }

/// The logarithm of the multivariate gamma function of a dimension p: p (p - 1) / 4 · log π + Σ log |Γ(x - j / 2)| over j from 0
/// to p - 1, for each element. Real only; it is meant for x > (p - 1) / 2.
///
/// Source: T. W. Anderson, An Introduction to Multivariate Statistical Analysis, 3rd edition, section 7.2.
public func multivariateLogGamma(_ x: Tensor, dimension: Int) -> Tensor {
  let operation = "multivariateLogGamma"
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    guard dimension > 0 else {
      throw TensorError(
        .value, operation, "the dimension is \(dimension); it must be at least 1",
        hint: "it is the number of rows of the matrices of the distribution")
    }
    let constant = Double(dimension) * (Double(dimension) - 1) / 4 * logPi
    return try naming(operation) {
      if dimension == 1 { return logGamma(x) }
      let steps = 0.5 * Tensor.arange(dimension)
      return logGamma(x.settled.expandedDimensions(axis: -1) - steps.asType(x.dtype)).sum(axis: -1) + constant
    }
  }
}

/// log π.
private let logPi = 1.1447298858494002

/// sin(πx) / (πx) for each element: 1 at 0, and exactly 0 at the other whole numbers. Real only; it has its digits, and
/// derivatives of every order theirs, near 0 as well.
public func sinc(_ x: Tensor) -> Tensor { Sinc().bind(x) }

/// x · log(y) for each pair of elements, and 0 where x is 0, also at y = 0. Real only; x and y broadcast.
///
/// The derivative with respect to y is x / y, and 0 where both are 0.
public func xLogY(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(XLogY(), x, y) }

/// x · log(1 + y) for each pair of elements, accurate for small y, and 0 where x is 0, also at y = -1. Real only; x and y
/// broadcast.
public func xLog1pY(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(XLogOnePlusY(), x, y) }

/// The logistic function 1 / (1 + exp(-x)) of each element, without overflow. Real only.
public func sigmoid(_ x: Tensor) -> Tensor { Sigmoid().bind(x) }

/// The inverse of ``sigmoid(_:)``, log(x / (1 - x)), for each element: infinite at 0 and 1, `nan` outside. Real only.
public func logit(_ x: Tensor) -> Tensor { Logit().bind(x) }

/// log(1 + exp(x)) for each element, without overflow. Real only.
public func softplus(_ x: Tensor) -> Tensor { Softplus().bind(x) }

/// log(sigmoid(x)) for each element, accurate on both sides. Real only.
public func logSigmoid(_ x: Tensor) -> Tensor { -softplus(-x) }

/// log(exp(x) + exp(y)) for each pair of elements, without overflow. Real only.
///
/// Its derivatives are the weights exp(x) / (exp(x) + exp(y)) and exp(y) / (exp(x) + exp(y)), right at every order, also at
/// x = y, where formulas with `max` have a kink.
public func logAddExp(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(LogAddExp(), x, y) }

/// Each element where it is positive, else 0. Real and integer; the derivative at 0 is 0.
public func relu(_ x: Tensor) -> Tensor { Relu().bind(x) }

/// The absolute value of each element: real for complex numbers. All numbers; the derivative at 0 is 0.
public func abs(_ x: Tensor) -> Tensor { x.dtype.isComplex ? Modulus().bind(x) : Abs().bind(x) }

/// -1, 0 or 1 with the sign of each element. Real and integer; the derivative is 0.
public func sign(_ x: Tensor) -> Tensor { Sign().bind(x) }

/// The largest whole number that is at most each element. Real only; the derivative is 0.
public func floor(_ x: Tensor) -> Tensor { Floor().bind(x) }

/// The smallest whole number that is at least each element. Real only; the derivative is 0.
public func ceil(_ x: Tensor) -> Tensor { Ceil().bind(x) }

/// The whole number next to each element toward zero. Real only; the derivative is 0.
public func trunc(_ x: Tensor) -> Tensor { Trunc().bind(x) }

/// What is left of each x after whole multiples of y, with the sign of x, as in C. Real only; x and y broadcast.
public func fmod(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(Remainder(), x, y) }

/// The nearest whole number to each element, halves away from zero. Real only; the derivative is 0.
public func round(_ x: Tensor) -> Tensor { Round().bind(x) }
