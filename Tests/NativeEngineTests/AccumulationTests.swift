import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Gradients of functions that read a tensor element by element, or part by part.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct AccumulationTests {
  private func compare(_ f: @escaping (Tensor) -> Tensor, _ x: Tensor) throws {
    try expectAgreement({ [f($0[0])] }, at: [x])
  }

  @Test(arguments: [20, 100])
  func elements(_ count: Int) throws {
    let x = Tensor((0..<count).map { Double($0 % 7) + 1 })
    try compare(grad { x in (0..<(count - 1)).reduce(Tensor(0.0)) { $0 + x[$1] * log(x[$1 + 1]) } }, x)
    try compare(grad { x in (0..<(count - 1)).reduce(x.sum()) { $0 + x[$1] * log(x[$1 + 1]) } }, x)
  }

  @Test func rowsAndColumns() throws {
    let x = Tensor((0..<240).map { Double($0 % 7) + 1 }).reshaped(12, 20)
    try compare(
      grad { x in (0..<12).reduce(Tensor(0.0)) { $0 + (x[$1] * x[..., $1]).sum() * x[$1, $1] } },
      Tensor((0..<144).map { Double($0 % 7) + 1 }).reshaped(12, 12))
    try compare(
      grad { x in
        (0..<10).reduce(Tensor(0.0)) { $0 + square(x[.strided(from: $1, to: 12, by: 3), $1..<($1 + 2)]).sum() }
      }, x)
    try compare(grad { x in (0..<12).reduce(square(x).sum()) { $0 + exp(x[$1, 3] / 10) } + x[0...].sum() }, x)
  }

  @Test func emptyParts() throws {
    let x = Tensor((0..<20).map { Double($0 % 7) + 1 })
    try compare(grad { x in (0..<20).reduce(Tensor(0.0)) { $0 + square(x[$1..<$1]).sum() + x[$1] * x[$1] } }, x)
  }
}
