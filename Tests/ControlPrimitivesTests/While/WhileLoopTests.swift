import Jacobi
import TestSupport
import Testing

@Suite struct WhileLoopTests {
  private static func squareRoot(_ a: Tensor, _ checkpoint: LoopCheckpointing? = nil) -> Tensor {
    // So many steps that the derivatives have converged too.
    let (x, _) = split(
      whileLoop(
        { s in (abs(s[0] * s[0] - a) .> 1e-13 * a) .| (s[1] .> 0) },
        { s in
          let next = (s[0] + a / s[0]) / 2
          let hasConverged = abs(next * next - a) .<= 1e-13 * a
          return [next, Tensor.where(hasConverged, s[1] - 1, s[1])]
        }, [a, Tensor(3.0)], checkpoint: checkpoint))
    return x
  }

  private static func split(_ s: [Tensor]) -> (Tensor, Tensor) { (s[0], s[1]) }

  /// Derivatives of the square root, of orders 1 to 3.
  private static func closedForms(_ a: Double) -> [Double] {
    let root = a.squareRoot()
    return [0.5 / root, -0.25 / (root * a), 0.375 / (root * a * a)]
  }

  @Test(arguments: [LoopCheckpointing?.none, .binomial(slots: 2), .every(2)])
  func newtonsMethodHasTheDerivativesOfTheSquareRoot(_ checkpoint: LoopCheckpointing?) {
    let f = { (a: Tensor) in Self.squareRoot(a, checkpoint) }
    typealias Transform = (@escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor
    let forward: Transform = { f in { x in jvp(f, at: x, along: Tensor(1.0)).tangent } }
    let reverse: Transform = { f in grad(f) }
    for number in [0.3, 2.0, 50.0] {
      let a = Tensor(number)
      let expected = Self.closedForms(number)
      expectClose(f(a), Tensor(number.squareRoot()))
      for first in [forward, reverse] {
        expectClose(first(f)(a), Tensor(expected[0]), tolerance: 1e-9)
        for second in [forward, reverse] {
          expectClose(second(first(f))(a), Tensor(expected[1]), tolerance: 1e-9)
          for third in [forward, reverse] {
            expectClose(third(second(first(f)))(a), Tensor(expected[2]), tolerance: 1e-8)
          }
        }
      }
    }
  }

  @Test func examplesStopAtDifferentSteps() {
    let numbers = [0.3, 2.0, 50.0, 1e6]
    let f = { (a: Tensor) in Self.squareRoot(a) }
    expectClose(vmap(f)(Tensor(numbers)), Tensor(numbers.map { $0.squareRoot() }))
    let orders = [vmap(grad(f)), vmap(grad(grad(f))), vmap(grad(grad(grad(f))))]
    for (order, transform) in orders.enumerated() {
      expectClose(transform(Tensor(numbers)), Tensor(numbers.map { Self.closedForms($0)[order] }), tolerance: 1e-8)
    }
    expectClose(
      grad { a in vmap(f)(a).sum() }(Tensor(numbers)), Tensor(numbers.map { Self.closedForms($0)[0] }), tolerance: 1e-9)
  }

  /// Kepler's equation E - e sin E = M: dE/dM = 1 / (1 - e cos E), dE/de = sin E / (1 - e cos E), and so on.
  @Test func keplersEquation() {
    let solve = { (p: Tensor) -> Tensor in
      let (m, e) = (p[0], p[1])
      return whileLoop(
        { s in s[1] .> 0 },
        { s in
          let step = (s[0] - e * sin(s[0]) - m) / (1 - e * cos(s[0]))
          return [s[0] - step, Tensor.where(abs(step) .< 1e-14, s[1] - 1, s[1])]
        }, [m, Tensor(3.0)], maximumSteps: 100)[0]
    }
    let p: Tensor = [0.8, 0.6]
    let anomaly = Double(solve(p))
    let (sine, cosine) = (Double(sin(Tensor(anomaly))), Double(cos(Tensor(anomaly))))
    #expect(abs(anomaly - 0.6 * sine - 0.8) < 1e-14)
    let d = 1 - 0.6 * cosine
    expectClose(grad(solve)(p), Tensor([1 / d, sine / d]), tolerance: 1e-10)
    // From differentiating the equation twice.
    let mm = -0.6 * sine / (d * d * d)
    let me = (cosine - 0.6 * sine * sine / d) / (d * d)
    let ee = (2 * sine * cosine - 0.6 * sine * sine * sine / d) / (d * d)
    expectClose(hessian(solve)(p), Tensor([[mm, me], [me, ee]]), tolerance: 1e-9)
    expectClose(jacobian(grad(solve), mode: .reverse)(p), Tensor([[mm, me], [me, ee]]), tolerance: 1e-9)
    let mmm = (-0.6 * cosine / (d * d * d) + 3 * 0.36 * sine * sine / (d * d * d * d)) / d
    let third = grad { p in grad { p in grad(solve)(p)[0] }(p)[0] }(p)[0]
    expectClose(third, Tensor(mmm), tolerance: 1e-8)
  }

  /// The anomaly as a function of the time alone, by Newton's method until a step is small: derivatives of orders 1 to 3 in
  /// all mixtures of modes, and for examples that take different numbers of steps, also compiled.
  @Test func keplersEquationInEveryMode() {
    let eccentricity = 0.9
    let solve = { (m: Tensor) -> Tensor in
      whileLoop(
        { s in s[1] .> 0 },
        { s in
          let step = (s[0] - eccentricity * sin(s[0]) - m) / (1 - eccentricity * cos(s[0]))
          return [s[0] - step, Tensor.where(abs(step) .< 1e-13, s[1] - 1, s[1])]
        }, [m + 0.8 * eccentricity, Tensor(3.0)] as [Tensor], maximumSteps: 200)[0]
    }
    let closed = { (anomaly: Double) -> [Double] in
      let (sine, cosine) = (Double(sin(Tensor(anomaly))), Double(cos(Tensor(anomaly))))
      let d = 1 - eccentricity * cosine
      let third = (3 * eccentricity * eccentricity * sine * sine - eccentricity * cosine * d) / (d * d * d * d * d)
      return [1 / d, -eccentricity * sine / (d * d * d), third]
    }
    typealias Transform = (@escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor
    let forward: Transform = { f in { x in jvp(f, at: x, along: Tensor(1.0)).tangent } }
    let reverse: Transform = { f in grad(f) }
    let times = [0.05, 0.8, 2.5, 6.0]
    let expected = times.map { time -> [Double] in
      let anomaly = Double(solve(Tensor(time)))
      #expect(abs(anomaly - eccentricity * Double(sin(Tensor(anomaly))) - time) < 1e-13)
      return closed(anomaly)
    }
    let m = Tensor(times)
    for first in [forward, reverse] {
      expectClose(vmap(first(solve))(m), Tensor(expected.map { $0[0] }), tolerance: 1e-9)
      for second in [forward, reverse] {
        expectClose(vmap(second(first(solve)))(m), Tensor(expected.map { $0[1] }), tolerance: 1e-8)
        for third in [forward, reverse] {
          let slope = third(second(first(solve)))
          for (time, expected) in zip(times, expected) {
            expectClose(slope(Tensor(time)), Tensor(expected[2]), tolerance: 1e-7)
          }
          expectClose(vmap(slope)(m), Tensor(expected.map { $0[2] }), tolerance: 1e-7)
        }
      }
    }
    let compiled = jit(vmap(grad(grad(solve))))
    for _ in 0..<2 { expectClose(compiled(m), Tensor(expected.map { $0[1] }), tolerance: 1e-8) }
  }

  @Test func frozenExamplesArePoisonedByNothing() {
    // 1 / (x - 1) is infinite where the first example ends, the logarithm not a number beyond.
    let f = { (x: Tensor) in
      whileLoop({ s in s[1] .> 0 }, { s in [s[0] * log(s[1]) / s[1], s[1] - 1] }, [x, x])[0]
    }
    for transform in [vmap(f), vmap(grad(f)), vmap(grad(grad(f)))] {
      let numbers = transform(Tensor([1.0, 3.0, 5.0])).scalars(as: Double.self)
      #expect(numbers.allSatisfy { $0.isFinite })
    }
    let single = [1.0, 3, 5].map { Double(grad(f)(Tensor($0))) }
    expectClose(vmap(grad(f))(Tensor([1.0, 3.0, 5.0])), Tensor(single))
  }

  @Test func noStepsGiveTheInitialState() {
    let f = { (x: Tensor) in whileLoop({ $0 .< 0 }, { $0 * x }, x) }
    expectClose(f(Tensor(2.0)), Tensor(2.0))
    expectClose(grad(f)(Tensor(2.0)), Tensor(1.0))
    expectClose(hessian(f)(Tensor(2.0)), Tensor(0.0))
  }

  @Test func mistakesSayWhatToWrite() {
    #expect(message { _ = whileLoop({ $0 .> 0 }, { $0 + 1 }, Tensor(1.0), maximumSteps: 9) }.contains("after 9 steps"))
    #expect(message { _ = whileLoop({ $0 .> 0 }, { $0 - 1 }, Tensor([1.0, 2])) }.contains(".any() or .all()"))
    #expect(
      message { _ = whileLoop({ $0.sum() .> 0 }, { $0.sum() }, Tensor([1.0, 2])) }.contains("begin with the shape"))
    #expect(
      message { _ = whileLoop({ Double($0) > 0 ? $0 .> 0 : $0 .< 0 }, { $0 }, Tensor(1.0)) }.contains("whileLoop"))
    // Between brackets stands a tensor, unless it is said to be a list.
    let x = Tensor([1.0])[0]
    let listed = message { _ = whileLoop({ $0[1] }, { [$0[0] * 2, $0[0] .< 9] }, [x, Tensor(true)]) }
    #expect(listed.contains("a list of tensors is written [x, y] as [Tensor]"), "\(listed)")
    let shapes = message {
      _ = whileLoop({ $0[0] .< 1 }, { $0 }, [x, Tensor([1.0, 2]), Tensor([1.0, 2, 3])])
    }
    #expect(shapes.contains("as [Tensor]"), "\(shapes)")
    let state = whileLoop({ $0[1] }, { [$0[0] * 2, $0[0] .< 9] }, [x, Tensor(true)] as [Tensor])
    expectClose(state[0], Tensor(32.0))
  }
}
