import HostLibraries
import Jacobi
import JacobiTesting
import NativeEngine
import RandomPrograms
import Testing

/// What the native engine says about its work, and that it does it.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct PlanTests {
  private func plan(
    _ f: (Tensor) -> Tensor, _ x: Tensor, options: CodeOptions = CodeOptions()
  ) throws -> ExecutionPlan {
    try NativeEngine(threads: 2, options: options).plan(of: program(of: f, at: x))
  }

  @Test func fusion() throws {
    let f = { (x: Tensor) in (exp(x) * 2 + 1).sum() }
    let x = Tensor.ones([1000])
    let fused = try plan(f, x)
    #expect(fused.pieces.count == 1 && fused.pieces[0].title == "loops over [1000]")
    // One vector is read; exp is 20 operations, and there are a product and two sums.
    #expect(fused.bytesMoved == 8000 && fused.operations == 23 * 1000 && fused.memoryByteCount == 0)
    let unfused = try plan(f, x, options: .unfused)
    #expect(unfused.pieces.count { $0.title == "loops over [1000]" } >= 4 && unfused.operations == 23 * 1000)
    #expect(unfused.bytesMoved > 6 * 8000 && unfused.memoryByteCount >= 16000)
  }

  @Test func division() throws {
    let large = try plan({ x in sin(x) + 1 }, Tensor.ones([200_000]))
    #expect(large.pieces.count == 1 && large.pieces[0].notes.contains("shared by 2 threads"))
    let small = try plan({ x in sin(x) + 1 }, Tensor.ones([200]))
    #expect(!small.description.contains("shared by"))
    #expect(large.code?.contains("run_blocks") == true && small.code?.contains("run_blocks") == false)
  }

  @Test(.enabled(if: BLAS.shared != nil)) func products() throws {
    let plan = try plan({ x in matmul(x.transposed(), x) }, Tensor.ones([100, 80]))
    #expect(plan.pieces[0].title == "product of matrices, 80 x 100 by 100 x 80")
    #expect(plan.pieces[0].notes.count == 2 && plan.pieces[0].notes[1].contains("transpose of x0"))
    #expect(plan.operations == 2 * 80 * 100 * 80 && plan.memoryByteCount == 0)
    #expect(plan.code?.contains("cblas_dgemm") == true)
  }

  @Test func loops() throws {
    let values = Tensor((0..<100).map { Double($0) })
    let plan = try plan(
      grad { x in scan({ h, e in (sin(h) * e, []) }, x, over: values).state }, Tensor(0.5))
    // There, and back.
    #expect(plan.pieces.map(\.title) == ["loop of 100 steps", "loop of 100 steps"])
    let steps = plan.pieces.compactMap(\.parts.first)
    #expect(steps.map(\.runs) == [100, 100] && steps[0].plan.pieces[0].equations.contains { $0.contains("sin") })
    #expect(plan.operations == steps.reduce(0) { $0 + 100 * $1.plan.operations })
    // The sines and cosines of all steps.
    #expect(plan.memoryByteCount >= 1600)
  }

  /// The memory of a call is at most a fifth larger than what is alive at one time, which no other plan for this order of work
  /// could go below.
  @Test func memoryIsHardlyMoreThanWhatIsAlive() throws {
    func check(_ program: Program, _ what: String) throws {
      let plan = try NativeEngine(threads: 1).plan(of: program)
      let own = plan.buffers.filter { $0.place.hasPrefix("memory of the call") }
      var least = 0
      for piece in plan.pieces.indices {
        var alive = 0
        for buffer in own where buffer.lifetime.contains(piece) {
          alive += ((buffer.type.byteCount ?? 0) + 63) / 64 * 64
        }
        least = max(least, alive)
      }
      // Beside tensors there is a little for sums.
      let isTight = plan.memoryByteCount * 5 <= least * 6 + 5 * 4096
      #expect(isTight, "\(what): \(plan.memoryByteCount) of \(least)\n\(plan)")
    }
    let x = Tensor((0..<3000).map { Double($0) / 3000 })
    func chain(_ x: Tensor) -> Tensor {
      var y = x
      for k in 0..<30 { y = sin(y) * exp(x) + (y * Double(k)).cumsum(axis: 0) }
      return y.sum()
    }
    try check(program(of: grad(chain), at: x).optimized(), "a chain")
    try check(program(of: { hvp(chain, at: $0, along: $0) }, at: x).optimized(), "its second derivative")
    let layers = (0..<6).map { number -> Tensor in
      Tensor((0..<4096).map { Double(($0 * 31 + number) % 17) / 170 }).reshaped(64, 64)
    }
    func network(_ w: [Tensor]) -> Tensor {
      var y = x[0..<2048].reshaped(32, 64)
      for layer in w { y = tanh(matmul(y, layer)).cumsum(axis: 1) }
      return y.sum()
    }
    try check(program(of: grad(network), at: layers).optimized(), "a network")
    // Tensors of several sizes, which leave gaps.
    func pyramid(_ x: Tensor) -> Tensor {
      var (total, y): (Tensor, Tensor) = (0, x)
      while y.count > 90 {
        y = y.cumsum(axis: 0)[0..<(y.count / 2)] * 0.5
        total = (total + sin(y).cumsum(axis: 0).sum()) * y[1]
      }
      return total
    }
    try check(program(of: grad(pyramid), at: x).optimized(), "a pyramid")
    for seed in 0..<200 as Range<UInt64> { try check(randomProgram(seed: seed), "seed \(seed)") }
  }

  @Test func updates() throws {
    let plan = try plan(
      { x in
        var y = x * 2
        y[x.argmax()] = 0
        y[x.argmin()] = 1
        return y
      }, Tensor.ones([100_000]))
    #expect(plan.pieces.last?.notes.contains { $0.contains(" is written where ") } == true)
  }

  /// Tensors that are needed at the same time do not overlap, and each lies in the memory that a call gets.
  @Test func memory() throws {
    for seed in 0..<200 as Range<UInt64> {
      let program = try randomProgram(seed: seed)
      let plan = try NativeEngine(options: seed % 2 == 0 ? .unfused : CodeOptions()).plan(of: program)
      var blocks: [(range: Range<Int>, lifetime: ClosedRange<Int>)] = []
      for buffer in plan.buffers {
        guard buffer.place.hasPrefix("memory of the call, at "),
          let offset = Int(buffer.place.split(separator: " ").last ?? "")
        else { continue }
        let range = offset..<(offset + (buffer.type.byteCount ?? 0))
        #expect(range.upperBound <= plan.memoryByteCount)
        for other in blocks where other.range.overlaps(range) {
          #expect(!other.lifetime.overlaps(buffer.lifetime), "seed \(seed): \(plan)")
        }
        blocks.append((range, buffer.lifetime))
      }
      #expect(plan.buffers.count { $0.place == "argument" } == program.inputs.count)
      #expect(plan.operations >= 0 && plan.bytesMoved >= 0 && !plan.description.isEmpty)
    }
  }
}
