// Products with logarithms that are 0 where the first factor is, as entropies and likelihoods have them.

/// x · log(y), and 0 where x is 0, unless y is `nan`.
public struct XLogY: RealBinary {
  public static let name = "xLogY"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { absent(x, y, x * S.log(y)) }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    .scale(by: operand == 0 ? log(y) : share(x, y))
  }
  public static var samples: [PrimitiveSample] { logarithmSamples(XLogY(), dtypes) }
}

/// x · log(1 + y), accurate for small y, and 0 where x is 0, unless y is `nan`.
public struct XLogOnePlusY: RealBinary {
  public static let name = "xLog1pY"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { absent(x, y, x * S.log(onePlus: y)) }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    .scale(by: operand == 0 ? log(onePlus: y) : share(x, 1 + y))
  }
  public static var samples: [PrimitiveSample] { logarithmSamples(XLogOnePlusY(), dtypes) }
}

/// The product, but 0 where x is, unless y is not a number.
private func absent<S: RealSemantics>(_ x: S, _ y: S, _ product: S) -> S {
  S.select(S.isEqual(x, .constant(0)), S.select(S.isEqual(y, y), .constant(0), y), product)
}

/// x / y, and 0 where both are 0. There its own derivative with respect to x is infinite, as it is beside.
private func share(_ x: Tensor, _ y: Tensor) -> Tensor {
  let isEdge = (x .== 0) .& (y .== 0)
  return `where`(isEdge, ZeroAbsorbingMultiply().bind(x, 1 / y), x / y)
}

private func logarithmSamples(_ primitive: any Primitive, _ dtypes: [DType]) -> [PrimitiveSample] {
  [[], [2, 3], [1], [0]].map {
    PrimitiveSample(primitive, [OperandSample($0), OperandSample($0, .positive)], dtypes: dtypes)
  }
}
