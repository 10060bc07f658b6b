import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Complex numbers side by side in vectors.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct ComplexTests {
  private func numbers(_ sizes: [Int], _ dtype: DType, step: Int = 7919) -> Tensor {
    let count = sizes.reduce(1, *)
    func part(_ step: Int) -> Tensor { Tensor((0..<count).map { Double(($0 * step) % 41 - 20) / 8 + 0.01 }) }
    return complex(part(step), part(step + 12)).reshaped(sizes).asType(dtype)
  }

  @Test(arguments: [DType.complex128, .complex64], [[67], [3, 37], [41, 2], [40, 3], [19, 5], [4, 4, 9], [3]])
  func operations(dtype: DType, sizes: [Int]) throws {
    let (x, y) = (numbers(sizes, dtype), numbers(sizes, dtype, step: 104_729))
    let tolerance = dtype == .complex64 ? 1e-4 : 1e-13
    func check(_ f: @escaping ([Tensor]) -> [Tensor]) throws {
      try expectAgreement(f, at: [x, y], tolerance: tolerance)
    }
    try check { [$0[0] + $0[1], $0[0] - $0[1], $0[0] * $0[1], $0[0] / $0[1], -$0[0], conjugate($0[0])] }
    try check {
      [realPart($0[0]), imaginaryPart($0[0]), abs($0[0]), exp($0[0]), log($0[0]), sqrt($0[0]), sin($0[0]) * 2]
    }
    try check { [`where`(realPart($0[0]) .> 0, $0[0], $0[1]), $0[0].transposed() * 2, $0[0][1...] + $0[1][..<(-1)]] }
    try check { [Tensor.concatenated([$0[0], $0[1] * 3]), $0[0].flipped(axes: [0]), $0[0].cumsum(axis: -1)] }
    try check { [$0[0].sum(), $0[0].sum(axis: 0), $0[0].sum(axis: -1), $0[0].prod(axis: -1), ($0[0] * $0[1]).sum()] }
    try check { [einsum("...i,...i->...", $0[0], $0[1]), Tensor.stacked([$0[0], $0[1]], axis: -1) + 1] }
    try check { (x: [Tensor]) in [grad { (z: Tensor) in square(abs(z / x[1] + exp(z))).sum() }(x[0])] }
  }

  /// Where one of several places is not to be computed as the others are, all are right.
  @Test(arguments: [DType.complex128, .complex64]) func specialArguments(dtype: DType) throws {
    let isDouble = dtype == .complex128
    let parts: [Double] =
      [0, -0.0, 1, -2.5, .infinity, -.infinity, .nan]
      + (isDouble
        ? [1e200, -1e-200, 0x1p-1074, 700, -745, 720, 1e308]
        : [1e30, -1e-30, 0x1p-149, 80, -100, 88.5, 0x1p127].map { Double(Float($0)) })
    var reals: [Double] = []
    var imaginaries: [Double] = []
    for real in parts {
      for imaginary in parts {
        reals += [real, 1, 0.5]
        imaginaries += [imaginary, 2, -1]
      }
    }
    let special = complex(Tensor(reals), Tensor(imaginaries)).asType(dtype)
    let plain = numbers([reals.count], dtype)
    for arguments in [[plain, special], [special, plain], [special, special.flipped(axes: [0])]] {
      // Quotients have the same bits.
      try expectAgreement({ [$0[0] / $0[1]] }, at: arguments, tolerance: 0)
    }
    let (expected, actual) = (exp(special), jit { exp($0) }(special))
    for part in [realPart, imaginaryPart] {
      let (a, b) = (try part(actual).hostValue(), try part(expected).hostValue())
      for (a, b) in zip(try Tensor(a).coordinates(), try Tensor(b).coordinates()) {
        let isSame = a == b && a.sign == b.sign || a.isNaN && b.isNaN
        #expect(isSame || abs(a - b) <= abs(b) * (isDouble ? 4e-15 : 2e-6), "\(a), \(b)")
      }
    }
  }

  /// Loops are of vectors, also those of both kinds of numbers.
  @Test func vectors() throws {
    let plan = try NativeEngine().plan(
      of: program(of: { (x: Tensor) in [x * x / 3, abs(x)] as [Tensor] }, at: numbers([1000], .complex128)))
    #expect(plan.pieces.allSatisfy { $0.notes.contains { $0.hasSuffix("places side by side") } }, "\(plan)")
  }
}
