import Jacobi
import Passes
import RandomPrograms
import Testing

@Suite struct PassesTests {
  private static let passes: [any Pass] = [
    DeadCodeElimination(), CommonSubexpressionElimination(), ConstantFolding(), AlgebraicSimplification(), LoopFusion(),
    LoopTrimming(), LoopInvariantMotion(), LoopConstants(),
  ]

  /// Equal bits, where every `nan` is one.
  private func isSame(_ a: [HostTensor], _ b: [HostTensor]) -> Bool {
    a.map(\.type) == b.map(\.type)
      && zip(a, b).allSatisfy { a, b in
        zip(a.elements(as: Double.self), b.elements(as: Double.self)).allSatisfy { x, y in
          x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN)
        }
      }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func passesKeepResultsAreIdempotentAndNeverGrow(seed: UInt64) throws {
    let program = try randomProgram(seed: seed, equations: 30)
    let arguments = try randomArguments(for: program, seed: seed)
    let expected = try program.run(arguments)
    for pass in Self.passes {
      let once = pass.rewritten(program)
      try once.verify()
      #expect(isSame(try once.run(arguments), expected), "\(pass.name), seed \(seed)")
      #expect(pass.rewritten(once) == once, "\(pass.name), seed \(seed)")
      // What is moved out of a loop stood in it before.
      if !(pass is LoopInvariantMotion) {
        #expect(once.equations.count <= program.equations.count, "\(pass.name), seed \(seed)")
      }
    }
    let optimized = try PassPipeline.standard.run(program, isVerifying: true)
    #expect(isSame(try optimized.run(arguments), expected), "pipeline, seed \(seed)")
    let again = try PassPipeline.standard.run(optimized)
    #expect(again == optimized, "pipeline, seed \(seed)")
  }

  private func parse(_ text: String) throws -> Program {
    try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
  }

  @Test func deadCodeGoesAndInputsStay() throws {
    let program = try parse(
      """
      program f(a: float64[], b: float64[]) -> float64[] {
        c: float64[] = constant 2.0
        d: float64[] = sin b
        e: float64[] = multiply d c
        f: float64[] = cos a  // at Model.swift:3
        return f
      }
      """)
    #expect(
      DeadCodeElimination().rewritten(program).text == """
        program f(a: float64[], b: float64[]) -> float64[] {
          c: float64[] = cos a  // at Model.swift:3
          return c
        }

        """)
  }

  @Test func equalEquationsAreMerged() throws {
    let program = try parse(
      """
      program f(a: float64[], b: float64[]) -> float64[] {
        c: float64[] = constant 2.0
        d: float64[] = constant 2.0
        e: float64[] = constant -0.0
        f: float64[] = constant 0.0
        g: float64[] = multiply a b
        h: float64[] = multiply b a
        i: float64[] = subtract a b
        j: float64[] = subtract b a
        k: float64[] = add g c
        l: float64[] = add d h
        m: float64[] = add k l
        n: float64[] = add i j
        o: float64[] = add e f
        p: float64[] = add m n
        q: float64[] = add p o
        return q
      }
      """)
    let merged = CommonSubexpressionElimination().rewritten(program)
    #expect(merged.equations.count == 9)
    #expect(merged.text.contains("add g"), "the two sums are one, added to itself: \(merged.text)")
    // 2.0 once; zeros of different signs stay apart.
    #expect(merged.text.split(separator: "\n").count { $0.contains("constant") } == 3)
  }

  @Test func constantsAreFoldedUpToASize() throws {
    let program = try parse(
      """
      program f(a: float64[]) -> (float64[], float64[1000], float64[]) {
        b: float64[] = constant 2.0
        c: float64[] = multiply b b
        d: float64[1000] = broadcast[shape=[1000], axes=[]] c
        e: float64[] = add a c
        return e, d, c
      }
      """)
    #expect(
      ConstantFolding().rewritten(program).text == """
        program f(a: float64[]) -> (float64[], float64[1000], float64[]) {
          b: float64[] = constant 4.0
          c: float64[1000] = broadcast[shape=[1000], axes=[]] b
          d: float64[] = add a b
          return d, c, b
        }

        """)
  }

  @Test func aWrongPassIsNamed() throws {
    struct Wrong: Pass {
      var name: String { "wrong pass" }
      func rewritten(_ program: Program) -> Program {
        var program = program
        program.outputs = [99]
        return program
      }
    }
    let program = try randomProgram(seed: 1)
    #expect(
      errorThrown(by: { try PassPipeline([Wrong()]).run(program, isVerifying: true) })?.message.contains(
        "after wrong pass") ?? false)
  }
}
