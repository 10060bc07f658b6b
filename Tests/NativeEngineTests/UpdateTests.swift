import Jacobi
import NativeEngine
import Testing

/// Large tensors of which a step of a loop changes a few elements: the state is written where it is, and whoever reads the
/// old one gets the old one. To the last bit what the reference engine gives.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct UpdateTests {
  private static let size = 2000

  private static func loop(
    _ step: @escaping @Sendable (Tensor, Tensor) -> Tensor
  ) -> @Sendable (Tensor) -> Tensor {
    { x in forLoop(from: 0, to: 7, x) { i, x in step(i, x) } }
  }

  /// Steps with a changing index; with one that is known; several changes; reads before, between and after.
  static let bodies: [(String, @Sendable (Tensor) -> Tensor)] = [
    ("one element", loop { i, x in set(x, i, x[i + 1] * 0.5 + 1) }),
    ("from the end", loop { i, x in set(x, i - 9, x[i + 1] * 0.5 + 1) }),
    ("a known element", loop { i, x in set(x, 3, x[4] * 0.5 + 1) }),
    ("a known range", loop { i, x in set(x, 5..<20, x[6..<21] * 0.5) }),
    ("two, one after the other", loop { i, x in set(set(x, i, x[i + 1] + 1), i + 3, x[i] * 2) }),
    (
      "the second reads what the first wrote",
      loop { i, x in
        let y = set(x, i, x[i + 1] + 1)
        return set(y, i + 3, y[i] * 2 + y.sum() * 1e-6)
      }
    ),
    (
      "the old one is read by another change",
      loop { i, x in
        let y = set(x, i, x[i + 1] + 1)
        return set(y, 0, x.sum() * 1e-6)
      }
    ),
    (
      "the old one is read whole, afterwards",
      loop { i, x in
        let y = set(x, i, x[i + 1] + 1)
        return y + x * 1e-3
      }
    ),
    ("elements of itself, many", loop { i, x in set(x, Tensor([Int64(5), 6, 7]), x[Tensor([Int64(6), 7, 5])]) }),
    ("itself in another order", loop { i, x in set(x, Tensor((0..<size).map { Int64(($0 + 1) % size) }), x * 1) }),
    (
      "itself as it is, in another order",
      loop { i, x in set(x, Tensor((0..<size).map { Int64(($0 + 1) % size) }), x) }
    ),
    (
      "rows",
      { x in
        forLoop(from: 0, to: 7, x.reshaped(20, 100)) { i, m in set(m, i, m[i + 1] * 0.5 + 1) }.reshaped(size)
      }
    ),
    (
      "columns",
      { x in
        forLoop(from: 0, to: 7, x.reshaped(20, 100)) { i, m in
          var m = m
          m[..., i] = m[..., i + 1] * 0.5 + 1
          return m
        }.reshaped(size)
      }
    ),
    (
      "two states, exchanged",
      { x in
        let (a, b) = forLoopPair(x)
        return a * 2 + b
      }
    ),
    (
      "with results of every step",
      { x in
        let (state, results) = scan(
          { (s: [Tensor]) -> ([Tensor], [Tensor]) in
            ([set(s[0], s[1], s[0][s[1] + 1] * 0.5), s[1] + 1], [s[0]])
          }, [x, Tensor([Int64(0)])[0]], length: 5)
        return state[0] + results[0].sum(axis: 0)
      }
    ),
    (
      "a while loop",
      { x in
        whileLoop(
          { (s: [Tensor]) in s[0][s[1] + 1] .< 10 },
          { (s: [Tensor]) in [set(s[0], s[1], s[0][s[1] + 1] * 0.5), s[1] + 1] },
          [x, Tensor([Int64(0)])[0]])[0]
      }
    ),
    (
      "a loop in a loop",
      loop { i, x in forLoop(from: 0, to: 3, x) { j, x in set(x, i + j, x[i + j + 1] * 0.5 + x[0] * 1e-3) } }
    ),
    (
      "a loop in a loop, whose state is read afterwards",
      loop { i, x in forLoop(from: 0, to: 3, x) { j, x in set(x, i + j, x[i + j + 1] * 0.5) } + x * 1e-3 }
    ),
    (
      "a loop in a loop that reads the state of the outer one",
      loop { i, x in forLoop(from: 0, to: 3, x) { j, y in set(y, i + j, x[i + j + 1] * 0.5 + y[i + j + 2]) } }
    ),
    ("outside of a loop", { x in set(x * 1, (x[0] * 0).asType(.int64) + 3, x[7]) }),
  ]

  private static func set(_ x: Tensor, _ i: Tensor, _ value: Tensor) -> Tensor {
    var x = x
    x[i] = value
    return x
  }

  private static func set(_ x: Tensor, _ i: Int, _ value: Tensor) -> Tensor {
    var x = x
    x[i] = value
    return x
  }

  private static func set(_ x: Tensor, _ range: Range<Int>, _ value: Tensor) -> Tensor {
    var x = x
    x[range] = value
    return x
  }

  private static func forLoopPair(_ x: Tensor) -> (Tensor, Tensor) {
    let s = forLoop(from: 0, to: 7, [x, x * 2]) { i, s in [set(s[1], i, s[0][i]), set(s[0], i, s[1][i + 1])] }
    return (s[0], s[1])
  }

  @Test(arguments: bodies.indices) func engineAgrees(_ number: Int) throws {
    let (name, f) = Self.bodies[number]
    let x = Tensor((0..<Self.size).map { Double($0 % 17) + 0.5 })
    let recorded = program(of: f, at: x)
    let arguments = [try x.hostValue()]
    let before = arguments[0].elements(as: Double.self)
    let (actual, expected) = (try recorded.run(arguments, on: NativeEngine())[0], try recorded.run(arguments)[0])
    expectClose(actual, expected, name)
    #expect(arguments[0].elements(as: Double.self) == before, "\(name): the argument is as it was")
    let gradient = program(of: grad { x in (f(x) * x).sum() }, at: x)
    try expectClose(gradient.run(arguments, on: NativeEngine())[0], gradient.run(arguments)[0], "gradient, \(name)")
    let both = Tensor.stacked([x, x + 1])
    let batched = program(of: { x in vmap(f)(x) }, at: both)
    let batch = [try both.hostValue()]
    try expectClose(batched.run(batch, on: NativeEngine())[0], batched.run(batch)[0], "batch, \(name)")
  }

  private func expectClose(_ actual: HostTensor, _ expected: HostTensor, _ what: String) {
    #expect(actual.type == expected.type)
    let (a, b) = (actual.elements(as: Double.self), expected.elements(as: Double.self))
    let wrong = zip(a, b).enumerated().filter { abs($1.0 - $1.1) > 1e-12 * abs($1.1) }
    #expect(wrong.isEmpty, "\(what): \(wrong.count) wrong, the first at \(wrong.first?.offset ?? 0)")
  }

  /// A step takes as long as what it writes: nothing but the argument is copied, to the result.
  @Test(arguments: ["one element", "two, one after the other", "a loop in a loop", "a while loop"])
  func stepsCopyNothing(_ name: String) throws {
    let x = Tensor((0..<Self.size).map { Double($0) })
    let (_, f) = try #require(Self.bodies.first { $0.0 == name })
    let code = try NativeEngine().assembly(of: program(of: f, at: x)).optimized
    // The address sanitizer has a function of its own.
    let whole = ["i64 \(8 * Self.size), i1 false)", "i64 \(8 * Self.size))"]
    let copies = code.split(separator: "\n").filter { line in
      line.contains("memcpy") && line.contains("call") && whole.contains { line.contains($0) }
    }
    #expect(copies.count == 1, "\(copies)")
  }
}
