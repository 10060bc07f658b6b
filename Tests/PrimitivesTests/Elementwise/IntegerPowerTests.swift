import Jacobi
import Testing

@Suite struct IntegerPowerTests {
  /// n x^(n-1) with n = -2^63: below no exponent is an integer, and none may wrap around to a large positive one.
  @Test func theLowestExponent() {
    let slope = grad { $0 ** Int.min }
    #expect(Double(slope(1)) == -0x1p63)
    #expect(Double(slope(2)) == 0)
    #expect(Double(slope(0.5)) == -.infinity)
    // n (n - 1) x^(n-2) at 1.
    #expect(Double(grad(slope)(1)) == 0x1p126)
    // (1 + ε)^n = exp(n log(1 + ε)): with ε = 2^-52 and n = -2^63 that is exp(-2048), less than any positive number.
    #expect(Double(slope(Tensor(1 + 0x1p-52))) == 0)
    #expect(jvp({ $0 ** Int.min }, at: Tensor(Float(1)), along: Tensor(Float(1))).tangent.dtype == .float32)
  }

  @Test func theLowestExponentButOne() {
    #expect(Double(grad { $0 ** (Int.min + 1) }(1)) == -0x1p63)
    #expect(Double(grad { $0 ** (Int.min + 1) }(2)) == 0)
    // Of complex numbers 1 - n is no integer, too.
    let slope = vjp({ $0 ** (Int.min + 1) }, at: complex(1, 0)).pullback(complex(1, 0))
    #expect(Double(realPart(slope)) == -0x1p63)
  }
}
