import Jacobi

extension FunctionTable {
  /// Special functions, and functions with kinks.
  static let special: [CallableFunction] = [
    .unary(.special, "erf", "error function") { erf($0) },
    .unary(.special, "erfc", "1 - erf(x), accurate for large x") { erfc($0) },
    .unary(.special, "erfinv", "inverse of erf") { erfinv($0) },
    .unary(.special, "logGamma", "log(|gamma(x)|)", also: ["lgamma"]) { logGamma($0) },
    .unary(.special, "digamma", "derivative of logGamma") { digamma($0) },
    .unary(.special, "trigamma", "derivative of digamma") { polygamma(1, $0) },
    .unary(.special, "sigmoid", "1/(1 + exp(-x))") { sigmoid($0) },
    .unary(.special, "logit", "log(x/(1 - x)), the inverse of sigmoid") { logit($0) },
    .unary(.special, "softplus", "log(1 + exp(x)), without overflow") { softplus($0) },
    .unary(.special, "logSigmoid", "log(sigmoid(x)), accurate on both sides") { logSigmoid($0) },
    .binary(.special, "logAddExp", "x, y", "log(exp(x) + exp(y)), without overflow") { logAddExp($0, $1) },
    .binary(.special, "xLogY", "x, y", "x*log(y), and 0 where x is 0") { xLogY($0, $1) },
    .binary(.special, "xLog1pY", "x, y", "x*log(1 + y), and 0 where x is 0") { xLog1pY($0, $1) },
    .unary(.special, "normalCDF", "probability that a normal number is less") { normalCDF($0) },
    .unary(.special, "logNormalCDF", "log(normalCDF(x)), accurate on both sides") { logNormalCDF($0) },
    .unary(.special, "normalQuantile", "inverse of normalCDF") { normalQuantile($0) },
    .unary(.special, "erfcx", "exp(x^2)*erfc(x)") { erfcx($0) },
    .unary(.special, "dawson", "Dawson's integral") { dawson($0) },
    .unary(.special, "log1mExp", "log(1 - exp(x)), of negative x") { log1mExp($0) },
    .unary(.special, "logCosh", "log(cosh(x)), without overflow") { logCosh($0) },
    .unary(.special, "logSinh", "log(sinh(x)), without overflow") { logSinh($0) },
    .unary(.special, "entr", "-x*log(x), and 0 at 0") { entr($0) },
    .binary(.special, "relEntr", "x, y", "x*log(x/y), and 0 where x is 0") { relEntr($0, $1) },
    .binary(.special, "logBeta", "a, b", "log(beta(a, b))") { logBeta($0, $1) },
    .binary(.special, "gammaInc", "a, x", "incomplete gamma function P, from 0 to 1") { gammaInc($0, $1) },
    .binary(.special, "gammaIncUpper", "a, x", "1 - gammaInc(a, x)") { gammaIncUpper($0, $1) },
    .binary(.special, "gammaIncInverse", "a, p", "the x with gammaInc(a, x) = p") { gammaIncInverse($0, $1) },
    ternary("betaInc", "a, b, x", "incomplete beta function, from 0 to 1") { betaInc($0, $1, $2) },
    ternary("betaIncInverse", "a, b, p", "the x with betaInc(a, b, x) = p") { betaIncInverse($0, $1, $2) },
    .binary(.special, "expIntegral", "n, x", "exponential integral E of order n") { expIntegral($0, $1) },
    .unary(.special, "expIntegralEi", "exponential integral Ei") { expIntegralEi($0) },
    .unary(.special, "sinIntegral", "integral of sin(t)/t from 0") { sinIntegral($0) },
    .unary(.special, "cosIntegral", "minus the integral of cos(t)/t from x on") { cosIntegral($0) },
    .binary(.special, "zeta", "s, q", "Hurwitz's zeta function, the sum of (k + q)^-s") { zeta($0, $1) },
    .unary(.special, "lambertW", "the w with w*exp(w) = x") { lambertW($0) },
    .unary(.special, "sinc", "sin(pi*x)/(pi*x), 1 at 0") { sinc($0) },
    .unary(.special, "silu", "x*sigmoid(x)", also: ["swish"]) { silu($0) },
    .unary(.special, "gelu", "x times the probability that a normal number is less") { gelu($0) },
    .unary(.special, "elu", "x where it is positive, else exp(x) - 1") { elu($0) },
    .unary(.special, "relu", "x where it is positive, else 0") { relu($0) },
    .unary(.special, "abs", "absolute value") { abs($0) },
    .unary(.special, "sign", "-1, 0 or 1") { sign($0) },
    .unary(.special, "floor", "largest whole number that is at most x") { floor($0) },
    .unary(.special, "ceil", "smallest whole number that is at least x") { ceil($0) },
    .unary(.special, "round", "nearest whole number") { round($0) },
    .unary(.special, "trunc", "next whole number toward zero") { trunc($0) },
    .binary(.special, "fmod", "x, y", "remainder of x/y, with the sign of x") { fmod($0, $1) },
    .binary(.special, "mod", "x, y", "remainder of x/y, with the sign of y") { mod($0, $1) },
    .binary(.special, "floorDivide", "x, y", "x/y rounded down") { floorDivide($0, $1) },
    ternary("clip", "x, a, b", "x limited to the range from a to b", also: ["clamp"]) { clip($0, $1, $2) },
    extremum("max", "largest element, or of several arguments", { max($0, $1) }, { $0.max() }),
    extremum("min", "smallest element, or of several arguments", { min($0, $1) }, { $0.min() }),
  ]

  private static func ternary(
    _ name: String, _ arguments: String, _ summary: String, also aliases: [String] = [],
    _ apply: @escaping @Sendable (Tensor, Tensor, Tensor) -> Tensor
  ) -> CallableFunction {
    CallableFunction(
      group: .special, name: name, aliases: aliases, arguments: arguments, minimumArguments: 3, maximumArguments: 3,
      summary: summary, apply: { apply($0[0], $0[1], $0[2]) }, resultCount: { _ in nil })
  }

  /// One argument is reduced; several are compared element by element.
  private static func extremum(
    _ name: String, _ summary: String, _ combine: @escaping @Sendable (Tensor, Tensor) -> Tensor,
    _ reduce: @escaping @Sendable (Tensor) -> Tensor
  ) -> CallableFunction {
    CallableFunction(
      group: .special, name: name, aliases: [], arguments: "x, ...", minimumArguments: 1, maximumArguments: nil,
      summary: summary,
      apply: { x in x.count == 1 ? reduce(x[0]) : x.dropFirst().reduce(x[0], combine) }, resultCount: { _ in nil })
  }
}
