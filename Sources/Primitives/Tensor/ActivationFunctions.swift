// Activation functions of neural networks, beside `relu`, `sigmoid`, `softplus` and `tanh`. Real only.

/// x · sigmoid(x) for each element, also known as swish: 0 at -∞, with the derivative 0. Real only.
public func silu(_ x: Tensor) -> Tensor { Silu().bind(x) }

/// x times the probability that a normal number is less than x, for each element. Real only.
///
/// It keeps its relative accuracy far below 0, and is 0 at -∞, with the derivative 0.
///
/// - Parameter approximate: whether the probability is approximated by a hyperbolic tangent, as some networks were trained:
///   (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
public func gelu(_ x: Tensor, approximate: Bool = false) -> Tensor { Gelu(isApproximate: approximate).bind(x) }

/// x where it is positive, else α (exp(x) - 1), for each element. Real only; the derivative at 0 is α.
///
/// - Parameter alpha: α, which broadcasts and may be differentiated; 1 by default.
public func elu(_ x: Tensor, alpha: Tensor = 1) -> Tensor { `where`(x .> 0, x, alpha * expMinusOne(x)) }
