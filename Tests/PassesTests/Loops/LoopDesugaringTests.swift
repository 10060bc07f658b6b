import Jacobi
import Passes
import Testing

/// Loops of several sweeps as plain ones.
@Suite struct LoopDesugaringTests {
  private let everywhere = PassPipeline([InnerPrograms(PassPipeline([LoopDesugaring()])), LoopDesugaring()])

  /// The same results to the last bit, from plain loops alone.
  private func expectSame(_ program: Program, _ arguments: [HostTensor]) throws {
    let plain = try everywhere.run(program)
    #expect(plain.containsOnlyPlainLoops, "\(plain)")
    #expect(try plain.run(arguments) == program.run(arguments), "\(program)\n\(plain)")
  }

  @Test func samples() throws {
    for sample in Loop.samples {
      var builder = ProgramBuilder(name: "sample")
      let types = sample.operands.map { TensorType($0.dtype ?? .float64, $0.shape) }
      let operands = types.map { builder.input($0) }
      let program = try builder.finish(builder.add(sample.primitive, operands))
      let arguments = try types.enumerated().map { place, type in
        let numbers = (Tensor.arange(type.shape.count) * 0.25 + Tensor(Double(place + 1))).reshaped(
          type.shape.dimensions)
        return try numbers.asType(type.dtype).hostValue()
      }
      try expectSame(program, arguments)
    }
  }

  /// Derivatives have two sweeps; those of higher orders in reverse mode have more, and loops inside of loops.
  @Test(arguments: [nil, .every(2), .binomial(slots: 1)] as [LoopCheckpointing?])
  func derivatives(_ checkpointing: LoopCheckpointing?) throws {
    let f = { (x: Tensor) -> Tensor in
      scan({ h, a in (sin(h * a) + x, h.sum()) }, x, over: [0.5, 1.5, 2.5, 3.5], checkpoint: checkpointing)
        .results.sum()
    }
    let nested = { (x: Tensor) -> Tensor in
      forLoop(from: 0, to: 3, x) { (_: Tensor, h: Tensor) in h + 0.1 * grad(f)(h) }.sum()
    }
    let x: Tensor = [0.3, -0.7]
    let functions: [(Tensor) -> Tensor] = [
      { grad(f)($0) }, { grad { y in grad(f)(y).sum() }($0) }, { hessian(f)($0) }, { grad(nested)($0) },
    ]
    for function in functions {
      try expectSame(program(of: function, at: x), [x.hostValue()])
    }
  }

  /// Without a known number of steps there is no stack for the records.
  @Test func unknownLengths() throws {
    let f = { (x: [Tensor]) -> Tensor in
      forLoop(from: Tensor(Int64(0)), to: x[1], x[0]) { (_: Tensor, h: Tensor) in sin(h) * h }
    }
    let point = [Tensor(0.5), Tensor(Int64(3))]
    let gradient = program(of: { (x: [Tensor]) in [grad { y in f([y, x[1]]) }(x[0])] }, at: point)
    #expect(LoopDesugaring().rewritten(gradient) == gradient)
  }
}

extension Program {
  fileprivate var containsOnlyPlainLoops: Bool {
    equations.allSatisfy { equation in
      if case .loop(let shape) = equation.primitive.lowering(of: operands(of: equation).map { types[Int($0)] }) {
        guard shape.sweeps.count == 1, shape.sweeps[0].recordCount == 0, shape.reversal == nil else { return false }
      }
      return ((equation.primitive as? any ControlPrimitive)?.subprograms ?? []).allSatisfy {
        $0.program.containsOnlyPlainLoops
      }
    }
  }
}
