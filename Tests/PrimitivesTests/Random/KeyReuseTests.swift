import HostTensors
import Jacobi
import JacobiTesting
import Testing

/// Which uses of keys are reported as second ones.
@Suite("Reuse of keys") struct KeyReuseTests {
  /// The message of the error that a second use is, where there is one.
  private func report(_ body: () throws -> Void) -> String? {
    do {
      try KeyReuse.withReporting(.error) { try catchingTensorErrors { try body() } }
      return nil
    } catch { return "\(error)" }
  }

  private func draw(_ key: RandomKey) -> Tensor { Tensor.uniform([2], key: key) }

  private struct Case: Sendable {
    let name: String
    let run: @Sendable () -> Void

    init(_ name: String, _ run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }

  private static let x: Tensor = [1, 2]

  private static let mistakes: [Case] = [
    Case("two draws") {
      let key = RandomKey(seed: 1)
      _ = Tensor.uniform(key: key)
      _ = Tensor.normal(key: key)
    },
    Case("one line, twice") {
      let key = RandomKey(seed: 1)
      for _ in 0..<2 { _ = Tensor.uniform(key: key) }
    },
    Case("a draw and a split") {
      let key = RandomKey(seed: 1)
      _ = Tensor.uniform(key: key)
      _ = key.split()
    },
    Case("two splits") {
      let key = RandomKey(seed: 1)
      _ = key.split(count: 3)
      _ = key.split(into: 2)
    },
    Case("a copy") {
      let key = RandomKey(seed: 1)
      let copies = [key, key]
      _ = copies.map { Tensor.uniform(key: $0) }
    },
    Case("a permutation and a choice") {
      let key = RandomKey(seed: 1)
      _ = key.permutation(3)
      _ = Tensor([1, 2]).choice(key: key)
    },
    Case("in a function under grad") {
      _ = grad { x in
        let key = RandomKey(seed: 1)
        return (x * Tensor.uniform(key: key) + Tensor.normal(key: key)).sum()
      }(x)
    },
    Case("the argument of a compiled function, inside") {
      _ = jit { (key: RandomKey) in Tensor.uniform(key: key) + Tensor.normal(key: key) }(RandomKey(seed: 1))
    },
    Case("calls of a compiled function") {
      let compiled = jit { (key: RandomKey) in Tensor.uniform(key: key) }
      let key = RandomKey(seed: 1)
      for _ in 0..<2 { _ = compiled(key) }
    },
    Case("calls by the short way") {
      let compiled = jit { (key: RandomKey) in Tensor.uniform(key: key) }
      for seed in 0..<5 { _ = compiled(RandomKey(seed: seed)) }
      let key = RandomKey(seed: 9)
      _ = compiled(key)
      _ = compiled(key)
    },
    Case("a compiled function and a draw") {
      let key = RandomKey(seed: 1)
      _ = jit { (key: RandomKey) in Tensor.uniform(key: key) }(key)
      _ = Tensor.uniform(key: key)
    },
    Case("a draw and a function under grad") {
      let key = RandomKey(seed: 1)
      let noise = Tensor.normal([2], key: key)
      _ = grad { x in (x * Tensor.uniform([2], key: key) * noise).sum() }(x)
    },
    Case("under grad, as an argument, and outside") {
      let key = RandomKey(seed: 1)
      _ = grad { (x: Tensor, key: RandomKey) in (x * Tensor.normal([2], key: key)).sum() }(x, key)
      _ = key.split()
    },
    Case("a compiled gradient, twice") {
      let key = RandomKey(seed: 1)
      let slope = jit(grad { (x: Tensor, key: RandomKey) in (x * Tensor.normal([2], key: key)).sum() })
      for _ in 0..<2 { _ = slope(x, key) }
    },
    Case("a state that is updated in place, and its copy") {
      let step = jitInPlace { (keys: inout RandomKeys) -> Tensor in Tensor.uniform([2], key: keys.next()) }
      let state = RandomKeys(seed: 1)
      for _ in 0..<3 {
        var copy = state
        _ = step(&copy)
      }
    },
    Case("a batch") {
      let keys = RandomKey(seed: 1).split(into: 3)
      _ = vmap { key in Tensor.uniform(key: key) }(keys)
      _ = vmap { key in Tensor.normal(key: key) }(keys)
    },
    Case("in the body of a loop") {
      _ = scan(
        { (key: RandomKey) in
          let noise = Tensor.uniform(key: key)
          let (next, _) = key.split()
          return (next, [noise])
        }, RandomKey(seed: 1), length: 2)
    },
  ]

