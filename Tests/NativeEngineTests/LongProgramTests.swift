import Jacobi
import NativeEngine
import Testing

/// Programs that are too long for one function.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct LongProgramTests {
  /// Numbers, flags and complex numbers of the first part are read by the last one.
  @Test func scalars() throws {
    let f: (Tensor) -> [Tensor] = { x in
      let (flag, number) = (x .< 0.75, complex(x, 2 * x))
      var y = x * 0.5
      for index in 0..<3000 { y = Tensor.where(y .< 1, y * 1.5 + x, y - Double(index % 3) * 0.25) }
      return [y, flag, number * number, Tensor.where(flag, y, x)]
    }
    let x = 0.625
    try expectAgreement(program(of: f, at: Tensor(x)), [HostTensor(.scalar, [x])], tolerance: 0)
  }

  /// Small tensors and loops, too.
  @Test func vectors() throws {
    let f: (Tensor) -> Tensor = { x in
      var (y, total) = (x, x.sum())
      for _ in 0..<600 {
        y = y * 0.5 + x[0] - total * 0.125
        total = y[1] + y.max()
      }
      return y + total
    }
    try expectAgreement(program(of: f, at: [1, 2, 3]), [HostTensor([3], [1.0, 2.0, 3.0])], tolerance: 0)
  }

  /// What follows one another in one loop is written in order, not one inside the other.
  @Test func longChainsOfVectors() throws {
    let point = Tensor((0..<64).map { Double($0) / 64 })
    let f: (Tensor) -> Tensor = { x in
      var y = x
      for _ in 0..<1500 { y = sin(y) * x + exp(-y) }
      return y
    }
    try expectAgreement(program(of: f, at: point), [point.hostValue()], tolerance: 1e-10)
  }

  /// Numbers that are read again by parts far behind.
  @Test func gradients() throws {
    let f: (Tensor) -> Tensor = { x in
      var y = x
      for _ in 0..<1200 { y = sin(y) * x + y }
      return y
    }
    try expectAgreement(program(of: grad(f), at: Tensor(0.5)), [HostTensor(.scalar, [0.5])], tolerance: 1e-10)
  }
}
