import Numerics

/// A product of vectors or matrices in whose sums each term is zero wherever a factor is zero, even when the other is
/// infinite or not a number.
///
/// Derivatives use it behind a choice, as they use ``ZeroAbsorbingMultiply`` element by element: a row of a matrix whose
/// result was not chosen may hold anything. Where all factors are finite it is computed as ``DotGeneral`` is, for the
/// price of looking at each number once.
public struct ZeroAbsorbingDotGeneral: LinearPrimitive {
  public static let name = "dotGeneralAbsorbingZero"

  /// The product without this property.
  public let product: DotGeneral

  public init(_ product: DotGeneral) { self.product = product }

  public init(from decoder: any Decoder) throws { product = try DotGeneral(from: decoder) }

  public func encode(to encoder: any Encoder) throws { try product.encode(to: encoder) }

  public var traits: PrimitiveTraits { [.bilinear, .selecting] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try naming(Self.name) { () throws(TensorError) in try product.resultTypes(of: operands) }
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .contraction(product.contraction(absorbsZeros: true))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    if operands.allSatisfy(\.isFinite) { return try product.evaluate(operands) }
    return try product.evaluated(operands, AbsorbingProduct.self)
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    product.transposed(cotangents[0]!, of: operand, at: point) { $0.absorbingZeros.bind($1, $2) }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [product.batched(operands, isBatched: isBatched, size: size) { $0.absorbingZeros.bind($1, $2) }]
  }

  public static var samples: [PrimitiveSample] {
    DotGeneral.samples.compactMap { sample in
      (sample.primitive as? DotGeneral).map {
        PrimitiveSample(ZeroAbsorbingDotGeneral($0), sample.operands, dtypes: sample.dtypes)
      }
    }
  }
}

/// A product of numbers that is zero when a factor is.
enum AbsorbingProduct: ProductRule {
  @inline(__always)
  static func product<T: HostNumber>(_ a: T, _ b: T) -> T {
    a == T.zeroScalar || b == T.zeroScalar ? T.zeroScalar : T.product(a, b)
  }
}
