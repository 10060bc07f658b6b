import Jacobi
import JacobiTesting
import Numerics
import Testing

/// The gradient checker agrees with right derivatives and finds wrong ones.
@Suite struct CheckGradientsTests {
  static func talk(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

  @Test func agreesWithRightDerivatives() throws {
    let report = try checkGradients(Self.talk, at: [2, 5])
    #expect(report.isPassed && report.maxRelativeError < 1e-8)
    // Forward and reverse of f, of its jvp, and of its vjp; at order 3 the vjps of both have two results.
    #expect(report.comparisons.count == 6)
    #expect(Set(report.comparisons.map(\.function)) == ["f", "jvp of f", "vjp of f"])
    #expect(try checkGradients(Self.talk, at: [2, 5], order: 3).comparisons.count == 16)
    #expect(try checkGradients(Self.talk, at: [2, 5], order: 1, modes: [.forward]).comparisons.count == 1)
    #expect(try checkGradients(Self.talk, at: [2, 5], order: 2, modes: [.reverse]).isPassed)
  }

  @Test func takesTreesAndSeveralArguments() throws {
    try checkGradients(
      { (tree: [String: Tensor]) in [(tree["w"] ?? 0) * exp(tree["b"] ?? 0), tree["b"] ?? 0] },
      at: ["w": Tensor([1.0, -2.0]), "b": Tensor(0.5)])
    try checkGradients(
      { (x: Tensor, y: [Tensor]) in x * y[0] + sin(y[1]) }, at: Tensor(2.0), [Tensor(3.0), Tensor(1.0)])
    // Integers take no part.
    try checkGradients(
      { (x: Tensor, indices: Tensor) in x.take(indices) ** 3 }, at: Tensor([1.0, 2.0, 3.0]), Tensor([2, 0] as [Int64]))
  }

  @Test func singlePrecisionIsComparedInDoublePrecision() throws {
    let report = try checkGradients({ exp($0) * sin($0) }, at: Tensor([0.5, 1.5] as [Float]))
    #expect(report.maxRelativeError < 1e-5)
    // The constant is single precision, so that the function exists in single precision alone.
    let constant = Tensor([2, 3] as [Float])
    try checkGradients({ exp($0) * constant }, at: Tensor([0.5, 1.5] as [Float]), order: 1)
  }

  @Test func complexFunctionsHaveTheAdjointOfTheRealInnerProduct() throws {
    let z = Tensor([Complex(0.5, 1.0), Complex(-1.0, 0.25)])
    try checkGradients({ exp($0) * $0 }, at: z)
    try checkGradients({ realPart($0 * conjugate($0)) }, at: z)
  }

  @Test func smallAndLargeNumbers() throws {
    try checkGradients({ log($0) }, at: [1e-3, 1, 1e5])
    try checkGradients({ $0 * 1e-4 }, at: [0, 2])
    try checkGradients({ $0 * 0 }, at: [0.0, 2])
    try checkGradients({ $0 }, at: Tensor.zeros([0, 3]))
  }

  // MARK: - Wrong derivatives

  @Test func findsAWrongPartial() {
    let error = failure { try checkGradients({ WrongDerivative(kind: .partial).bind($0) }, at: [1.0, 2.0]) }
    #expect(error?.report.failures.first?.kind == .forwardAgainstDifferences)
    #expect(error?.description.contains("order 1, f, forward mode against 5-point differences") == true)
    #expect(error?.description.contains("(seed 1)") == true)
    #expect(error?.report.failures.allSatisfy { $0.kind != .reverseAgainstForward } == true)
  }

  @Test func findsAWrongAdjoint() {
    let error = failure { try checkGradients({ WrongDerivative(kind: .adjoint).bind($0) }, at: [1.0, 2.0], order: 1) }
    #expect(error?.report.failures.map(\.kind) == [.reverseAgainstForward])
    let alone = failure {
      try checkGradients({ WrongDerivative(kind: .adjoint).bind($0) }, at: [1.0, 2.0], order: 1, modes: [.reverse])
    }
    #expect(alone?.report.failures.map(\.kind) == [.reverseAgainstDifferences])
  }

  @Test func findsAWrongSecondDerivative() {
    let f = { (x: Tensor) in WrongDerivative(kind: .secondOrder).bind(x) }
    #expect(throws: Never.self) { try checkGradients(f, at: [1.0, 2.0], order: 1) }
    let error = failure { try checkGradients(f, at: [1.0, 2.0], order: 2) }
    #expect(error?.report.failures.allSatisfy { $0.order == 2 } == true)
  }

  /// The element that is there is right; the other one is missing.
  @Test func findsATangentOfAnotherShape() {
    let error = failure {
      try checkGradients({ WrongDerivative(kind: .shape).bind($0) }, at: [1.0, 2.0], order: 1, modes: [.forward])
    }
    #expect(error?.report.failures.map(\.relativeError) == [.infinity])
    #expect(error?.description.contains("type float64[1] where float64[2] is expected") == true)
  }

  @Test func aStrictToleranceFails() {
    let error = failure { try checkGradients(Self.talk, at: [2, 5], tolerance: 1e-18) }
    #expect(error?.report.isPassed == false)
  }

  @Test func anInvalidFunctionIsAnErrorAndNotTheEnd() {
    #expect(throws: TensorError.self) { try checkGradients({ $0[7] }, at: [1.0, 2.0]) }
    #expect(throws: TensorError.self) { try checkGradients({ $0 }, at: Tensor([1, 2] as [Int32])) }
  }

  @Test func aValueThatIsNotFiniteIsWrong() {
    #expect(failure { try checkGradients({ log($0) }, at: [-1.0, 2.0], order: 1) } != nil)
  }

  private func failure(_ body: () throws -> GradientReport) -> GradientCheckError? {
    do { _ = try body() } catch { return error as? GradientCheckError }
    return nil
  }
}

/// Twice a number or its square, with something wrong.
private struct WrongDerivative: LinearPrimitive {
  enum Kind: String, Codable { case partial, adjoint, secondOrder, shape }
  static let name = "wrong"
  static var samples: [PrimitiveSample] { [] }
  let kind: Kind
  var traits: PrimitiveTraits { .elementwise }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] { operands }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let numbers = operands[0].elements(as: Double.self).map { kind == .adjoint ? 2 * $0 : $0 * $0 }
    return [try HostTensor(operands[0].shape, numbers)]
  }

  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    switch kind {
    case .partial: return .scale(by: 2.5 * x)
    case .adjoint: return .itself(self)
    case .secondOrder: return .scale(by: 2 * stopGradient(x))
    case .shape: return .rule { dx in [2 * x[0] * dx[0..<1]] }
    }
  }

  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    3 * (cotangents[0] ?? 0)
  }

  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }
}
