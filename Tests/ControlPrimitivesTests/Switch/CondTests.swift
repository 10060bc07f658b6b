import Jacobi
import TestSupport
import Testing

@Suite struct CondTests {
  private let f = { (x: Tensor) -> Tensor in
    cond(x .> 1) {
      sqrt(x - 1) * x
    } else: {
      x ** 3 - 2 * x
    }
  }
  private let plain = { (x: Tensor) -> Tensor in Double(x) > 1 ? sqrt(x - 1) * x : x ** 3 - 2 * x }

  @Test func derivativesAreThoseOfTheBranch() {
    for number in [0.4, 2.5] {
      let x = Tensor(number)
      expectClose(f(x), plain(x))
      expectClose(grad(f)(x), grad(plain)(x))
      expectClose(hessian(f)(x), hessian(plain)(x))
      expectClose(grad(grad(grad(f)))(x), grad(grad(grad(plain)))(x))
      expectClose(jvp(grad(f), at: x, along: Tensor(1.0)).tangent, hessian(plain)(x))
    }
  }

  @Test func batchesChooseForEachExample() {
    let numbers = [0.4, 1.0, 2.5]
    let batch = Tensor(numbers)
    expectClose(vmap(f)(batch), Tensor(numbers.map { Double(plain(Tensor($0))) }))
    // At 1 and below the root of the other branch has no derivative.
    expectClose(vmap(grad(f))(batch), Tensor(numbers.map { Double(grad(plain)(Tensor($0))) }))
    expectClose(grad { vmap(f)($0).sum() }(batch), Tensor(numbers.map { Double(grad(plain)(Tensor($0))) }))
    expectClose(vmap(grad(grad(f)))(batch), Tensor(numbers.map { Double(grad(grad(plain))(Tensor($0))) }))
  }

  @Test func onlyTheChosenBranchRuns() {
    let f = { (x: Tensor) in
      cond(x .> 0) {
        Evaluated().bind(x) * 2
      } else: {
        -Evaluated().bind(Evaluated().bind(x))
      }
    }
    func evaluations(_ body: () -> Void) -> Int {
      let before = Evaluated.count.withLock { $0 }
      body()
      return Evaluated.count.withLock { $0 } - before
    }
    let (up, down) = (1.0, -1.0)
    #expect(evaluations { expectClose(f(Tensor(up)), Tensor(2.0)) } == 1)
    #expect(evaluations { expectClose(f(Tensor(down)), Tensor(1.0)) } == 2)
    #expect(evaluations { expectClose(grad(f)(Tensor(1.0)), Tensor(2.0)) } == 1)
    #expect(evaluations { expectClose(grad(f)(Tensor(-1.0)), Tensor(-1.0)) } == 2)
    #expect(evaluations { expectClose(vmap(f, strategy: .sequential)([1, -1, 2]), [2, 1, 4]) } == 4)
    // The other branch would not end.
    let g = { (x: Tensor) in
      cond(x .> 0) {
        x
      } else: {
        whileLoop({ $0 .< 1 }, { $0 * 1 }, x)
      }
    }
    expectClose(g(Tensor(0.5)), Tensor(0.5))
    expectClose(grad(g)(Tensor(0.5)), Tensor(1.0))
  }

  @Test func whatTheBranchesDoIsInTheirPrograms() {
    let parts = program(of: f, at: Tensor(0.3)).text.split(separator: "program f(")
    #expect(parts.count == 2 && parts[0].contains("sqrt") && !parts[1].contains("sqrt"), "\(parts)")
  }

