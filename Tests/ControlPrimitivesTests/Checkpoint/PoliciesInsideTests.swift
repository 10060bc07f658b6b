import Jacobi
import TestSupport
import Testing

/// A policy holds for what happens in loops and branches of the function, too: of each step is kept what it says.
@Suite(.serialized) struct PoliciesInsideTests {
  private static let policies: [CheckpointPolicy] = [
    .nothing, .matrixProducts, .named(["a"]), .named(["b"]), .everything,
  ]
  private static let w = Tensor([[0.3, -0.2], [0.5, 0.1]])
  private static let x = Tensor([0.2, -0.4])

  /// Loops and branches of many kinds, with a product and two names in each.
  private static let functions: [String: @Sendable (Tensor, Tensor) -> Tensor] = [
    "scan": { w, x in scan({ h in (step(w, h), h.sum()) }, x, length: 4).state },
    "scan of elements, reversed": { w, x in
      let xs = Tensor.stacked([x, 2 * x, x * x])
      let (state, results) = scan({ h, e in (step(w, h + e), matmul(w, h) * e) }, x, over: xs, reverse: true)
      return state + results.sum(axis: 0)
    },
    "forLoop": { w, x in forLoop(from: 0, to: 3, x) { i, h in step(w, h) * (1 + i.asType(.float64)) } },
    "cond": { w, x in
      cond(x[0] .> 0) {
        step(w, x)
      } else: {
        named(exp(matmul(w, x)), "b") * 2
      }
    },
    "cond in a loop": { w, x in
      forLoop(from: 0, to: 4, x) { i, h in
        cond(i .< 2) {
          step(w, h)
        } else: {
          named(exp(matmul(w, h)), "b")
        }
      }
    },
    "loop in a loop": { w, x in
      scan({ h in (scan({ g in (step(w, g), []) }, h * 2, length: 2).state, []) }, x, length: 3).state
    },
    "call in a loop": { w, x in
      scan({ h in (subprogram("step") { step($0[0], $0[1]) }([w, h]), []) }, x, length: 3).state
    },
    "named state": { w, x in scan({ h in (tanh(matmul(w, named(h, "a"))), h) }, x, length: 4).results.sum(axis: 0) },
    "no steps": { w, x in scan({ h in (step(w, h), h) }, x, length: 0).state * matmul(w, x) },
    "map": { w, x in map({ r in step(w, r) }, over: Tensor.stacked([x, x * x])).sum(axis: 0) },
    "while": { w, x in whileLoop({ $0.sum() .< 2 }, { step(w, $0) + 1 }, x) },
    "checkpointed loop": { w, x in scan({ h in (step(w, h), []) }, x, length: 5, checkpoint: .every(2)).state },
  ]

  private static func step(_ w: Tensor, _ h: Tensor) -> Tensor {
    named(tanh(matmul(w, named(sin(h), "b"))), "a") * h + h
  }

  @Test(arguments: policies) func derivativesAreThoseOfTheFunction(_ policy: CheckpointPolicy) {
    for function in Self.functions.values {
      let plain = { (x: [Tensor]) in function(x[0], x[1]) }
      let kept = checkpoint(plain, keeping: policy)
      let (point, along) = ([Self.w, Self.x], [Tensor([[1.0, 2], [3, 4]]), Tensor([1.0, -1])])
      func same(_ transform: (@escaping ([Tensor]) -> Tensor) -> [Tensor]) {
        for (a, b) in zip(transform(kept), transform(plain)) { expectClose(a, b, tolerance: 1e-11) }
      }
      same { [$0(point)] }
      same { f in grad { f($0).sum() }(point) }
      same { f in [jvp(f, at: point, along: along).tangent] }
      same { f in hvp({ f($0).sum() }, at: point, along: along) }
      same { f in grad { x in grad { f($0).sum() }(x)[1].sum() }(point) }
      let batch = [Tensor.stacked([Self.w, -Self.w]), Tensor.stacked([Self.x, -Self.x])]
      same { f in [vmap(f)(batch)] }
      same { f in vmap(grad { f($0).sum() })(batch) }
      same { f in grad { vmap(f)($0).sum() }(batch) }
      same { f in grad { x in checkpoint(f, keeping: policy)(x).sum() }(point) }
      same { f in
        grad { x in scan({ (h: [Tensor]) -> ([Tensor], [Tensor]) in ([x[0], f(h)], []) }, x, length: 2).state[1].sum()
        }(point)
      }
    }
  }

  /// The bytes of each step, counted by hand: 2 numbers of 8 bytes.
  @Test func whatIsKept() {
    func bytes(_ function: @escaping (Tensor) -> Tensor, _ policy: CheckpointPolicy) -> Int {
      residuals(of: checkpoint(function, keeping: policy), at: Self.x).computedByteCount
    }
    let w = Self.w
    let loop = { (x: Tensor) in scan({ h in (named(tanh(matmul(w, h)), "a"), []) }, x, length: 6).state }
    #expect(bytes(loop, .nothing) == 0)
    #expect(bytes(loop, .matrixProducts) == 6 * 16)
    #expect(bytes(loop, .named(["a"])) == 6 * 16)
    #expect(bytes(loop, .named(["b"])) == 0)
    let branches = { (x: Tensor) in
      cond(x[0] .> 0) {
        sin(matmul(w, x))
      } else: {
        cos(matmul(w, matmul(w, x)))
      }
    }
    // The second branch needs what it multiplies last alone; a place is for either branch.
    #expect(bytes(branches, .matrixProducts) == 16)
    let nested = { (x: Tensor) in
      scan({ h in (scan({ g in (sin(matmul(w, g)), []) }, h, length: 2).state, []) }, x, length: 3).state
    }
    #expect(bytes(nested, .matrixProducts) == 6 * 16)
  }

  /// What is kept of a step is not computed again; what is not, once more.
  @Test func whatRunsAgain() {
    let runs = { (policy: CheckpointPolicy?) -> Int in
      let function = { (x: Tensor) in
        scan({ h in (tanh(named(CountedIdentity().bind(sin(h)), "a")), []) }, x, length: 5).state.sum()
      }
      let before = CountedIdentity.count.withLock { $0 }
      _ = grad(policy.map { checkpoint(function, keeping: $0) } ?? function)(Self.x)
      return CountedIdentity.count.withLock { $0 } - before
    }
    #expect(runs(nil) == 5)
    // The function runs once to be recorded, and once for its value and what is kept.
    #expect(runs(.everything) == 10)
    #expect(runs(.named(["a"])) == 10)
    #expect(runs(.nothing) == 15)
    #expect(runs(.named(["b"])) == 15)
  }
}

/// The identity, which counts how often it runs.
private struct CountedIdentity: UnaryElementwise {
  static let name = "countedIdentity"
  static let dtypes: [DType] = [.float64]
  static let count = Lock(0)
  static var samples: [PrimitiveSample] { [] }

  func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    Self.count.withLock { $0 += 1 }
    return x
  }

  func derivative(x: Tensor, y: Tensor) -> LinearMap { .identity }
}
