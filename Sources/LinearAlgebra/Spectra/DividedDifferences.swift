import Numerics
import Primitives

/// The product of matrices along all paths of indices, each weighted with a divided difference of a function at the numbers of the
/// path: Z = Σ f[wᵢ₀, ..., wᵢₖ] (X₁)ᵢ₀ᵢ₁ ⋯ (Xₖ)ᵢₖ₋₁ᵢₖ, summed over all indices but the first and the last one.
///
/// The operands are w [..., n], which are real, and X₁ to Xₖ [..., n, n]. Without a matrix the result is f(w). It is linear in each
/// matrix, and its derivative by w is the same sum with the diagonal matrix of dw between any two others, as
/// ∂f[x, ...]/∂x = f[x, x, ...].
///
/// This is the k-th derivative of the matrix function in the basis of eigenvectors; see N. Higham, Functions of Matrices, 3.2. It
/// takes about nᵏ⁺¹ divided differences.
public struct DividedDifferences: MatrixPrimitive, LinearPrimitive {
  public static let name = "dividedDifferences"

  /// The function.
  public let function: SpectralFunction
  /// The number of matrices.
  public let order: Int
  /// Whether products with a zero are zero, whatever the other number is. Derivatives of selections use such products.
  public let absorbsZeros: Bool

  public init(_ function: SpectralFunction, order: Int, absorbsZeros: Bool = false) {
    (self.function, self.order, self.absorbsZeros) = (function, order, absorbsZeros)
  }

  public var traits: PrimitiveTraits { absorbsZeros ? .selecting : [] }

  public var absorbingZeros: any LinearPrimitive { DividedDifferences(function, order: order, absorbsZeros: true) }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard order >= 0, operands.count - 1 == order else {
      throw TensorError(.program, Self.name, "expected one operand and \(order) more, got \(operands.count)")
    }
    let values = operands[0]
    guard values.shape.rank > 0, values.dtype == .float32 || values.dtype == .float64 else {
      throw TensorError(.dtype, Self.name, "expected values [..., n] of float32 or float64, got \(values)")
    }
    if order == 0 { return [values] }
    let shape = Shape(values.shape.dimensions + values.shape.dimensions.suffix(1))
    for matrix in operands.dropFirst() {
      guard matrix.shape == shape else {
        throw TensorError(.shape, Self.name, "expected matrices of shape \(shape), got \(matrix.shape)")
      }
      guard matrix.dtype == operands[1].dtype, matrix.dtype.isDifferentiable, matrix.dtype.realPart == values.dtype
      else {
        throw TensorError(.dtype, Self.name, "matrices of \(matrix.dtype) do not go with values of \(values.dtype)")
      }
    }
    return [operands[1]]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    switch operands[order == 0 ? 0 : 1].dtype {
    case .float64: try evaluate(operands, Double.self)
    case .float32: try evaluate(operands, Float.self)
    case .complex128: try evaluate(operands, Complex<Double>.self)
    case .complex64: try evaluate(operands, Complex<Float>.self)
    case .int32, .int64, .bool: []
    }
  }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let points = operands[0].elements(as: Scalar.RealPart.self).map { Double($0) }
    if order == 0 {
      return [
        try HostTensor(operands[0].shape, points.map { Scalar.RealPart(function.coefficients(at: $0, count: 1)[0]) })
      ]
    }
    let n = operands[0].shape[operands[0].shape.rank - 1]
    let matrices = operands.dropFirst().map { $0.elements(as: Scalar.self) }
    var result = [Scalar](repeating: .zeroScalar, count: matrices[0].count)
    for index in 0..<(n == 0 ? 0 : points.count / n) {
      let paths = DifferencePaths(
        function, Array(points[(index &* n)..<((index &+ 1) &* n)]), matrices, offset: index &* n &* n, absorbsZeros)
      paths.add(to: &result)
    }
    return [try HostTensor(operands[1].shape, result)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand > 0 { return .itself(self) }
    let values = point.operand(0)
    if order == 0 {
      let identity = Tensor.eye(values.shape[values.rank - 1], dtype: values.dtype)
      let matrix = identity.broadcast(to: values.shape.dimensions + values.shape.dimensions.suffix(1))
      return .scale(by: DividedDifferences(function, order: 1).bind([values, matrix])[0].diagonal())
    }
    let matrices = (1...order).map { point.operand($0) }
    return .rule { change in
      let diagonal = change.asType(matrices[0].dtype).diagonalMatrix()
      return [inserted(diagonal, among: matrices, values)]
    }
  }

  /// The sum with one more matrix at each place among the others.
  private func inserted(_ matrix: Tensor, among others: [Tensor], _ values: Tensor) -> Tensor {
    let next = DividedDifferences(function, order: order + 1, absorbsZeros: absorbsZeros)
    let terms = (0...order).map { place in
      next.bind([values] + others[..<place] + [matrix] + others[place...])[0]
    }
    return terms.dropFirst().reduce(terms[0]) { $0 + $1 }
  }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    // The path from the second index of the matrix that is left out, backward around to its first one.
    let before = (0..<operand).dropFirst().reversed().map { point.operand($0).adjoint() }
    let behind = (operand..<(order + 1)).dropFirst().reversed().map { point.operand($0).adjoint() }
    return bind([point.operand(0)] + before + [cotangents[0]!] + behind)[0]
  }

  public static var samples: [PrimitiveSample] {
    let functions: [SpectralFunction] = [.exponential, .logarithm, .sine, .power(3), .power(-0.5), .cosine]
    let real: [(DType, [DType])] = [(.float64, [.float64, .complex128]), (.float32, [.float32, .complex64])]
    let plain = functions.enumerated().map { index, function in
      PrimitiveSample(
        DividedDifferences(function, order: 0), [OperandSample([[3], [1], [0], [2, 2]][index % 4], .positive)],
        dtypes: [.float64, .float32])
    }
    let shapes: [[Int]] = [[3], [1], [2, 2], [0]]
    return plain
      + functions.enumerated().flatMap { index, function in
        real.flatMap { (values: DType, dtypes: [DType]) -> [PrimitiveSample] in
          let shape = shapes[index % 4]
          return [1, 2].map { order in
            PrimitiveSample(
              DividedDifferences(function, order: order, absorbsZeros: index == 2),
              [OperandSample(Shape(shape), .positive, dtype: values)]
                + (0..<order).map { _ in OperandSample(Shape(shape + shape.suffix(1))) }, dtypes: dtypes)
          }
        }
      }
  }
}

