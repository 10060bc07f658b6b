import Numerics

/// The sum of products over contracted axes, for every batch: all products of vectors and matrices.
///
/// result[b, i, j] is the sum over k of lhs[b, i, k] · rhs[b, k, j], where b, i, j and k each stand for any number of axes.
/// The result has the batch axes in the order of their pairs, then the free axes of the left operand, then those of the
/// right, in their own order. Complex numbers are not conjugated. These are the semantics of XLA's DotGeneral.
public struct DotGeneral: BilinearPrimitive {
  public static let name = "dotGeneral"

  /// The axes of the left operand that are summed over.
  public let lhsContracting: [Int]
  /// The axes of the right operand that they are paired with.
  public let rhsContracting: [Int]
  /// The batch axes of the left operand.
  public let lhsBatch: [Int]
  /// The batch axes of the right operand that they are paired with.
  public let rhsBatch: [Int]

  public init(contracting: (lhs: [Int], rhs: [Int]), batch: (lhs: [Int], rhs: [Int]) = ([], [])) {
    lhsContracting = contracting.lhs
    rhsContracting = contracting.rhs
    lhsBatch = batch.lhs
    rhsBatch = batch.rhs
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes two operands, not \(operands.count)")
    }
    let (lhs, rhs) = (operands[0], operands[1])
    if lhs.dtype != rhs.dtype { throw mixedDTypes(Self.name, lhs, rhs) }
    try checkNumeric(lhs, Self.name)
    guard lhsContracting.count == rhsContracting.count, lhsBatch.count == rhsBatch.count,
      areDistinct(lhsContracting + lhsBatch, lhs.shape.rank), areDistinct(rhsContracting + rhsBatch, rhs.shape.rank)
    else {
      throw TensorError(
        .index, Self.name,
        "contracting axes \(lhsContracting), \(rhsContracting) and batch axes \(lhsBatch), \(rhsBatch) do not pair axes"
          + " of \(lhs.shape) and \(rhs.shape)")
    }
    for (a, b) in zip(lhsContracting + lhsBatch, rhsContracting + rhsBatch) where lhs.shape[a] != rhs.shape[b] {
      throw TensorError(
        .shape, Self.name,
        "axis \(a) of shape \(lhs.shape) has size \(lhs.shape[a]), and axis \(b) of shape \(rhs.shape) has size"
          + " \(rhs.shape[b])", hint: "paired axes must have one size")
    }
    let batch = lhsBatch.map { lhs.shape[$0] }
    let free = lhsFree(lhs.shape).map { lhs.shape[$0] } + rhsFree(rhs.shape).map { rhs.shape[$0] }
    return [TensorType(lhs.dtype, Shape(batch + free))]
  }

  private func areDistinct(_ axes: [Int], _ rank: Int) -> Bool {
    Set(axes).count == axes.count && axes.allSatisfy { (0..<rank).contains($0) }
  }

  func lhsFree(_ shape: Shape) -> [Int] {
    shape.dimensions.indices.filter { !lhsContracting.contains($0) && !lhsBatch.contains($0) }
  }

  func rhsFree(_ shape: Shape) -> [Int] {
    shape.dimensions.indices.filter { !rhsContracting.contains($0) && !rhsBatch.contains($0) }
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .contraction(contraction(absorbsZeros: false)) }

  /// The product for engines.
  func contraction(absorbsZeros: Bool) -> Contraction {
    Contraction(
      contracting: zip(lhsContracting, rhsContracting).map { Contraction.Pair($0, $1) },
      batch: zip(lhsBatch, rhsBatch).map { Contraction.Pair($0, $1) }, absorbsZeros: absorbsZeros)
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    if let product = try evaluatedByLibrary(operands[0], operands[1]) { return [product] }
    return try evaluated(operands, PlainProduct.self)
  }

  /// The sums of products, each of two numbers by a rule.
  func evaluated<Rule: ProductRule>(_ operands: [HostTensor], _: Rule.Type) throws(TensorError) -> [HostTensor] {
    let (lhs, rhs) = (operands[0], operands[1])
    let type = try resultTypes(of: [lhs.type, rhs.type])[0]
    let sizes = sizes(lhs.shape, rhs.shape)
    let a = try ordered(lhs, lhsBatch + lhsFree(lhs.shape) + lhsContracting)
    let b = try ordered(rhs, rhsBatch + rhsContracting + rhsFree(rhs.shape))
    switch type.dtype {
    case .float64: return [try multiplyMatrices(a, b, sizes, type.shape, Double.self, Rule.self)]
    case .float32: return [try multiplyMatrices(a, b, sizes, type.shape, Float.self, Rule.self)]
    case .int32: return [try multiplyMatrices(a, b, sizes, type.shape, Int32.self, Rule.self)]
    case .int64: return [try multiplyMatrices(a, b, sizes, type.shape, Int64.self, Rule.self)]
    case .complex128: return [try multiplyMatrices(a, b, sizes, type.shape, Complex<Double>.self, Rule.self)]
    case .complex64: return [try multiplyMatrices(a, b, sizes, type.shape, Complex<Float>.self, Rule.self)]
    case .bool: return []
    }
  }

  /// The sizes of the products of matrices that this is.
  func sizes(_ lhs: Shape, _ rhs: Shape) -> MatrixSizes {
    func product(_ shape: Shape, _ axes: [Int]) -> Int { axes.reduce(1) { $0 &* shape[$1] } }
    return MatrixSizes(
      batches: product(lhs, lhsBatch), rows: product(lhs, lhsFree(lhs)), inner: product(lhs, lhsContracting),
      columns: product(rhs, rhsFree(rhs)))
  }

  /// The axes in another order in memory.
  func ordered(_ x: HostTensor, _ order: [Int]) throws(TensorError) -> HostTensor {
    // Axes of size 1 may stand anywhere.
    let long = order.filter { x.shape[$0] != 1 }
    if zip(long, long.dropFirst()).allSatisfy({ $0 < $1 }) { return x }
    let strides = x.shape.strides
    return try x.read(
      StridedView(sizes: order.map { x.shape[$0] }, strides: order.map { strides[$0] }), for: Self.name)
  }

  /// Code tests each product as it goes.
  public var absorbingZeros: any LinearPrimitive { ZeroAbsorbingDotGeneral(self) }

  /// The product of the cotangent with the other operand, over the other operand's free axes; then the axes are put in
  /// the operand's order.
  public func transposed(_ ct: Tensor, of operand: Int, at point: EquationPoint, _ multiply: Product) -> Tensor {
    let other = conjugate(point.operand(1 - operand))
    let (lhs, rhs) = (point.operandType(0).shape, point.operandType(1).shape)
    let (freeL, freeR) = (lhsFree(lhs), rhsFree(rhs))
    let batch = Array(lhsBatch.indices)
    let inCotangent = batch.count + (operand == 0 ? freeL.count : 0)
    let contracted = (0..<(operand == 0 ? freeR.count : freeL.count)).map { inCotangent + $0 }
    let product = multiply(
      DotGeneral(
        contracting: (contracted, operand == 0 ? freeR : freeL), batch: (batch, operand == 0 ? rhsBatch : lhsBatch)),
      ct, other)
    // What remains of the other operand are its contracted axes, in its own order.
    let (own, others) =
      operand == 0 ? (lhsContracting, rhsContracting) : (rhsContracting, lhsContracting)
    let paired = others.indices.sorted { others[$0] < others[$1] }.map { own[$0] }
    let axes = (operand == 0 ? lhsBatch + freeL : rhsBatch + freeR) + paired
    var permutation = axes
    for (position, axis) in axes.enumerated() { permutation[axis] = position }
    return product.transposed(permutation)
  }

  /// The product for a whole batch, whose axis is one of the product's batch axes, or free.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int, _ multiply: Product) -> Tensor {
    func shifted(_ axes: [Int], _ isBatched: Bool) -> [Int] { isBatched ? axes.map { $0 + 1 } : axes }
    let both = isBatched[0] && isBatched[1]
    let product = multiply(
      DotGeneral(
        contracting: (shifted(lhsContracting, isBatched[0]), shifted(rhsContracting, isBatched[1])),
        batch: (
          (both ? [0] : []) + shifted(lhsBatch, isBatched[0]), (both ? [0] : []) + shifted(rhsBatch, isBatched[1])
        )), operands[0], operands[1])
    if both { return product }
    // The batch axis is the first free one of the operand that has it.
    let before = isBatched[0] ? 0 : operands[0].rank - lhsBatch.count - lhsContracting.count
    return product.movingAxis(lhsBatch.count + before, to: 0)
  }

  public static var samples: [PrimitiveSample] {
    let dtypes = DType.allCases.filter { $0 != .bool }
    func sample(_ primitive: DotGeneral, _ lhs: Shape, _ rhs: Shape) -> PrimitiveSample {
      PrimitiveSample(primitive, [OperandSample(lhs), OperandSample(rhs)], dtypes: dtypes)
    }
    return [
      sample(DotGeneral(contracting: ([1], [0])), [2, 3], [3, 2]),
      sample(DotGeneral(contracting: ([], [])), [], []),
      sample(DotGeneral(contracting: ([], [])), [2], [3]),
      sample(DotGeneral(contracting: ([0], [0])), [3], [3]),
      sample(DotGeneral(contracting: ([2, 0], [0, 2]), batch: ([1], [1])), [2, 2, 3], [3, 2, 2]),
      sample(DotGeneral(contracting: ([0, 1], [2, 0]), batch: ([], [])), [2, 3, 2], [3, 2, 2]),
      sample(DotGeneral(contracting: ([1], [1]), batch: ([2], [0])), [1, 2, 2], [2, 2]),
      sample(DotGeneral(contracting: ([1], [0])), [2, 0], [0, 2]),
    ]
  }
}