  private static let proper: [Case] = [
    Case("split keys") {
      let (a, b) = RandomKey(seed: 1).split()
      _ = Tensor.uniform(key: a) + Tensor.normal(key: b)
    },
    Case("folding with several numbers, then one use") {
      let key = RandomKey(seed: 1)
      for step in 0..<3 { _ = Tensor.uniform(key: key.folding(in: step)) }
      _ = key.split()
    },
    Case("equal keys that are made apart") {
      _ = Tensor.uniform(key: RandomKey(seed: 1)) + Tensor.uniform(key: RandomKey(seed: 1))
    },
    Case("a function that is differentiated again") {
      let key = RandomKey(seed: 1)
      let loss = { (x: Tensor) in (x * Tensor.normal([2], key: key)).sum() }
      _ = loss(x)
      _ = grad(loss)(x)
      _ = valueAndGrad(loss)(x)
      _ = hessian(loss)(x)
      _ = jvp(loss, at: x, along: x)
      _ = vmap(loss)(Tensor([[1, 2], [3, 4]]))
    },
    Case("a key that is an argument of a function under grad") {
      let key = RandomKey(seed: 1)
      let loss = { (x: Tensor, key: RandomKey) in (x * Tensor.normal([2], key: key)).sum() }
      _ = grad(loss)(x, key)
      _ = jit(grad(loss))(x, RandomKey(seed: 1))
      _ = vmap(grad(loss), axes: [nil, 0])(x, RandomKey(seed: 1).split(into: 2))
    },
    Case("a state that is updated in place") {
      let step = jitInPlace { (keys: inout RandomKeys) -> Tensor in Tensor.uniform([2], key: keys.next()) }
      var state = RandomKeys(seed: 1)
      for _ in 0..<20 { _ = step(&state) }
      _ = Tensor.uniform(key: state.next())
    },
    Case("a compiled function that is traced again") {
      let key = RandomKey(seed: 1)
      let compiled = jit { x in x * Tensor.normal(key: key) }
      _ = compiled(x)
      _ = compiled([1, 2, 3])
      _ = compiled([1, 2, 3, 4])
    },
    Case("a guard") {
      let compiled = jit { (key: RandomKey, x: Tensor) in
        Bool(x .> 0) ? Tensor.normal(key: key) : Tensor.uniform(key: key)
      }
      for (seed, x) in [1.0, -1, 2, -2].enumerated() { _ = compiled(RandomKey(seed: seed), Tensor(x)) }
    },
    Case("branches") {
      let key = RandomKey(seed: 1)
      _ = jit { x in
        cond(x .> 0) {
          Tensor.normal(key: key)
        } else: {
          Tensor.uniform(key: key)
        }
      }(Tensor(1.0))
    },
    Case("a loop that splits its key") {
      _ = scan(
        { (key: RandomKey) in
          let (next, own) = key.split()
          return (next, [Tensor.uniform(key: own)])
        }, RandomKey(seed: 1), length: 3)
    },
    Case("a gradient through a loop and a checkpoint") {
      let keys = RandomKey(seed: 1).split(into: 3)
      _ = grad { x in
        scan({ (y: Tensor, key: RandomKey) in (y * Tensor.normal([2], key: key), []) }, x, over: keys).state.sum()
      }(x)
      let key = RandomKey(seed: 2)
      _ = grad { x in checkpoint { (y: Tensor) in (y * Tensor.normal([2], key: key)).sum() }(x) }(x)
    },
    Case("a check of gradients") {
      let key = RandomKey(seed: 1)
      _ = try? checkGradients({ x in (x * x * Tensor.normal([2], key: key)).sum() }, at: x)
    },
    Case("on purpose") {
      let key = RandomKey(seed: 1)
      KeyReuse.withReporting(.ignored) { for _ in 0..<3 { _ = Tensor.uniform(key: key) } }
    },
    Case("a source of keys") {
      var keys = RandomKeys(seed: 1)
      for _ in 0..<10 { _ = Tensor.uniform(key: keys.next()) }
    },
    Case("many keys, of which memory is used again") {
      for seed in 0..<6000 { _ = Tensor.uniform(key: RandomKey(seed: seed)) }
    },
  ]

  @Test(arguments: mistakes.map(\.name)) func reported(_ name: String) throws {
    let mistake = try #require(Self.mistakes.first { $0.name == name })
    let message = report(mistake.run)
    #expect(message?.contains("the key was used before, by ") == true, "\(message ?? "no report")")
  }

  @Test(arguments: proper.map(\.name)) func notReported(_ name: String) throws {
    let proper = try #require(Self.proper.first { $0.name == name })
    #expect(report(proper.run) == nil)
  }

  /// Both places are named, of the user's source.
  @Test func places() {
    let key = RandomKey(seed: 1)
    let line = #line + 2
    let message = report {
      _ = Tensor.uniform([2], key: key)
      _ = Tensor.normal([2], key: key)
    }
    #expect(
      message == """
        normal: the key was used before, by uniform at KeyReuseTests.swift:\(line); expected a new key for each use
          hint: split the key first: let (a, b) = key.split()
          at KeyReuseTests.swift:\(line + 1)
        """)
  }

  /// Warnings in place of errors, which leave the numbers as they are.
  @Test func warnings() {
    let texts = Lock<[String]>([])
    let key = RandomKey(seed: 1)
    let numbers = Warnings.redirected(to: { text in
      if text.contains("KeyReuseTests") { texts.withLock { $0.append(text) } }
    }) {
      KeyReuse.withReporting(.warning) { (Tensor.uniform([2], key: key), Tensor.uniform([2], key: key)) }
    }
    #expect(numbers.0.scalars(as: Double.self) == numbers.1.scalars(as: Double.self))
    #expect(texts.withLock { $0 }.count == 1)
    #expect(
      texts.withLock { $0 }.first?.hasPrefix("uniform at KeyReuseTests.swift:") == true)
  }

  /// The default of a debug build is a warning.
  @Test func defaults() {
    #if DEBUG
      #expect(KeyReuse.reporting == .warning)
    #else
      #expect(KeyReuse.reporting == .ignored)
    #endif
  }
}
