import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Loops that also compute what has a smaller space: what they give, and when they are made.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct SpaceSharingTests {
  /// Numbers of which sums and products of a few are exact, in any order.
  private func integers(_ sizes: Int...) -> Tensor {
    let count = sizes.reduce(1, *)
    return Tensor((0..<count).map { (index: Int) -> Double in Double((index * 7919) % 11 - 5) }).reshaped(sizes)
  }

  /// The plan, and that all kinds of code give the reference engine's bits.
  @discardableResult
  private func plan(_ x: Tensor, _ f: @escaping (Tensor) -> [Tensor]) throws -> ExecutionPlan {
    let program = program(of: f, at: x)
    let arguments = [try x.hostValue()]
    for options in [CodeOptions(), .unfused, .divided] {
      for threads in [1, 3] {
        try expectAgreement(program, arguments, tolerance: 0, on: NativeEngine(threads: threads, options: options))
      }
    }
    return try NativeEngine().plan(of: program)
  }

  private func loops(_ plan: ExecutionPlan) -> [String] {
    plan.pieces.map(\.title).filter { $0.hasPrefix("loops over") }
  }

  private let rosenbrock = { (x: Tensor) in
    (100 * square(x[1...] - square(x[..<(-1)])) + square(1 - x[..<(-1)])).sum()
  }

  @Test func valueAndGradientOfDifferences() throws {
    let plan = try plan(integers(5000)) { [rosenbrock] x in
      let (value, gradient) = valueAndGrad(rosenbrock)(x)
      return [value, gradient]
    }
    #expect(loops(plan) == ["loops over [5000]"])
    #expect(plan.pieces[0].notes.contains("some values only over [4999]"), "\(plan)")
    // The argument is read once.
    #expect(plan.bytesMoved == 2 * 8 * 5000)
  }

  /// The larger space comes second, first, in the middle; smaller ones of several sizes.
  @Test func anyOrder() throws {
    let x = integers(6000)
    #expect(try loops(plan(x) { x in [x.sum(), x[1...].sum(), x[..<(-2)].max(), x[3...].min()] }).count == 1)
    #expect(try loops(plan(x) { x in [x[3...].sum(), x[1...].sum(), x.sum(), x[..<(-2)].max()] }).count == 1)
    #expect(try loops(plan(x) { x in [x[3...] * 2, x * x, x[1...] + x[..<(-1)]] }).count == 1)
    // What other loops have stored is not read by those that store it.
    #expect(
      try loops(plan(x) { x in [(x * x)[1...].sum(), x * x, ((x * 3)[2...] + 1)[..<(-1)] * x[3...]] }).count >= 1)
  }

  /// Whatever the last places have in common with vectors and blocks.
  @Test(arguments: [4097, 4100, 4223, 4352, 8191, 16390]) func ends(count: Int) throws {
    for lacking in [1, 2, 7, 8, 31, 33, 129] {
      try plan(integers(count)) { x in [x[lacking...].sum(), x * 2, x[..<(-lacking)] - x[lacking...]] }
    }
  }

  @Test func kindsOfResults() throws {
    let x = integers(5000)
    try plan(x) { x in
      [
        dot(x[1...], x[..<(-1)]), x.sum(), (x[2...] .> 0).any(), (x[1...] .> -9).all(), sign(x[..<(-1)]).sum(),
        x.asType(.int32)[3...].sum(), x.asType(.float32)[1...].max(), x.asType(.complex128)[1...].sum(),
      ]
    }
  }

  /// Along the first axis and along the last one.
  @Test func lines() throws {
    let x = integers(30, 400)
    #expect(try loops(plan(x) { x in [x.sum(), x[1...].sum(), x[1...] * x[..<(-1)]] }).count == 1)
    #expect(try loops(plan(x) { x in [x.sum(), x[..., 1...].sum(), x[..., 1...] * x[..., ..<(-1)]] }).count == 1)
    try plan(integers(20, 3, 300)) { x in [x[1...].sum(), x * 2, x[0..., 0..., 4...].max(), x[..., 1...].sum()] }
  }

  /// More parts than axes are cut into.
  @Test func manyParts() throws {
    try plan(integers(6000)) { x in
      let parts = (0..<20).map { Double($0 + 1) * x[($0 * 250)..<($0 * 250 + 250)] }
      return [x[..<5000].sum(), Tensor.concatenated(parts) + x[1000...], x[1001...].sum(), x[1000...].sum()]
    }
  }

  @Test func notShared() throws {
    // Nothing in common to read.
    let apart = try plan(integers(10001)) { x in
      [x[..<5000].reshaped([5000]).sum(), Tensor.arange(5001, dtype: .float64).sum() * x[0]]
    }
    #expect(loops(apart).count == 2)
    // Short lines, small spaces, very different ones.
    #expect(try loops(plan(integers(3000, 3)) { x in [x[1...].sum(), x.sum()] }).count == 2)
    #expect(try loops(plan(integers(1000)) { x in [x[1...].sum(), x.sum()] }).count == 2)
    #expect(try loops(plan(integers(9000)) { x in [x[4000...].sum(), x.sum()] }).count == 2)
  }

  /// Spaces that are not the same are always shared where that is asked for, also of one place, and never those of none.
  @Test func smallSpaces() throws {
    for count in 0...20 {
      try plan(integers(count)) { x in [x.sum(), x[(count / 2)...].sum(), x[..<(count / 3)] * 2, x[count...].sum()]
      }
    }
    for sizes in [[40, 2], [40, 3], [3, 40], [2, 2, 9], [9, 4, 4]] {
      let x = integers(sizes.reduce(1, *)).reshaped(sizes)
      try plan(x) { x in [x.sum(), x[1...] * 2, x[..., 1...].sum(), x[..., ..<(-1)] + 1, x * x] }
    }
  }
}
