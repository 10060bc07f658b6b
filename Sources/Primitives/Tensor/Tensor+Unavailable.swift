// What people write first, and the compiler's message would not lead to what exists.

extension Tensor {
  /// Unavailable: elements are compared with `.<`.
  @available(*, unavailable, message: "compare elements with .<, and read one: if Bool(x .< y)")
  @_disfavoredOverload
  public static func < (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.<=`.
  @available(*, unavailable, message: "compare elements with .<=, and read one: if Bool(x .<= y)")
  @_disfavoredOverload
  public static func <= (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.>`.
  @available(*, unavailable, message: "compare elements with .>, and read one: if Bool(x .> y)")
  @_disfavoredOverload
  public static func > (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.>=`.
  @available(*, unavailable, message: "compare elements with .>=, and read one: if Bool(x .>= y)")
  @_disfavoredOverload
  public static func >= (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.==`.
  @available(*, unavailable, message: "compare elements with .==, and read one: if Bool((x .== y).all())")
  @_disfavoredOverload
  public static func == (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.!=`.
  @available(*, unavailable, message: "compare elements with .!=, and read one: if Bool((x .!= y).any())")
  @_disfavoredOverload
  public static func != (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: masks are combined with `.&`.
  @available(*, unavailable, message: "combine masks with x .& y, and read one: if Bool(x.all()) && Bool(y.all())")
  @_disfavoredOverload
  public static func && (x: Tensor, y: Tensor) -> Tensor { fatalError("unavailable") }

  /// Unavailable: masks are combined with `.|`.
  @available(*, unavailable, message: "combine masks with x .| y, and read one: if Bool(x.any()) || Bool(y.any())")
  @_disfavoredOverload
  public static func || (x: Tensor, y: Tensor) -> Tensor { fatalError("unavailable") }
}

// Arrays of Swift numbers have no operators, as they would bring their own element type into formulas.
extension Tensor {
  /// Unavailable: an array of Swift numbers becomes a tensor first.
  @available(*, unavailable, message: "make a tensor of the array: x + Tensor([a, b])")
  @_disfavoredOverload
  public static func + (x: Tensor, y: [some TensorOperand]) -> Tensor { fatalError("unavailable") }

  /// Unavailable: an array of Swift numbers becomes a tensor first.
  @available(*, unavailable, message: "make a tensor of the array: x - Tensor([a, b])")
  @_disfavoredOverload
  public static func - (x: Tensor, y: [some TensorOperand]) -> Tensor { fatalError("unavailable") }

  /// Unavailable: an array of Swift numbers becomes a tensor first.
  @available(*, unavailable, message: "make a tensor of the array: x * Tensor([a, b])")
  @_disfavoredOverload
  public static func * (x: Tensor, y: [some TensorOperand]) -> Tensor { fatalError("unavailable") }

  /// Unavailable: an array of Swift numbers becomes a tensor first.
  @available(*, unavailable, message: "make a tensor of the array: x / Tensor([a, b])")
  @_disfavoredOverload
  public static func / (x: Tensor, y: [some TensorOperand]) -> Tensor { fatalError("unavailable") }
}

extension Tensor {
  /// Unavailable: random numbers are drawn with a key.
  @available(*, unavailable, message: "draw with a key: Tensor.uniform(shape, key: RandomKey(seed: 7))")
  public static func random(_ shape: [Int]) -> Tensor { fatalError("unavailable") }

  /// Unavailable: random numbers are drawn with a key.
  @available(*, unavailable, message: "draw with a key: Tensor.uniform(shape, key: RandomKey(seed: 7))")
  public static func rand(_ shape: [Int]) -> Tensor { fatalError("unavailable") }

  /// Unavailable: random numbers are drawn with a key.
  @available(*, unavailable, message: "draw with a key: Tensor.normal(shape, key: RandomKey(seed: 7))")
  public static func randn(_ shape: [Int]) -> Tensor { fatalError("unavailable") }
}

/// Unavailable: it is `logGamma` here.
@available(*, unavailable, renamed: "logGamma")
public func lgamma(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: the gamma function of a positive number is `exp(logGamma(x))`.
@available(*, unavailable, message: "the gamma function of a positive number is exp(logGamma(x))")
public func tgamma(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `abs` here.
@available(*, unavailable, renamed: "abs")
public func fabs(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `max` here.
@available(*, unavailable, renamed: "max")
public func fmax(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `min` here.
@available(*, unavailable, renamed: "min")
public func fmin(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `expMinusOne` here.
@available(*, unavailable, renamed: "expMinusOne")
public func expm1(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `log(onePlus:)` here.
@available(*, unavailable, renamed: "log(onePlus:)")
public func log1p(_ x: Tensor) -> Tensor { fatalError("unavailable") }

// Names of NumPy and PyTorch.
extension Tensor {
  /// Unavailable: it is `reshaped` here.
  @available(*, unavailable, renamed: "reshaped(_:)")
  public func reshape(_ sizes: Int...) -> Tensor { fatalError("unavailable") }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  /// Unavailable: it is `transposed()` here.
  @available(*, unavailable, renamed: "transposed()")
  public var T: Tensor { fatalError("unavailable") }

  /// Unavailable: it is `transposed` here.
  @available(*, unavailable, renamed: "transposed(_:)")
  public func transpose(_ axes: Int...) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `flattened()` here.
  @available(*, unavailable, renamed: "flattened()")
  public func flatten() -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `squeezed()` here.
  @available(*, unavailable, renamed: "squeezed()")
  public func squeeze() -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `expandedDimensions(axis:)` here.
  @available(*, unavailable, renamed: "expandedDimensions(axis:)")
  public func unsqueeze(_ axis: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: a number is read with `Double(x)`.
  @available(*, unavailable, message: "read a number with Double(x), all of them with x.scalars(as: Double.self)")
  public func item() -> Double { fatalError("unavailable") }

  /// Unavailable: it is `stopGradient(x)` here.
  @available(*, unavailable, message: "write stopGradient(x)")
  public func detach() -> Tensor { fatalError("unavailable") }

  /// Unavailable: gradients are functions of functions, `grad(f)(x)`.
  @available(*, unavailable, message: "gradients are functions of functions: grad(f)(x), or valueAndGrad(f)(x)")
  public func backward() { fatalError("unavailable") }

  /// Unavailable: it is `sum(axis:)` here.
  @available(*, unavailable, renamed: "sum(axis:)")
  public func sum(_ axis: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `mean(axis:)` here.
  @available(*, unavailable, renamed: "mean(axis:)")
  public func mean(_ axis: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: sizes stand between brackets, `zeros([2, 3])`.
  @available(*, unavailable, message: "write the sizes between brackets: Tensor.zeros([2, 3])")
  public static func zeros(_ sizes: Int...) -> Tensor { fatalError("unavailable") }

  /// Unavailable: sizes stand between brackets, `ones([2, 3])`.
  @available(*, unavailable, message: "write the sizes between brackets: Tensor.ones([2, 3])")
  public static func ones(_ sizes: Int...) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `sum(axis:)` here.
  @available(*, unavailable, renamed: "sum(axis:)")
  public func sum(dim: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `mean(axis:)` here.
  @available(*, unavailable, renamed: "mean(axis:)")
  public func mean(dim: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `max(axis:)` here.
  @available(*, unavailable, renamed: "max(axis:)")
  public func max(dim: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `min(axis:)` here.
  @available(*, unavailable, renamed: "min(axis:)")
  public func min(dim: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `prod(axis:)` here.
  @available(*, unavailable, renamed: "prod(axis:)")
  public func prod(dim: Int) -> Tensor { fatalError("unavailable") }

  /// Unavailable: it is `cumsum(axis:)` here.
  @available(*, unavailable, renamed: "cumsum(axis:)")
  public func cumsum(dim: Int) -> Tensor { fatalError("unavailable") }
}

/// Unavailable: rows are read with `x[i]`, elements with `scalars(as:)`.
@available(
  *, unavailable,
  message: "loop over indices: for i in 0..<x.shape[0] { x[i] }; read numbers with x.scalars(as: Double.self)"
)
extension Tensor: Sequence {
  /// Unavailable.
  public func makeIterator() -> IndexingIterator<[Tensor]> { fatalError("unavailable") }
}
