import Foundation
import Jacobi
import Testing

@Suite struct LoopCheckpointingTests {
  /// The least number of advances, by trying all places for the first state.
  private static func least(steps: Int, slots: Int) -> [[Int]] {
    var table = [[Int]](repeating: [Int](repeating: 0, count: steps + 1), count: slots + 1)
    for n in 0...steps { table[0][n] = n * max(0, n - 1) / 2 }
    for s in 1...slots {
      for n in stride(from: 2, through: steps, by: 1) {
        table[s][n] = (1..<n).map { $0 + table[s - 1][n - $0] + table[s][$0] }.min()!
      }
    }
    return table
  }

  @Test func theClosedFormIsTheOptimum() {
    let table = Self.least(steps: 130, slots: 9)
    for slots in 0...9 {
      for steps in 0...130 {
        #expect(CheckpointSchedule.advances(steps: steps, slots: slots) == table[slots][steps], "\(steps), \(slots)")
      }
    }
    // Figures of Griewank and Walther: with 5 states (the initial one among them) 252 steps take 5 repetitions at most.
    #expect(CheckpointSchedule.advances(steps: 252, slots: 4) == 5 * 252 - 210)
  }

  /// More slots than there is use for, and more steps than can be counted.
  @Test func extremeNumbers() {
    #expect(CheckpointSchedule.advances(steps: 1000, slots: .max) == 999)
    #expect(CheckpointSchedule.advances(steps: 1 << 60, slots: .max) == (1 << 60) - 1)
    #expect(CheckpointSchedule.advances(steps: .max, slots: 0) == .max)
    #expect(CheckpointSchedule.advances(steps: 1 << 60, slots: 5) == .max)
    let f = { (w: Tensor) in
      scan({ (h: Tensor) in (h * w, []) }, Tensor(1.0), length: 5, checkpoint: .binomial(slots: .max)).state
    }
    #expect(grad(f)(Tensor(1.0)).scalars(as: Double.self) == [5])
  }

  @Test(.serialized, arguments: [1, 2, 3, 7, 20, 60])
  func stepsRunAsOftenAsTheScheduleSays(_ steps: Int) {
    let runs = { (checkpoint: LoopCheckpointing?) -> Int in
      // Not a literal, whose element type would be found by running the step.
      let start = 0.9
      let f = { (w: Tensor) in
        forLoop(from: 0, to: steps, Tensor(start), checkpoint: checkpoint) { _, s in Counted().bind(s) * w }
      }
      let before = Counted.count.withLock { $0 }
      _ = grad(f)(Tensor(1.01))
      return Counted.count.withLock { $0 } - before
    }
    // Every step that is kept runs once; without that, once for the value and once for what its derivative needs.
    #expect(runs(nil) == steps)
    #expect(runs(.every(4)) == 3 * steps)
    for slots in [1, 2, 5] {
      #expect(runs(.binomial(slots: slots)) == 2 * steps + CheckpointSchedule.advances(steps: steps, slots: slots))
    }
  }

  /// The derivative of the Lorenz system's state after many steps of Runge and Kutta, to the last bit.
  @Test func everyWayGivesTheSameBits() {
    let steps = ProcessInfo.processInfo.environment["JACOBI_LORENZ_STEPS"].flatMap { Int($0) } ?? 500
    let gradient = { (checkpoint: LoopCheckpointing?) -> [Double] in
      let f = { (p: Tensor) in lorenz(p, steps: steps, checkpoint) }
      return grad(f)([10, 28, 8.0 / 3]).scalars(as: Double.self)
    }
    let expected = gradient(nil)
    #expect(expected.allSatisfy { $0.isFinite && $0 != 0 })
    for way in [LoopCheckpointing.every(30), .binomial(slots: 10), .budget(bytes: 240)] {
      #expect(gradient(way) == expected, "\(way)")
    }
    let unrolled = { (p: Tensor) -> Tensor in
      var s: [Tensor] = [1, 1, 1]
      for _ in 0..<min(steps, 500) { s = rungeKuttaStep(p, s) }
      return s[0] + s[1] + s[2]
    }
    if steps <= 500 {
      for (a, b) in zip(expected, grad(unrolled)([10, 28, 8.0 / 3]).scalars(as: Double.self)) {
        #expect(abs(a - b) <= 1e-9 * abs(b))
      }
    }
  }
}

/// A step of the classical method of Runge and Kutta on the Lorenz system with parameters σ, ρ, β.
private func rungeKuttaStep(_ p: Tensor, _ s: [Tensor]) -> [Tensor] {
  let (sigma, rho, beta) = (p[0], p[1], p[2])
  func slope(_ s: [Tensor]) -> [Tensor] {
    [sigma * (s[1] - s[0]), s[0] * (rho - s[2]) - s[1], s[0] * s[1] - beta * s[2]]
  }
  func moved(_ k: [Tensor], _ h: Double) -> [Tensor] { zip(s, k).map { $0 + h * $1 } }
  let h = 0.001
  let k1 = slope(s)
  let k2 = slope(moved(k1, h / 2))
  let k3 = slope(moved(k2, h / 2))
  let k4 = slope(moved(k3, h))
  return s.indices.map { index in
    let sum = k1[index] + 2 * k2[index] + 2 * k3[index] + k4[index]
    return s[index] + (h / 6) * sum
  }
}

private func lorenz(_ p: Tensor, steps: Int, _ checkpoint: LoopCheckpointing?) -> Tensor {
  let s = scan(
    { (s: [Tensor]) -> ([Tensor], [Tensor]) in (rungeKuttaStep(p, s), []) }, [1, 1, 1], length: steps,
    checkpoint: checkpoint
  ).state
  return s[0] + s[1] + s[2]
}

/// The identity, which counts its evaluations.
private struct Counted: UnaryElementwise {
  static let name = "counted"
  static let dtypes: [DType] = [.float64]
  static let count = Lock(0)
  static var samples: [PrimitiveSample] { [] }

  func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    Self.count.withLock { $0 += 1 }
    return x
  }

  func derivative(x: Tensor, y: Tensor) -> LinearMap { .identity }
}
