import Foundation
import Jacobi
import TestSupport
import Testing

/// What a hostile or careless caller does: nothing stops the process, and no wrong number comes out.
@Suite struct AttackTests {
  // MARK: - Sizes

  @Test func hugeNumbersOfPieces() {
    let empty = Tensor([Double]())
    for count in [1 << 40, Int.max, Int.max - 1] {
      #expect(message { _ = empty.split(count: count) }.contains("more than fit into memory"))
    }
    #expect(message { _ = Tensor.zeros([1 << 50, 0]).split(count: 1 << 50) }.contains("more than fit into memory"))
    #expect(empty.split(count: 3).map(\.shape) == [[0], [0], [0]])
  }

  @Test func hiddenOverflow() {
    // Sizes beside a zero whose product overflows.
    for shape in [[Int.max, 2, 0], [0, 1 << 62, 3], [0, Int.max, 3], [Int.max, 0]] {
      #expect(message { _ = Tensor.zeros(shape).sorted(axis: -1) }.contains("more bytes than fit into an integer"))
      #expect(message { _ = Tensor([Double]()).reshaped(shape) } != "no error")
      #expect(message { _ = Tensor([Double]()).reshaped([0, 1, 1]).broadcast(to: shape) } != "no error")
    }
    let wide = Tensor.zeros([1 << 40, 2, 0])
    for axis in 0..<3 { #expect(wide.sorted(axis: axis).shape == wide.shape) }
  }

  @Test func rollingAHugeEmptyAxis() {
    let x = Tensor.zeros([1 << 57, 0])
    #expect(x.rolled(by: -1, axis: 0).shape == x.shape)
    #expect(x.rolled(by: Int.min, axis: 0).shape == x.shape)
    #expect(Tensor([1.0, 2, 3]).rolled(by: -1, axis: 0).scalars(as: Double.self) == [2, 3, 1])
    #expect(Tensor([1.0, 2, 3]).rolled(by: Int.min, axis: 0).scalars(as: Double.self) == [3, 1, 2])
  }

  @Test func jacobianThatDoesNotFit() {
    let x = Tensor.ones([1 << 20])
    #expect(message { _ = jacobian { $0 * 2 }(x) }.contains("this machine has"))
    #expect(message { _ = hessian { ($0 * $0).sum() }(x) }.contains("this machine has"))
    #expect(message { _ = jacobian({ $0.sum() }, mode: .forward, memoryBudget: .max)(x) }.contains("this machine has"))
  }

  // MARK: - Numbers

  @Test func integersBeyondDoubles() {
    let first = 1 << 53
    #expect(
      Tensor.arange(first, first + 4, dtype: .int64).scalars(as: Int64.self) == (0..<4).map { Int64(first + $0) })
    #expect(
      Tensor.arange(Int.max, Int.max - 3, -1, dtype: .int64).scalars(as: Int64.self) == [.max, .max - 1, .max - 2])
    #expect(
      Tensor.arange(Int.min, Int.max, Int.max, dtype: .int64).scalars(as: Int64.self) == [.min, -1, .max - 1])
    #expect(Tensor.arange(3, 3, dtype: .int64).count == 0)
    #expect(Tensor.arange(0, -3, 1, dtype: .int64).count == 0)
    #expect(Tensor.arange(5, 0, -2, dtype: .int64).scalars(as: Int64.self) == [5, 3, 1])
    #expect(message { _ = Tensor.arange(Int.min, Int.max, dtype: .int64) }.contains("memory"))
    #expect(message { _ = Tensor.arange(0, 3, 0, dtype: .int64) }.contains("not a range"))
  }

  @Test func infiniteEnds() {
    #expect(message { _ = Tensor.linspace(0, .infinity, count: 3) }.contains("not a range"))
    #expect(message { _ = Tensor.linspace(.nan, 1, count: 3) }.contains("not a range"))
  }

  // MARK: - Compositions

  @Test func fifthDerivative() {
    let fifth = grad(grad(grad(grad(grad { sin($0 * 2) }))))
    #expect(abs(Double(fifth(0.3)) - 32 * cos(0.6)) < 1e-12)
  }

  @Test func vmapOfGradOfVMap() {
    // Of Σ sin(x)³, row by row: 3 sin² cos.
    let numbers = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    let x = Tensor(shape: [2, 3], scalars: numbers)
    let result = vmap(grad { row in vmap { sin($0) ** 3 }(row).sum() })(x)
    expectClose(result, Tensor(shape: [2, 3], scalars: numbers.map { 3 * sin($0) * sin($0) * cos($0) }))
    let inner = vmap({ column in vmap({ $0 * $0 }, axis: 0)(column) }, axis: 1, resultAxis: 1)(x)
    expectClose(inner, x * x)
  }

  @Test func constantsAndUnusedArguments() {
    expectClose(grad { _ in 3.0 }([1, 2]), Tensor([0.0, 0]))
    expectClose(grad { (x: Tensor, y: Tensor) in y * 2 }(5, 7), 0)
    expectClose(vmap { _ in Tensor(7.0) }(Tensor([[1.0], [2]])), Tensor([7.0, 7]))
    expectClose(jacobian { $0 }(Tensor([4.0, 5])), Tensor.eye(2))
    #expect(vmap { $0.sum() }(Tensor.zeros([0, 3])).shape == [0])
    #expect(vmap(grad { ($0 * $0).sum() })(Tensor.zeros([0, 3])).shape == [0, 3])
    #expect(grad { $0.sum() }(Tensor([Double]())).shape == [0])
    #expect(grad { (x: [Tensor]) in 1.0 }([]).isEmpty)
    #expect(grad { (x: Tensor?) in 1.0 }(nil) == nil)
  }

  @Test func pullbacksAreReusable() async {
    let (_, pullback) = vjp({ $0 * $0 * $0 }, at: Tensor([2.0]))
    let (_, differential) = linearize({ $0 * $0 * $0 }, at: Tensor([2.0]))
    for _ in 0..<2 {
      expectClose(pullback([1]), Tensor([12.0]))
      expectClose(differential([1]), Tensor([12.0]))
    }
    nonisolated(unsafe) let shared = pullback
    let elsewhere = await Task.detached { shared([1]).scalars(as: Double.self) }.value
    #expect(elsewhere == [12])
  }

  @Test func pullbackAfterItsOuterTrace() {
    var kept: (Tensor) -> Tensor = { $0 }
    _ = grad { x in
      kept = vjp({ $0 * x }, at: x).pullback
      return x
    }(2)
    #expect(message { _ = kept(1) }.contains("outside the transform"))
    expectClose(grad { $0 * $0 }(3), 6)
  }

  @Test func failuresInsideLeaveNothingBehind() {
    let bad: (Tensor) -> Tensor = { $0 + Tensor([1.0, 2, 3]) }
    let x = Tensor([1.0, 2])
    #expect(message { _ = grad { bad($0).sum() }(x) }.contains("broadcast"))
    #expect(message { _ = vmap(grad { bad($0).sum() })(Tensor([[1.0, 2]])) }.contains("broadcast"))
    #expect(message { _ = hessian { bad($0).sum() }(x) }.contains("broadcast"))
    // An error that is caught inside the function does not fail the transform.
    let survived = grad { y in
      _ = try? catchingTensorErrors { bad(y) }
      return (y * y).sum()
    }(x)
    expectClose(survived, Tensor([2.0, 4]))
  }

  @Test func eightThreads() {
    nonisolated(unsafe) var wrong = 0
    let lock = NSLock()
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for step in 0..<200 {
        let x = Double(thread) + Double(step) / 100
        let second = Double(grad(grad { sin($0) * $0 })(Tensor(x)))
        if abs(second - (2 * cos(x) - x * sin(x))) > 1e-12 { lock.withLock { wrong += 1 } }
      }
    }
    #expect(wrong == 0)
  }

  @Test func aLongTrace() {
    let slope = grad { x in
      var y = x
      for _ in 0..<200_000 { y = y + x }
      return y
    }(1)
    expectClose(slope, 200_001)
  }
}
