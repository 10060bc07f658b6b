import Jacobi
import JacobiTesting
import Testing

/// A bilinear primitive has a product in which zeros absorb without a line about it.
@Suite struct OwnBilinearPrimitiveTests {
  @Test func itPassesAllLaws() {
    let report = checkLaws(of: [Convolution.self, ZeroAbsorbing<Convolution>.self])
    #expect(report.isPassed, "\(report)")
  }

  @Test func zerosAbsorbWhatIsNotFinite() {
    let product = ZeroAbsorbing(Convolution(kind: .full))
    let y = product.bind([0, 2, 3], [.init(Double.infinity), 5])
    #expect(y.scalars(as: Double.self).description == "[0.0, inf, inf, 15.0]")
    let nan = product.bind([0, 0, 3], [.init(Double.nan), 5])
    #expect(nan.scalars(as: Double.self).description == "[0.0, 0.0, nan, 15.0]")
  }

  /// What was not chosen has a cotangent of zero, also where the other factor is infinite.
  @Test func gradientsBehindAChoice() {
    func loss(_ x: Tensor) -> Tensor {
      let y = Convolution(kind: .full).bind(x, [.init(Double.infinity), 5])
      return Tensor.where(Tensor([false, false, false, true]), y, 0).sum()
    }
    #expect(grad(loss)([1, 2, 3]).scalars(as: Double.self) == [0, 0, 5])
  }
}
