import Jacobi
import Numerics
import TestSupport
import Testing

/// Reading and writing a large tensor part by part has a gradient in time proportional to what is read and written, and
/// cotangents that share memory stay apart.
@Suite struct InPlaceCotangentTests {
  private static let size = 300

  private func matrix(_ dtype: DType) -> Tensor {
    let count = Self.size * Self.size
    return Tensor((0..<count).map { Double($0 % 97) }).reshaped(Self.size, Self.size).asType(dtype)
  }

  @Test(.timeLimit(.minutes(1)), arguments: [DType.float64, .float32, .complex128, .complex64])
  func matrixElementByElement(_ dtype: DType) {
    let x = matrix(dtype)
    let gradient = grad { (x: Tensor) in
      var total = Tensor.zeros([], dtype: dtype)
      for i in 0..<Self.size {
        for j in 0..<Self.size { total = total + x[i, j] * x[i, j] }
      }
      return realPart(total)
    }(x)
    let expected = (2 * matrix(.float64)).scalars(as: Double.self)
    #expect(realPart(gradient).asType(.float64).scalars(as: Double.self) == expected)
  }

  @Test(.timeLimit(.minutes(1)), arguments: [DType.float64, .float32])
  func matrixRowByRow(_ dtype: DType) {
    let x = matrix(dtype)
    let gradient = grad { (x: Tensor) in
      var total = Tensor.zeros([], dtype: dtype)
      for _ in 0..<20 {
        for i in 0..<Self.size { total = total + x[i].sum() + x[i, 1...].sum() + x[..., i][0] }
      }
      return total
    }(x)
    let expected = (0..<(Self.size * Self.size)).map { index -> Double in
      let (i, j) = (index / Self.size, index % Self.size)
      return 20 * (1 + (j > 0 ? 1 : 0) + (i == 0 ? 1 : 0))
    }
    #expect(gradient.asType(.float64).scalars(as: Double.self) == expected)
  }

  @Test(.timeLimit(.minutes(1))) func vectorWrittenElementByElement() {
    let n = 4000
    let x = Tensor((0..<n).map { Double($0) })
    let gradient = grad { (x: Tensor) in
      var y = x
      for i in 0..<n { y[i] = x[i] * x[i] }
      return (y * y).sum()
    }(x)
    let expected = (0..<n).map { 4 * Double($0 * $0 * $0) }
    #expect(gradient.scalars(as: Double.self) == expected)
  }

  /// Two variables have one cotangent, in the same memory; adding to one must not change the other.
  @Test func sharedCotangents() {
    let gradients = grad { (xy: [Tensor]) -> Tensor in
      let (x, y) = (xy[0], xy[1])
      let sum = x + y
      return (sum * [1, 2, 3]).sum() + 10 * x[0] + 100 * x[1...].sum() + 1000 * y[2]
    }
    let d = gradients([[1, 2, 3], [4, 5, 6]])
    #expect(d[0].scalars(as: Double.self) == [11, 102, 103])
    #expect(d[1].scalars(as: Double.self) == [1, 2, 1003])
  }

  /// The cotangent that the caller gave, and one that a variable shares with another, are not written over.
  @Test func cotangentsThatAreNotToBeOverwritten() {
    let ct: Tensor = [1, 2, 3]
    let (_, pullback) = vjp(
      { (x: Tensor) -> Tensor in
        var y = x
        y[1] = 7
        return y
      }, at: [1, 2, 3])
    #expect(pullback(ct).scalars(as: Double.self) == [1, 0, 3])
    #expect(pullback(ct).scalars(as: Double.self) == [1, 0, 3])
    #expect(ct.scalars(as: Double.self) == [1, 2, 3])
    let gradient = grad { (x: Tensor) -> Tensor in
      var y = x
      y[0] = x[1] * x[2]
      let both = x + y
      y[1] = both[0]
      return (both * [1, 2, 3]).sum() + (y * [10, 20, 30]).sum()
    }([1, 2, 3])
    // both = [x0 + x1 x2, 2 x1, 2 x2], y = [x1 x2, x0 + x1 x2, x2]
    #expect(gradient.scalars(as: Double.self) == [21, 97, 98])
  }

  @Test func secondDerivatives() {
    let f = { (x: Tensor) -> Tensor in
      var y = x
      for i in 0..<3 { y[i] = x[i] * x[(i + 1) % 3] }
      return (y * y).sum() * y[0]
    }
    let x: Tensor = [1, 2, 3]
    expectClose(jacobian(grad(f), mode: .reverse)(x), jacobian(grad(f), mode: .forward)(x))
  }
}