  @Test func valuesFromOutsideCanBeRead() {
    let n = Tensor(2.0)
    let f = { (x: Tensor) in
      cond(x .> 0) {
        Double(n * 2) > 3 ? x * x : x
      } else: {
        x
      }
    }
    expectClose(grad(f)(Tensor(3.0)), Tensor(6.0))
    #expect(
      message {
        _ = grad { x in
          cond(x .> 0) {
            Double(x) > 1 ? x : -x
          } else: {
            x
          }
        }(Tensor(2.0))
      } == "no error")
    let inside = message {
      _ = vmap { x in
        cond(x .> 0) {
          Double(x * 2) > 1 ? x : -x
        } else: {
          x
        }
      }([1, 2])
    }
    #expect(inside.contains("choose with"))
  }

  /// What a nested loop or branch would do for an example that did not choose it does not happen.
  @Test func examplesTakeNoStepsInBranchesOfOthers() {
    let doubled = { (x: Tensor) in
      cond(x .> 0) {
        whileLoop({ $0 .< 100 }, { $0 * 2 }, x)
      } else: {
        x * x
      }
    }
    // For 0 and -3 the loop would not end.
    let batch: Tensor = [1, 0, -3]
    expectClose(vmap(doubled)(batch), [128, 0, 9])
    expectClose(vmap(grad(doubled))(batch), [128, 0, -6])
    expectClose(grad { vmap(doubled)($0).sum() }(batch), [128, 0, -6])
    expectClose(vmap(grad(grad(doubled)))(batch), [0, 2, 2])
    let called = subprogram("doubled", doubled)
    expectClose(
      vmap { x in
        cond(x .> -1) {
          called(x + 1)
        } else: {
          x
        }
      }(batch), [128, 128, -3])

    let indexed = { (x: Tensor, i: Tensor) in
      cond(i .< 2) {
        switchCase(i, [{ x }, { x * x }])
      } else: {
        -x
      }
    }
    let indices = Tensor([Int64(0), 1, 7])
    expectClose(vmap(indexed, axes: [nil, 0])(3, indices), [3, 9, -3])
    expectClose(vmap(grad(indexed), axes: [nil, 0])(3, indices), [1, 6, -1])

    // An example that has ended takes no steps of loops inside.
    let nested = { (x: Tensor) in
      whileLoop({ s in s .< 50 }, { s in whileLoop({ t in t .< s + 3 }, { t in t * t }, s, maximumSteps: 4) + 1 }, x)
    }
    let single = [2.0, 7, 60].map { Double(nested(Tensor($0))) }
    expectClose(vmap(nested)([2, 7, 60]), Tensor(single))
    let slopes = [2.0, 7, 60].map { Double(grad(nested)(Tensor($0))) }
    expectClose(vmap(grad(nested))([2, 7, 60]), Tensor(slopes))
    let counted = { (n: Tensor, x: Tensor) in
      forLoop(from: Tensor(Int64(0)), to: n, x) { i, y in
        switchCase(i, [{ y * 2 }, { y * y }, { y + 1 }])
      }
    }
    let lengths = Tensor([Int64(1), 3, 0])
    expectClose(vmap(counted, axes: [0, nil])(lengths, 3), [6, 37, 3])
    expectClose(vmap { n in grad { x in counted(n, x) }(3) }(lengths), [2, 24, 1])
  }

  @Test func itIsOneEquation() {
    let text = program(of: f, at: Tensor(0.3)).text
    #expect(text.contains("switch[branches=[@branch0, @branch1]]"), "\(text)")
  }

  @Test func branchesByIndex() {
    let f = { (x: Tensor, i: Tensor) in
      switchCase(i, [{ sin(x) }, { x * x * x }, { 0 }])
    }
    for (index, expected) in [(0, cos(Tensor(0.7))), (1, Tensor(3 * 0.49)), (2, Tensor(0.0))] {
      expectClose(grad(f)(Tensor(0.7), Tensor(Int64(index))), expected)
    }
    let indices = Tensor([Int64(2), 0, 1])
    let slopes = vmap(grad(f), axes: [nil, 0])(Tensor(0.7), indices)
    expectClose(slopes, Tensor([0, Double(cos(Tensor(0.7))), 3 * 0.49]))
    #expect(message { _ = f(1, Tensor(Int64(3))) }.contains("indices go from 0 to 2"))
    #expect(message { _ = f(1, Tensor(Int64(-1))) }.contains("indices go from 0 to 2"))
    let outside = message { _ = vmap(f, axes: [nil, 0])(1, Tensor([Int64(0), 3])) }
    #expect(outside != "no error")
  }

  @Test func literalsAdoptTheElementType() {
    let x = Tensor(Float(2))
    #expect(
      cond(x .> 1) {
        0
      } else: {
        x
      }.dtype == .float32)
    #expect(
      cond(x .> 1) {
        x
      } else: {
        0
      }.dtype == .float32)
  }

  @Test func mistakesSayWhatToWrite() {
    let x: Tensor = [1, 2]
    #expect(
      message {
        _ = cond(x .> 0) {
          x
        } else: {
          -x
        }
      }.contains("Tensor.where(mask, a, b)"))
    #expect(
      message {
        _ = cond(x.sum()) {
          x
        } else: {
          -x
        }
      }.contains("compare: x .> 0"))
    #expect(
      message {
        _ = cond(x.sum() .> 0) {
          x
        } else: {
          x.sum()
        }
      }.contains("different types"))
    let trees = message {
      _ = cond(x.sum() .> 0, then: { () -> [Tensor] in [x] }, else: { () -> [Tensor] in [x, x] })
    }
    #expect(trees.contains("different structures"))
  }
}

/// The identity, which counts its evaluations.
private struct Evaluated: UnaryElementwise {
  static let name = "evaluated"
  static let dtypes: [DType] = [.float64]
  static let count = Lock(0)
  static var samples: [PrimitiveSample] { [] }

  func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    Self.count.withLock { $0 += 1 }
    return x
  }

  func derivative(x: Tensor, y: Tensor) -> LinearMap { .identity }
}
