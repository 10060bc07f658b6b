import Jacobi
import NativeEngine
import Testing

/// Loops and branches at the edges: nothing to do, nothing in it, strange numbers, all element types, and failures. The
/// results, and the messages of errors, are those of the reference engine.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct ControlAttackTests {
  /// What a program gives, or the message of its error.
  private func outcome(_ program: Program, _ arguments: [HostTensor], on engine: any Engine) -> String {
    do throws(TensorError) {
      let results = try engine.compile(program).run(arguments)
      return results.map { "\($0.type) \(Tensor($0))" }.joined(separator: "; ")
    } catch { return "error: \(error)" }
  }

  /// - Parameter failing: points at which the program must fail.
  private func expectSame(
    _ f: @escaping ([Tensor]) -> [Tensor], at point: [Tensor], failing: [[Tensor]] = [],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let recorded = program(of: f, at: point)
    for (number, x) in ([point] + failing).enumerated() {
      let arguments = try x.map { try $0.hostValue() }
      let expected = outcome(recorded, arguments, on: ReferenceEngine())
      #expect(outcome(recorded, arguments, on: NativeEngine()) == expected, sourceLocation: sourceLocation)
      #expect(expected.hasPrefix("error") == (number > 0), "\(expected)", sourceLocation: sourceLocation)
    }
  }

  private func number(_ x: Double) -> Tensor { Tensor([x])[0] }
  private func integer(_ x: Int64) -> Tensor { Tensor([x])[0] }

  @Test func nothingToDo() throws {
    let x = Tensor([1.5, -2])
    try expectSame({ [scan({ h, e in (h * e, h) }, $0[0], over: Tensor.zeros([0, 2])).state] }, at: [x])
    try expectSame({ [scan({ h, e in (h * e, h) }, $0[0], over: Tensor.zeros([0, 2])).results] }, at: [x])
    try expectSame({ [forLoop(from: $0[1], to: $0[2], $0[0]) { i, h in h * 2 }] }, at: [x, integer(3), integer(1)])
    try expectSame({ [whileLoop({ _ in number(1) .< 0 }, { $0 * 2 }, $0[0])] }, at: [x])
    try expectSame(
      { x in [grad { scan({ h, e in (h * e, []) }, $0, over: Tensor.zeros([0])).state }(x[0])] }, at: [number(2)])
  }

  @Test func emptyTensors() throws {
    let empty = Tensor.zeros([0, 3])
    try expectSame({ [scan({ h, e in (h * 2 + e, h) }, $0[0], over: Tensor.zeros([4, 0, 3])).results] }, at: [empty])
    try expectSame({ [whileLoop({ $0.sum() .< 0 }, { $0 * 2 }, $0[0])] }, at: [empty])
    try expectSame(
      { x in
        [
          cond(x[0].sum() .< 1) {
            x[0] + 1
          } else: {
            x[0]
          }
        ]
      }, at: [empty])
    try expectSame({ [$0[0].argsorted(axis: 1), $0[0].cumsum(axis: 1)] }, at: [empty])
    try expectSame(
      { x in [vmap { (y: Tensor) in scan({ h, e in (h + e, h) }, y, over: y).state }(x[0])] },
      at: [Tensor.zeros([0, 3, 3])])
  }

  @Test func strangeNumbers() throws {
    for special in [Double.nan, .infinity, -.infinity, -0.0, Double.leastNonzeroMagnitude, 1.7e308] {
      try expectSame(
        { x in
          let (state, results) = scan({ h, e in (h * e, h) }, x[0], over: Tensor([1.0, -2, 0]))
          return [state, results, whileLoop({ abs($0) .< 10 }, { $0 + 3 }, x[0])]
        }, at: [number(special)])
      try expectSame(
        { x in [grad { h in scan({ h, e in (h * e, h) }, h, over: Tensor([1.0, -2, 0])).results.sum() }(x[0])] },
        at: [number(special)])
    }
  }

  @Test func statesOfAllTypes() throws {
    let flags = Tensor([1.0, 0, 2]) .> 0.5
    try expectSame({ x in [forLoop(from: 0, to: 5, x[0]) { i, h in h .^ flags }] }, at: [flags])
    try expectSame({ x in [whileLoop({ h in h.any() }, { h in h .& .!flags }, x[0])] }, at: [flags])
    let z = complex(Tensor([1.0, 2]), Tensor([0.5, -1]))
    try expectSame(
      { x in [scan({ h, e in (h * h * 0.1 + e, h) }, x[0], over: Tensor.stacked([z, z, z])).results] }, at: [z])
    try expectSame(
      { x in
        [
          grad { h in
            let last = scan(
              { h, e in (h * h * 0.1 + e, []) }, h, over: Tensor.stacked([z, z, z]), checkpoint: .every(2)
            )
            .state
            return realPart(last * conjugate(last)).sum()
          }(x[0])
        ]
      }, at: [z])
    try expectSame({ x in [forLoop(from: 0, to: 70, x[0]) { i, h in h * 3 + i }] }, at: [Tensor([Int64(1), -5])])
    let small = Tensor([Int64(1), -5]).asType(.int32)
    try expectSame({ x in [forLoop(from: 0, to: 70, x[0]) { _, h in h * 3 + small }] }, at: [small])
    let single = Tensor([0.1, 3]).asType(.float32)
    try expectSame(
      { x in [scan({ h, e in (h * 0.9 + e, h) }, x[0], over: Tensor.stacked([single, single])).results] }, at: [single])
  }

  @Test func oneBranch() throws {
    try expectSame(
      { x in [switchCase(x[0], [{ x[1] * 2 }])] }, at: [integer(0), number(3)], failing: [[integer(1), number(3)]])
    try expectSame(
      { x in [vmap { (i: Tensor) in switchCase(i, [{ x[1] * 2 }, { x[1] - 1 }]) }(x[0])] },
      at: [Tensor([Int64(0), 0]), number(3)],
      failing: [[Tensor([Int64(0), 7]), number(3)]])
  }

  @Test func nestedWhilesInBatches() throws {
    let collatz = { (n: Tensor) -> Tensor in
      whileLoop(
        { (s: [Tensor]) in s[0] .> 1.5 },
        { (s: [Tensor]) in
          // The inner loop halves as long as that goes.
          let odd = whileLoop({ h in abs(h - 2 * floor(h / 2)) .< 0.5 }, { $0 / 2 }, s[0])
          return [Tensor.where(odd .> 1.5, odd * 3 + 1, odd), s[1] + 1]
        }, [n, Tensor(0.0)])[1]
    }
    try expectSame({ x in [vmap(collatz)(x[0])] }, at: [Tensor([1.0, 2, 3, 7, 27, 97])])
    let power = { (x: Tensor) -> Tensor in
      whileLoop({ $0 .< 100 }, { s in whileLoop({ $0 .< s + 5 }, { $0 * x + 1 }, s) }, x)
    }
    try expectSame(
      { x in [vmap(vmap(power))(x[0]), vmap(vmap(grad(power)))(x[0])] },
      at: [Tensor([[1.5, 2, 3], [20, 1.1, 7]])])
  }

  @Test func hugeIndices() throws {
    let x = Tensor([1.0, 2, 3])
    for index in [Int64.max, .min, 1 << 32, -4, 3, -(1 << 32)] {
      try expectSame({ [$0[1][$0[0]]] }, at: [integer(1), x], failing: [[integer(index), x]])
      try expectSame(
        { x in
          var y = x[1]
          y[x[0]] = y[0] * 5
          return [y]
        }, at: [integer(-3), x], failing: [[integer(index), x]])
      try expectSame(
        { x in [grad { y in y[x[0]] * y[0] }(x[1])] }, at: [integer(-3), x], failing: [[integer(index), x]])
    }
  }

  /// An equation fails in a branch that is not taken, in one that is, in a step, in a condition, in an inner loop.
  @Test func failures() throws {
    let table = Tensor([1.0, 2, 3])
    let taken = { (x: [Tensor]) -> [Tensor] in
      [
        cond(x[0] .> 5) {
          table[x[0]] + 0
        } else: {
          Tensor([7.0])[0]
        }
      ]
    }
    try expectSame(taken, at: [integer(2)], failing: [[integer(6)]])
    try expectSame(
      { x in [forLoop(from: integer(0), to: x[0], number(0)) { i, h in h + table[i] }] }, at: [integer(3)],
      failing: [[integer(4)]])
    try expectSame(
      { x in [whileLoop({ i in table[i] .< x[1] }, { $0 + 1 }, x[0])] }, at: [integer(0), number(2.5)],
      failing: [[integer(0), number(10)]])
    try expectSame(
      { x in
        [
          forLoop(from: integer(0), to: x[0], number(0)) { i, h in
            h + forLoop(from: integer(0), to: i, h) { j, g in g + table[j] }
          }
        ]
      }, at: [integer(3)], failing: [[integer(5)]])
    try expectSame(
      { x in [whileLoop({ h in h .< 100 }, { $0 + 1 }, x[0], maximumSteps: 10)] }, at: [number(95)],
      failing: [[number(2)]])
    try expectSame(
      { x in [vmap { (i: Tensor) in forLoop(from: integer(0), to: i, number(0)) { i, h in h + table[i] } }(x[0])] },
      at: [Tensor([Int64(1), 3])], failing: [[Tensor([Int64(1), 4])]])
    try expectSame({ x in [x[0].asType(.int64)] }, at: [number(2.5)], failing: [[number(1e30)], [number(.nan)]])
  }
}
