import Jacobi
import Passes
import Testing

/// What is left out gives its operand for every number, to the bit; what is nearly that stays.
@Suite struct AlgebraicSimplificationTests {
  private static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.3, -7.25, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .greatestFiniteMagnitude, .ulpOfOne,
  ]

  private struct Example: CustomTestStringConvertible {
    var testDescription: String
    var isLeftOut: Bool
    var function: @Sendable (Tensor) -> Tensor

    init(_ text: String, _ isLeftOut: Bool = true, _ function: @escaping @Sendable (Tensor) -> Tensor) {
      (testDescription, self.isLeftOut, self.function) = (text, isLeftOut, function)
    }
  }

  private static let mask = Tensor([true])[0]

  private static let examples = [
    Example("x * 1") { $0 * 1 }, Example("1 * x") { 1 * $0 }, Example("x / 1") { $0 / 1 }, Example("x - 0") { $0 - 0 },
    Example("x + -0") { $0 + Tensor(-0.0) }, Example("-(-x)") { -(-$0) }, Example("x ** 1") { $0 ** Tensor([1.0])[0] },
    Example("where(true, x, 2x)") { Tensor.where(mask, $0, $0 + $0) },
    Example("where(x > 0, x, x)") { Tensor.where($0 .> 0, $0, $0) },
    Example("x * ones") { $0 * Tensor.ones([13]) },
    Example("reversed twice") { $0.flipped().flipped() },
    Example("reshaped and back") { $0.reshaped([13, 1]).reshaped([13]) },
    Example("(x * 1 - 0) / 1") { ($0 * 1 - 0) / 1 },
    Example("x + 0", false) { $0 + 0 }, Example("0 - x", false) { 0 - $0 }, Example("x * 0", false) { $0 * 0 },
    Example("x - x", false) { $0 - $0 }, Example("x / x", false) { $0 / $0 }, Example("1 / x", false) { 1 / $0 },
    Example("x - -0", false) { $0 - Tensor(-0.0) }, Example("x * -1", false) { $0 * -1 },
    Example("where(x > 0, x, -x)", false) { Tensor.where($0 .> 0, $0, -$0) },
    Example("reversed", false) { $0.flipped() },
    Example("reshaped", false) { $0.reshaped([13, 1]) }, Example("stopGradient", false) { stopGradient($0) },
    Example("x * ones, another shape", false) { $0[0] * Tensor.ones([3]) },
    Example("abs(abs(x))", false) { abs(abs($0)) },
  ]

  @Test(arguments: examples.indices) func isExact(_ index: Int) throws {
    let example = Self.examples[index]
    let x = Tensor(Self.numbers)
    let before = program(of: example.function, at: x)
    let after = DeadCodeElimination().rewritten(AlgebraicSimplification().rewritten(before))
    try after.verify()
    #expect(after.equations.isEmpty == example.isLeftOut, "\(example.testDescription): \(after)")
    let (old, new) = (try before.run([x.hostValue()])[0], try after.run([x.hostValue()])[0])
    #expect(old.type == new.type)
    for (a, b) in zip(old.elements(as: Double.self), new.elements(as: Double.self)) {
      #expect(a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN), "\(example.testDescription)")
    }
    #expect(AlgebraicSimplification().rewritten(after) == after)
  }

  /// Integers have no sign of zero, and complex numbers have two parts.
  @Test func otherTypes() throws {
    let integers = Tensor(shape: [3], scalars: [3, -4, 0] as [Int64])
    let f = { (x: Tensor) in (x + 0) * 1 - 0 }
    #expect(AlgebraicSimplification().rewritten(program(of: f, at: integers)).outputs == [0])
    let z = Tensor([Complex(0.0, -1)])
    #expect(AlgebraicSimplification().rewritten(program(of: { z in z * 1 }, at: z)).equations.count > 0)
    #expect(AlgebraicSimplification().rewritten(program(of: { z in conjugate(conjugate(z)) }, at: z)).outputs == [0])
    let flags = Tensor([true, false])
    let g = { (x: Tensor) in x .& Tensor([true])[0] .| Tensor([false])[0] }
    #expect(AlgebraicSimplification().rewritten(program(of: g, at: flags)).outputs == [0])
  }

  /// A derivative that is stopped or kept under a name stays so.
  @Test func derivativesStay() {
    let f = jit { (x: Tensor) in stopGradient(x * 1) * x }
    #expect(Double(grad(f)(3)) == 3)
    #expect(Double(grad(jit { x in (x * 1 - 0) * x })(3)) == 6)
  }
}
