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

  @Test(.enabled(if: NativeEngine.matrixLibrary != nil)) func products() throws {
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
