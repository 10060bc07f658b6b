// How long programs take to compile, by their number of equations: tracing, the passes, and the native engine.
//
//   swift run --package-path Benchmarks -c release CompileTimeBenchmarks > times.csv
//   python Benchmarks/Peers/compile_time.py times.csv Documentation/Pictures/compile-time.svg
//
// Straight-line code of numbers, and of vectors of 64 numbers, with their gradients.
import Jacobi

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try body()
  let time = clock.now - start
  return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
}

/// About so many equations.
func chain(_ count: Int) -> (Tensor) -> Tensor {
  { x in
    var y = x
    for index in 0..<(count / 3) { y = sin(y) * x + (index % 7 == 0 ? exp(-y) : y) }
    return y.sum()
  }
}

print("kind,equations,trace,passes,compile")
for (kind, point) in [("numbers", Tensor([0.5])[0]), ("vectors", Tensor((0..<64).map { Double($0) / 64 }))] {
  for count in [300, 1000, 3000, 10_000, 30_000, 100_000] {
    if kind == "vectors" && count > 30_000 { continue }
    for (name, f) in [(kind, chain(count)), (kind + ", gradient", { x in grad(chain(count / 3))(x).sum() })] {
      var medians: [[Double]] = []
      for _ in 0..<(count <= 10_000 ? 5 : 3) {
        var program = Jacobi.program(of: { x in x }, at: point)
        let tracing = seconds { program = Jacobi.program(of: f, at: point) }
        var optimized = program
        let passes = try seconds { optimized = try program.optimized() }
        let compiling = try seconds { _ = try NativeEngine().compile(optimized) }
        medians.append([Double(program.equations.count), tracing, passes, compiling])
      }
      let row = (0..<4).map { column in medians.map { $0[column] }.sorted()[medians.count / 2] }
      print("\"\(name)\",\(Int(row[0])),\(row[1]),\(row[2]),\(row[3])")
    }
  }
}
