/// Linear in each of two operands while the other is fixed: every result element is a sum of products of an element of
/// each, with weights.
///
/// The author writes types, evaluation and lowering, and both transposes and the batch in terms of products. Tangents are
/// derived, and so is the product behind a choice, in which zeros absorb what they are multiplied with: ``ZeroAbsorbing``.
public protocol BilinearPrimitive: LinearPrimitive {
  /// A product of two tensors by a bilinear primitive.
  typealias Product = (any BilinearPrimitive, Tensor, Tensor) -> Tensor

  /// The cotangent of one operand from that of the result.
  ///
  /// - Parameter product: how the cotangent and the other operand are multiplied.
  func transposed(
    _ cotangent: Tensor, of operand: Int, at point: EquationPoint, _ product: Product
  ) -> Tensor

  /// The result for a whole batch, with the batch axis in front.
  ///
  /// - Parameter product: how operands are multiplied.
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int, _ product: Product) -> Tensor
}

extension BilinearPrimitive {
  /// Bilinear.
  public var traits: PrimitiveTraits { .bilinear }

  /// The primitive itself, with the tangent in the operand's place.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  /// The same product, in which zeros absorb.
  public var absorbingZeros: any LinearPrimitive { ZeroAbsorbing(self) }

  /// The cotangent of one operand, by plain products.
  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    transposed(cotangents[0]!, of: operand, at: point) { $0.bind($1, $2) }
  }

  /// The result for a whole batch, by plain products.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [batched(operands, isBatched: isBatched, size: size) { $0.bind($1, $2) }]
  }
}

/// A bilinear primitive in which each product of two numbers is zero wherever a factor is zero, also when the other is
/// infinite or not a number: what stands behind a choice in derivatives.
///
/// It is made for every bilinear primitive. Where all numbers are finite it costs one look at each of them; else it masks
/// the operands. A primitive whose code can test each product as it goes says so by another
/// ``LinearPrimitive/absorbingZeros``.
public struct ZeroAbsorbing<Base: BilinearPrimitive>: LinearPrimitive {
  /// The name of the primitive without this property, with `AbsorbingZero` behind it.
  public static var name: String { Base.name + "AbsorbingZero" }

  /// The primitive without this property.
  public let base: Base

  /// A product in which zeros absorb.
  public init(_ base: Base) { self.base = base }

  /// Reads the primitive without this property.
  public init(from decoder: any Decoder) throws { base = try Base(from: decoder) }

  /// Writes the primitive without this property.
  public func encode(to encoder: any Encoder) throws { try base.encode(to: encoder) }

  /// Those of the primitive; it also selects.
  public var traits: PrimitiveTraits { base.traits.union(.selecting) }

  /// Those of the primitive.
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try naming(Self.name) { () throws(TensorError) in try base.resultTypes(of: operands) }
  }

  /// The product of masked operands, where they are not finite.
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    if operands.allSatisfy(\.isFinite) { return try base.evaluate(operands) }
    return [try maskedProduct(operands[0], operands[1])]
  }

  /// The primitive itself, with the tangent in the operand's place.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  /// The cotangent of one operand, by products in which zeros absorb.
  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    base.transposed(cotangents[0]!, of: operand, at: point) { $0.absorbingZeros.bind($1, $2) }
  }

  /// The result for a whole batch, by products in which zeros absorb.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [base.batched(operands, isBatched: isBatched, size: size) { $0.absorbingZeros.bind($1, $2) }]
  }

  /// Those of the primitive.
  public static var samples: [PrimitiveSample] {
    Base.samples.compactMap { sample in
      (sample.primitive as? Base).map {
        PrimitiveSample(ZeroAbsorbing($0), sample.operands, dtypes: sample.dtypes)
      }
    }
  }
}

// MARK: - Masking

extension ZeroAbsorbing {
  /// The product of the finite numbers where no other one meets a factor that is not zero; elsewhere the plain product.
  ///
  /// Where that happens is told by products of weights in place of the numbers in question. The weights are all different,
  /// so that they do not cancel where the primitive subtracts.
  private func maskedProduct(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    let (a, b) = (try Factor(x, phase: 0.61803398874989), try Factor(y, phase: 0.41421356237309))
    let meetings = try Add().evaluate(
      base.evaluate([a.whereNotFinite, b.whereNotZero])[0], base.evaluate([a.whereNotZero, b.whereNotFinite])[0])
    let isClean = try Equal().evaluate(meetings, try HostTensor(meetings.type, filledWith: 0))
    return try Select().evaluate([isClean, base.evaluate([a.finite, b.finite])[0], base.evaluate([x, y])[0]])[0]
  }
}

/// A factor of a product, in parts.
private struct Factor {
  /// The numbers, with zeros in place of those that are not finite.
  let finite: HostTensor
  /// Weights in place of the numbers that are not finite, zeros elsewhere.
  let whereNotFinite: HostTensor
  /// Weights in place of the numbers that are not zero, zeros elsewhere.
  let whereNotZero: HostTensor

  init(_ x: HostTensor, phase: Double) throws(TensorError) {
    let zeros = try HostTensor(x.type, filledWith: 0)
    let numbers = (0..<x.shape.count).map { 1 + (Double($0 + 1) * phase).truncatingRemainder(dividingBy: 1) }
    let weights = try Convert(to: x.dtype).evaluate([try HostTensor(x.shape, numbers)])[0]
    let isZero = try Equal().evaluate(x, zeros)
    // x - x is 0 for finite numbers alone.
    let isFinite = try Equal().evaluate(try Subtract().evaluate(x, x), zeros)
    finite = try Select().evaluate([isFinite, x, zeros])[0]
    whereNotFinite = try Select().evaluate([isFinite, zeros, weights])[0]
    whereNotZero = try Select().evaluate([isZero, zeros, weights])[0]
  }
}

extension HostTensor {
  /// Whether no element is infinite or `nan`.
  var isFinite: Bool {
    // Compared as bits, eight or sixteen at a time: sums of numbers may not be taken in another order.
    func isFinite<Bits: FixedWidthInteger>(_ exponent: Bits) -> Bool {
      withBytes { bytes in
        bytes.withMemoryRebound(to: Bits.self) { words in
          var found: Bits = 0
          for word in words { found |= word & exponent == exponent ? 1 : 0 }
          return found == 0
        }
      }
    }
    return switch dtype.realPart {
    case .float64: isFinite(0x7FF0_0000_0000_0000 as UInt64)
    case .float32: isFinite(0x7F80_0000 as UInt32)
    default: true
    }
  }
}
