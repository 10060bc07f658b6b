import Jacobi
import TestSupport
import Testing

/// Seven ways to one Hessian agree, and agree with the closed form.
@Suite struct SevenHessiansTests {
  /// f(x) = log(x0) + x0 x1 - sin(x1): its Hessian is [[-1/x0^2, 1], [1, sin(x1)]].
  static let point: Tensor = [2, 5]
  static let expected = Tensor([[-0.25, 1], [1, -0.9589242746631385]])

  static func byForward(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
    { x in jacobian(f, mode: .forward)(x) }
  }
  static func byReverse(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
    { x in jacobian(f, mode: .reverse)(x) }
  }
  static func hvps(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
    { x in vmap { v in hvp(f, at: x, along: v) }(Tensor([[1.0, 0.0], [0.0, 1.0]])) }
  }
  static func reverseOverForward(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
    { x in
      vmap { v in grad { x in jvp(f, at: x, along: v).tangent }(x) }(Tensor([[1.0, 0.0], [0.0, 1.0]]))
    }
  }

  @Test func agree() {
    expectClose(hessian(talk)(Self.point), Self.expected)
    expectClose(Self.byForward(Self.byForward(talk))(Self.point), Self.expected)
    expectClose(Self.byForward(Self.byReverse(talk))(Self.point), Self.expected)
    expectClose(Self.byReverse(Self.byForward(talk))(Self.point), Self.expected)
    expectClose(Self.byReverse(Self.byReverse(talk))(Self.point), Self.expected)
    expectClose(Self.hvps(talk)(Self.point), Self.expected)
    expectClose(Self.reverseOverForward(talk)(Self.point), Self.expected)
  }
}
