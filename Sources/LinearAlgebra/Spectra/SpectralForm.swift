import Primitives

/// A function of a Hermitian matrix, or a derivative of it along directions: Dᵏf(A)[E₁, ..., Eₖ] with the directions in this
/// order, from the eigenvalues and eigenvectors of the matrix, of which the lower triangle counts.
///
/// The operands are A [..., n, n], E₁ to Eₖ of its type, and the results of ``SymmetricEigen`` for A. A is what is differentiated
/// by: the derivative is the sum of the next order with dA at each place among the directions (Daleckii and Krein, 1965), so
/// that derivatives of every order are exact, also where eigenvalues are equal. See ``DividedDifferences``.
public struct SpectralForm: CompositePrimitive, LinearPrimitive {
  public static let name = "spectralForm"
  public static var dtypes: [DType] { matrixTypes }

  /// The function.
  public let function: SpectralFunction
  /// The number of directions.
  public let order: Int
  /// Whether products with a zero are zero, whatever the other number is. Derivatives of selections use such products.
  public let absorbsZeros: Bool

  public init(_ function: SpectralFunction, order: Int = 0, absorbsZeros: Bool = false) {
    (self.function, self.order, self.absorbsZeros) = (function, order, absorbsZeros)
  }

  public var traits: PrimitiveTraits { absorbsZeros ? [.composite, .selecting] : .composite }

  public var absorbingZeros: any LinearPrimitive { SpectralForm(function, order: order, absorbsZeros: true) }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard order >= 0, operands.count - 3 == order else {
      throw TensorError(.program, Self.name, "expected three operands and \(order) more, got \(operands.count)")
    }
    try checkSpectrum(operands[order + 1], operands[order + 2], of: Array(operands[...order]), Self.name)
    return [operands[0]]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { try evaluateBody(operands) }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let (values, basis) = (operands[order + 1], operands[order + 2])
    let differences = DividedDifferences(function, order: order, absorbsZeros: absorbsZeros)
    if order == 0 {
      let scaled = basis * differences.bind([values])[0].asColumnFactors(basis.dtype)
      return [product(scaled, basis.adjoint(), absorbsZeros)]
    }
    let inner = operands[1...order].map { product(basis.adjoint(), product($0, basis, absorbsZeros), absorbsZeros) }
    let sum = differences.bind([values] + inner)[0]
    return [product(basis, product(sum, basis.adjoint(), absorbsZeros), absorbsZeros)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand > order { return .zero }
    if operand > 0 { return .itself(self) }
    let matrix = point.operand(0)
    let directions = Array((0..<(order + 3)).dropFirst().prefix(order)).map { point.operand($0) }
    let factors = [point.operand(order + 1), point.operand(order + 2)]
    let next = SpectralForm(function, order: order + 1, absorbsZeros: absorbsZeros)
    return .rule { change in
      let change = change.hermitian(fromLower: true)
      let terms = (0...order).map { place in
        next.bind([matrix] + directions[..<place] + [change] + directions[place...] + factors)[0]
      }
      return [terms.dropFirst().reduce(terms[0]) { $0 + $1 }]
    }
  }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let before = (0..<operand).dropFirst().reversed().map { point.operand($0).adjoint() }
    let behind = (operand..<(order + 1)).dropFirst().reversed().map { point.operand($0).adjoint() }
    let factors = [point.operand(order + 1), point.operand(order + 2)]
    return bind([point.operand(0)] + before + [cotangents[0]!] + behind + factors)[0]
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [[Int]] = [[3, 3], [1, 1], [2, 2, 2], [0, 0]]
    let functions: [SpectralFunction] = [.exponential, .logarithm, .squareRoot, .sine]
    return functions.enumerated().flatMap { index, function in
      [0, 1].map { order in
        let shape = Shape(shapes[order == 0 ? index : 3 - index])
        return PrimitiveSample(
          SpectralForm(function, order: order),
          [OperandSample(shape, .positiveDefinite)] + (0..<order).map { _ in OperandSample(shape) }
            + spectrumSamples(shape),
          dtypes: matrixTypes)
      }
    }
  }
}
