// The elementary functions, under swift-numerics' names.

/// e to the power of each element.
public func exp(_ x: Tensor) -> Tensor { Exp().bind(x) }

/// The natural logarithm of each element.
public func log(_ x: Tensor) -> Tensor { Log().bind(x) }

/// The sine of each element, in radians.
public func sin(_ x: Tensor) -> Tensor { Sin().bind(x) }

/// The cosine of each element, in radians.
public func cos(_ x: Tensor) -> Tensor { Cos().bind(x) }

/// The complex conjugate of each element; a tensor that is not complex itself.
public func conjugate(_ x: Tensor) -> Tensor { x.dtype.isComplex ? Conjugate().bind(x) : x }
