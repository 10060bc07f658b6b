import Numerics
import Primitives

/// Numbers that matrices are factored over.
protocol MatrixScalar: TensorScalar, AlgebraicField {
  /// The type of magnitudes.
  associatedtype RealPart: ComplexPart
  /// The real part.
  var realPart: RealPart { get }
  /// A magnitude that is cheap: of complex numbers the sum of the parts' magnitudes, by which LAPACK chooses pivots.
  var size: RealPart { get }
  /// The complex conjugate; a real number itself.
  var conjugated: Self { get }
  /// The square of the magnitude.
  var squaredSize: RealPart { get }
  /// The product with a real number.
  func scaled(by factor: RealPart) -> Self
  /// A real number.
  init(_ real: RealPart)
}

extension MatrixScalar {
  /// Not a number.
  static var notANumber: Self { Self(RealPart.nan) }
}

extension Double: MatrixScalar {
  @inline(__always) var realPart: Double { self }
  @inline(__always) var size: Double { magnitude }
  @inline(__always) var conjugated: Double { self }
  @inline(__always) var squaredSize: Double { self * self }
  @inline(__always) func scaled(by factor: Double) -> Double { self * factor }
}

extension Float: MatrixScalar {
  @inline(__always) var realPart: Float { self }
  @inline(__always) var size: Float { magnitude }
  @inline(__always) var conjugated: Float { self }
  @inline(__always) var squaredSize: Float { self * self }
  @inline(__always) func scaled(by factor: Float) -> Float { self * factor }
}

extension Complex: MatrixScalar where RealType: ComplexPart & BinaryFloatingPoint {
  typealias RealPart = RealType
  @inline(__always) var realPart: RealType { real }
  @inline(__always) var size: RealType { real.magnitude + imaginary.magnitude }
  @inline(__always) var conjugated: Complex { conjugate }
  @inline(__always) var squaredSize: RealType { real * real + imaginary * imaginary }
  @inline(__always) func scaled(by factor: RealType) -> Complex { Complex(real * factor, imaginary * factor) }
}
