import Jacobi
import Numerics
import Testing

/// The error that a closure makes.
func errorOf(_ body: () -> Tensor) -> TensorError? {
  do {
    _ = try catchingTensorErrors(body)
    return nil
  } catch {
    return error as? TensorError
  }
}

@Suite("Element types of elementwise functions")
struct DTypeTests {
  @Test("float32 stays float32, with its derivatives")
  func float32Stays() {
    let x = Tensor([Float(0.25), 0.5])
    for (name, function) in unaryFunctions where name != "acosh" {
      #expect(function(x).dtype == .float32, "\(name)")
      #expect(grad { function($0).sum() }(x).dtype == .float32, "\(name)")
      #expect(jvp(function, at: x, along: x).tangent.dtype == .float32, "\(name)")
    }
    for (name, function) in binaryFunctions {
      #expect(grad { function($0, x).sum() }(x).dtype == .float32, "\(name)")
      #expect(grad { function(x, $0).sum() }(x).dtype == .float32, "\(name)")
    }
    let kinked: [(Tensor) -> Tensor] = [
      { abs($0) }, { sign($0) }, { floor($0) }, { ceil($0) }, { round($0) }, { relu($0) }, { max($0, 0.3) },
      { min(0.3, $0) }, { $0.clipped(to: 0...0.3) }, { $0 ** 3 }, { $0 ** 1.5 }, { 2.5 ** $0 }, { $0 ** -2 },
      { `where`($0 .> 0.3, $0, 1) }, { $0 + 1.5 }, { 2 - $0 }, { 3 * $0 }, { $0 / 7 }, { 1 / $0 }, { pow($0, 0.1) },
      { max($0, Double(0.1)) }, { $0 * Float(0.1) }, { $0 * Int(3) }, { $0 * Int64(3) - Int32(2) },
      { abs(complex($0, 2 * $0)) }, { phase(complex($0, 1)) }, { realPart(complex($0, $0) ** 2) },
      { imaginaryPart(exp(complex($0, $0))) }, { atan2($0, 0.5) }, { hypot(0.5, $0) },
    ]
    for (index, function) in kinked.enumerated() {
      #expect(function(x).dtype == .float32, "function \(index)")
      #expect(grad { function($0).sum() }(x).dtype == .float32, "function \(index)")
    }
  }

  @Test("integers stay integers, and a fraction beside them is an error")
  func integers() {
    let x = Tensor([Int32(-3), 4])
    #expect((x + 2).scalars(as: Int32.self) == [-1, 6])
    #expect((2 * x - Int(1)).scalars(as: Int32.self) == [-7, 7])
    #expect((x ** 3).scalars(as: Int32.self) == [-27, 64])
    #expect(square(x).scalars(as: Int32.self) == [9, 16])
    #expect(abs(x).scalars(as: Int32.self) == [3, 4])
    #expect(sign(x).scalars(as: Int32.self) == [-1, 1])
    #expect(max(x, 0).scalars(as: Int32.self) == [0, 4])
    #expect(relu(x).scalars(as: Int32.self) == [0, 4])
    #expect(x.clipped(to: -2...2).scalars(as: Int32.self) == [-2, 2])
    #expect((Tensor(Int64.max) + Int64.max).scalars(as: Int64.self) == [-2])
    #expect((Tensor(Int64.max) .== Int.max).scalars(as: Bool.self) == [true])
    let fraction = errorOf { x + 2.5 }
    #expect(fraction?.kind == .dtype)
    #expect(fraction?.message == "2.5 is not a value of type int32")
    #expect(fraction?.hint?.contains("asType(.float64)") == true)
    #expect(errorOf { x ** -1 }?.message == "int32 to the power of -1 is not an integer")
    #expect(errorOf { sin(x) }?.message == "is not defined for int32")
    #expect((x / 2).scalars(as: Int32.self) == [-1, 2])
    #expect(errorOf { x / 2.5 }?.kind == .dtype)
  }

  @Test("mixing element types is an error that names both and the conversion")
  func mixing() {
    let error = errorOf { Tensor([Float(1), 2]) * Tensor([1.0, 2]).settledCopy }
    #expect(error?.operation == "multiply")
    #expect(error?.message == "cannot mix float32[2] and float64[2]")
    #expect(error?.hint == "convert one of them: x.asType(.float64) or y.asType(.float32)")
    #expect(errorOf { Tensor([1.0, 2]) + Tensor([true, false]) }?.message == "cannot mix float64[2] and bool[2]")
    #expect(errorOf { Tensor.where(Tensor([1.0, 2]), 1, 2) }?.message.contains("must be bool") == true)
    #expect(errorOf { Tensor([1.0]) .& Tensor([2.0]) }?.message == "is not defined for float64")
    #expect(errorOf { Tensor([1.0]) * Complex<Double>.i }?.kind == .dtype)
    #expect(errorOf { complex(1, 2) .< complex(2, 3) }?.message == "is not defined for complex128")
  }

  @Test("Swift numbers of every type stand for the same literal")
  func swiftNumbers() {
    let (two, three) = (Tensor(2), Tensor(3))
    #expect(Double(two * Float(3)) == 6)
    #expect(Double(Float(3) ** two) == 9)
    #expect(Double(three ** Int32(2)) == 9)
    #expect(Double(Int64(1) / two) == 0.5)
    #expect(abs(two * Complex<Double>.i).dtype == .float64)
    #expect((two .< Int(3)).scalars(as: Bool.self) == [true])
    #expect((Float(3) .<= two).scalars(as: Bool.self) == [false])
  }
}

extension Tensor {
  /// The same numbers, no literal.
  fileprivate var settledCopy: Tensor { Tensor(scalars(as: Double.self)) }
}
