import Jacobi
import Numerics
import Testing

@Suite("Conversions, and complex parts")
struct ConversionTests {
  @Test("every pair of element types that has a conversion keeps small whole numbers")
  func allPairs() {
    let flags = Tensor([true, false])
    for source in DType.allCases {
      for target in DType.allCases {
        let x = flags.asType(source)
        if source.isComplex && !target.isComplex && target != .bool {
          let error = errorOf { x.asType(target) }
          #expect(error?.kind == .dtype)
          #expect(error?.hint?.contains("realPart") == true)
          continue
        }
        let y = x.asType(target)
        #expect(y.dtype == target)
        #expect(y.asType(.bool).scalars(as: Bool.self) == [true, false], "\(source) to \(target)")
      }
    }
  }

  @Test("conversion to integers truncates toward zero and refuses what is out of range")
  func integers() {
    #expect(Tensor([2.9, -2.9, 0.5]).asType(.int32).scalars(as: Int32.self) == [2, -2, 0])
    #expect(Tensor([Float(1e9)]).asType(.int64).scalars(as: Int64.self) == [1_000_000_000])
    for (value, target, message) in [
      (Double.nan, DType.int32, "nan is not in the range of int32"), (3e9, .int32, "3000000000.0 is not"),
      (.infinity, .int64, "inf is not"), (9.3e18, .int64, "9.3e+18 is not"), (-2147483649, .int32, "-2147483649.0 is"),
    ] {
      let error = errorOf { Tensor([1.0, value]).asType(target) }
      #expect(error?.kind == .value)
      #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "no error")")
    }
    #expect(errorOf { Tensor(Int64(1) << 40).asType(.int32) }?.kind == .value)
    #expect(Tensor([0.5, 0, .nan]).asType(.bool).scalars(as: Bool.self) == [true, false, true])
  }

  @Test("conversions between floating-point types are differentiable, others are constants")
  func derivatives() {
    let x = Tensor([1.5, -2])
    let weights = Tensor([Float(2), 3])
    #expect(grad { ($0.asType(.float32) * weights).sum().asType(.float64) }(x).scalars(as: Double.self) == [2, 3])
    #expect(grad { realPart($0.asType(.complex64) ** 2).sum() }(x).scalars(as: Double.self) == [3, -4])
    #expect(grad { ($0 * $0.asType(.int64).asType(.float64)).sum() }(x).scalars(as: Double.self) == [1, -2])
    #expect(grad { ($0 * ($0 .> 0).asType(.float64)).sum() }(x).scalars(as: Double.self) == [1, 0])
  }

  @Test("complex parts and their adjoints")
  func parts() {
    let z = complex([1, -2], [3, 0.5])
    #expect(z.dtype == .complex128)
    #expect(realPart(z).scalars(as: Double.self) == [1, -2])
    #expect(imaginaryPart(z).scalars(as: Double.self) == [3, 0.5])
    #expect(imaginaryPart(Tensor([1.0, 2])).scalars(as: Double.self) == [0, 0])
    #expect(complex(Tensor(Float(1)), 2).dtype == .complex64)
    // d(re · im) is im by the real part and re by the imaginary part.
    let gradient = grad { (realPart($0) * imaginaryPart($0)).sum() }(z)
    #expect(gradient.scalars(as: Complex<Double>.self) == [Complex(3, 1), Complex(0.5, -2)])
    // |z| points along z.
    let modulus = grad { abs($0).sum() }(complex([3, 0], [4, 0])).scalars(as: Complex<Double>.self)
    #expect(modulus[0].isApproximatelyEqual(to: Complex(0.6, 0.8)))
    #expect(modulus[1] == .zero)
    // By the parts: |a + ib| is hypot(a, b), the angle is atan2.
    let (a, b) = (Tensor(0.6), Tensor(-1.7))
    #expect(Double(grad { abs(complex($0, b)) }(a)) == Double(grad { hypot($0, b) }(a)))
    #expect(
      Double(grad(grad { abs(complex(a, $0)) })(b)).isApproximatelyEqual(to: Double(grad(grad { hypot(a, $0) })(b))))
    #expect(Double(phase(complex(a, b))) == Double(atan2(y: b, x: a)))
    #expect(Double(phase(Tensor(-2.0))) == Double.pi)
  }

  @Test("literals take part in conversions and get a type of their own")
  func literals() {
    let x: Tensor = [1, 2]
    #expect(x.asType(.float32).dtype == .float32)
    #expect(errorOf { x.asType(.float64) + Tensor([Float(1), 2]) }?.kind == .dtype)
  }
}
