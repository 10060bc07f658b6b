import Jacobi

/// How far two derivatives may differ, relative to their size.
public struct GradientTolerance: Hashable, Sendable {
  /// Between a derivative and finite differences.
  public var differences: Double
  /// Between the two sides of the adjoint identity, which are both exact up to rounding.
  public var adjoint: Double

  /// A tolerance.
  public init(differences: Double, adjoint: Double) {
    self.differences = differences
    self.adjoint = adjoint
  }

  /// What is usual for an element type: 1e-7 and 1e-10 for double precision, 2e-3 and 1e-4 for single precision.
  public init(for dtype: DType) {
    self = dtype.realPart == .float32 ? .singlePrecision : .doublePrecision
  }

  /// The tolerance for float64 and complex128.
  public static let doublePrecision = GradientTolerance(differences: 1e-7, adjoint: 1e-10)
  /// The tolerance for float32 and complex64.
  public static let singlePrecision = GradientTolerance(differences: 2e-3, adjoint: 1e-4)

  /// What is usual for the least precise of some tensors.
  static func usual(for tensors: [Tensor]) -> GradientTolerance {
    tensors.contains { $0.dtype.realPart == .float32 } ? .singlePrecision : .doublePrecision
  }
}

extension GradientTolerance: ExpressibleByFloatLiteral {
  /// One number for both.
  public init(floatLiteral value: Double) { self.init(differences: value, adjoint: value) }
}
