// The elementary functions, under swift-numerics' names. Real and complex element types, unless said otherwise.

/// e to the power of each element.
public func exp(_ x: Tensor) -> Tensor { Exp().bind(x) }

/// exp(x) - 1, accurate near 0.
public func expMinusOne(_ x: Tensor) -> Tensor { ExpMinusOne().bind(x) }

/// The natural logarithm of each element.
public func log(_ x: Tensor) -> Tensor { Log().bind(x) }

/// log(1 + x), accurate near 0.
public func log(onePlus x: Tensor) -> Tensor { LogOnePlus().bind(x) }

/// 2 to the power of each element, exact for whole numbers.
public func exp2(_ x: Tensor) -> Tensor { x.dtype.isComplex ? exp(x * naturalLog2) : Exp2().bind(x) }

/// The logarithm with base 2 of each element, exact for powers of 2.
public func log2(_ x: Tensor) -> Tensor { x.dtype.isComplex ? log(x) / naturalLog2 : Log2().bind(x) }

/// The logarithm with base 10 of each element, exact for powers of 10.
public func log10(_ x: Tensor) -> Tensor { x.dtype.isComplex ? log(x) / naturalLog10 : Log10().bind(x) }

/// The square root of each element. The derivative at 0 is infinite.
public func sqrt(_ x: Tensor) -> Tensor { Sqrt().bind(x) }

/// The cube root of each element, negative for negative numbers. Real only; the derivative at 0 is infinite.
public func cbrt(_ x: Tensor) -> Tensor { Cbrt().bind(x) }

/// The square of each element; integers, too.
public func square(_ x: Tensor) -> Tensor { IntegerPower(exponent: 2).bind(x) }

/// 1 / x for each element. Real and complex only.
public func reciprocal(_ x: Tensor) -> Tensor { broadcasting(Divide(), 1, x) }

/// 1 / √x for each element; infinite at 0, and so is its derivative.
public func rsqrt(_ x: Tensor) -> Tensor { reciprocal(sqrt(x)) }

/// The sine of each element, in radians.
public func sin(_ x: Tensor) -> Tensor { Sin().bind(x) }

/// The cosine of each element, in radians.
public func cos(_ x: Tensor) -> Tensor { Cos().bind(x) }

/// The tangent of each element, in radians.
public func tan(_ x: Tensor) -> Tensor { Tan().bind(x) }

/// The inverse sine of each element, in radians.
public func asin(_ x: Tensor) -> Tensor { Asin().bind(x) }

/// The inverse cosine of each element, in radians.
public func acos(_ x: Tensor) -> Tensor { Acos().bind(x) }

/// The inverse tangent of each element, in radians.
public func atan(_ x: Tensor) -> Tensor { Atan().bind(x) }

/// The hyperbolic sine of each element.
public func sinh(_ x: Tensor) -> Tensor { Sinh().bind(x) }

/// The hyperbolic cosine of each element.
public func cosh(_ x: Tensor) -> Tensor { Cosh().bind(x) }

/// The hyperbolic tangent of each element.
public func tanh(_ x: Tensor) -> Tensor { Tanh().bind(x) }

/// The inverse hyperbolic sine of each element.
public func asinh(_ x: Tensor) -> Tensor { Asinh().bind(x) }

/// The inverse hyperbolic cosine of each element.
public func acosh(_ x: Tensor) -> Tensor { Acosh().bind(x) }

/// The inverse hyperbolic tangent of each element.
public func atanh(_ x: Tensor) -> Tensor { Atanh().bind(x) }

/// The angle of each point (x, y), between -π and π. Real only; x and y broadcast.
public func atan2(y: Tensor, x: Tensor) -> Tensor { broadcasting(Atan2(), y, x) }

/// The angle of each point (x, y), between -π and π, in the order of C. Real only; x and y broadcast.
public func atan2(_ y: Tensor, _ x: Tensor) -> Tensor { broadcasting(Atan2(), y, x) }

/// √(x² + y²) for each pair of elements, without overflow. Real only; x and y broadcast.
public func hypot(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(Hypot(), x, y) }