/// The paths of indices for one matrix of a batch.
private struct DifferencePaths<Scalar: MatrixScalar> {
  let function: SpectralFunction
  let points: [Double]
  let matrices: [[Scalar]]
  let offset: Int
  let absorbsZeros: Bool
  /// The divided differences of two points.
  let slopes: [Double]

  init(_ function: SpectralFunction, _ points: [Double], _ matrices: [[Scalar]], offset: Int, _ absorbsZeros: Bool) {
    (self.function, self.points, self.matrices) = (function, points, matrices)
    (self.offset, self.absorbsZeros) = (offset, absorbsZeros)
    let n = points.count
    var slopes = [Double](repeating: 0, count: n &* n)
    for i in 0..<n {
      for j in 0...i {
        let slope = points[j] > points[i] ? function.slope(points[i], points[j]) : function.slope(points[j], points[i])
        slopes[i &* n &+ j] = slope
        slopes[j &* n &+ i] = slope
      }
    }
    self.slopes = slopes
  }

  /// Adds all paths to a batch of results.
  func add(to result: inout [Scalar]) {
    let n = points.count
    for first in 0..<n {
      walk([first], 1) { last, term in result[offset &+ first &* n &+ last] += term }
    }
  }

  private func walk(_ path: [Int], _ product: Scalar, _ add: (Int, Scalar) -> Void) {
    let step = path.count - 1
    let n = points.count
    if step == matrices.count {
      let weight = Scalar(Scalar.RealPart(difference(path)))
      add(
        path[step], absorbsZeros && (weight == .zeroScalar || product == .zeroScalar) ? .zeroScalar : weight * product)
      return
    }
    for next in 0..<n {
      let factor = matrices[step][offset &+ path[step] &* n &+ next]
      let isZero = absorbsZeros && (factor == .zeroScalar || product == .zeroScalar)
      walk(path + [next], isZero ? .zeroScalar : step == 0 ? factor : product * factor, add)
    }
  }

  private func difference(_ path: [Int]) -> Double {
    let n = points.count
    if path.count == 2 { return slopes[path[0] &* n &+ path[1]] }
    if path.count > 3 { return function.dividedDifference(path.map { points[$0] }) }
    let order = path.sorted { points[$0] < points[$1] }
    return function.curvature(
      points[order[0]], points[order[1]], points[order[2]], lower: slopes[order[0] &* n &+ order[1]],
      upper: slopes[order[1] &* n &+ order[2]])
  }
}
