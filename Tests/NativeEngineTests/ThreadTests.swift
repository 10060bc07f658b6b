import Jacobi
import NativeEngine
import Testing

/// Loops that are long enough for several threads: the results are those of one thread, bit for bit, and those of the
/// reference engine to rounding.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct ThreadTests {
  private func compare(_ f: @escaping (Tensor) -> [Tensor], _ x: Tensor, tolerance: Double = 1e-13) throws {
    let program = program(of: f, at: x)
    let host = try x.hostValue()
    let one = try program.run([host], on: NativeEngine(threads: 1))
    for threads in [2, 3, 8] { #expect(try program.run([host], on: NativeEngine(threads: threads)) == one) }
    try expectAgreement(program, [host], tolerance: tolerance, on: NativeEngine(threads: 1))
  }

  private func numbers(_ sizes: Int...) -> Tensor {
    let count = sizes.reduce(1, *)
    let scalars = (0..<count).map { (index: Int) -> Double in 0.5 + Double((index * 7919) % 1013) / 1013 }
    return Tensor(scalars).reshaped(sizes)
  }

  @Test func elements() throws {
    try compare({ x in [sin(x) * x + 1] }, numbers(200_003))
    try compare({ x in [x[1...] * x[..<(-1)]] }, numbers(700_001))
    try compare({ x in [x.transposed() + exp(x[0, 0])] }, numbers(700, 800))
  }

  @Test func sums() throws {
    let rosenbrock: (Tensor) -> Tensor = { x in
      (100 * square(x[1...] - square(x[..<(-1)])) + square(1 - x[..<(-1)])).sum()
    }
    try compare(
      { x in
        let (value, gradient) = valueAndGrad(rosenbrock)(x)
        return [value, gradient]
      }, numbers(500_017))
    try compare({ x in [x.sum(), (x * x).sum(), x.max(), exp(x)] }, numbers(600_011))
    try compare({ x in [(x[1..., ..<(-1)] * x[..<(-1), 1...]).sum()] }, numbers(900, 801))
  }

  @Test func rows() throws {
    try compare({ x in [x.sum(axes: [1]), x.sum(axes: [0]), x.max(axes: [1])] }, numbers(900, 801))
    try compare({ x in [matmul(x, x[0])] }, numbers(700, 700))
    try compare({ x in [x.softmax(axis: -1)] }, numbers(1000, 300))
  }

  /// Failures in any block are seen.
  @Test func failures() throws {
    let program = program(of: { x in x.asType(.int32) }, at: numbers(600_000))
    var scalars = [Double](repeating: 1, count: 600_000)
    _ = try program.run([try HostTensor([600_000], scalars)], on: NativeEngine(threads: 2))
    for place in [3, 599_999] {
      scalars[place] = 1e300
      #expect(throws: TensorError.self) {
        try program.run([try HostTensor([600_000], scalars)], on: NativeEngine(threads: 2))
      }
      scalars[place] = 1
    }
  }
}
