/// An instance of a primitive with operands for the laws: shapes, and the domain to draw the numbers from.
public struct PrimitiveSample: Sendable {
  /// The primitive, with its parameters.
  public var primitive: any Primitive
  /// The operands.
  public var operands: [OperandSample]
  /// The element types that the free operands can take; with every other type the primitive must refuse them.
  public var dtypes: [DType]

  /// A sample.
  public init(_ primitive: any Primitive, _ operands: [OperandSample], dtypes: [DType]) {
    self.primitive = primitive
    self.operands = operands
    self.dtypes = dtypes
  }
}

/// The shape and the numbers of one operand of a sample.
public struct OperandSample: Sendable {
  /// What numbers to draw.
  public enum Domain: Hashable, Sendable {
    /// Real numbers between -2 and 2, away from 0 and from each other: differentiable everywhere.
    case any
    /// Between 0.5 and 2.
    case positive
    /// Between 0.1 and 0.9, away from 0.5.
    case probability
    /// Between -0.9 and 0.9.
    case unit
    /// Between 1.5 and 3.
    case aboveOne
    /// Between -0.3 and -0.05.
    case negative
    /// Integers from 0 up to a limit, for indices.
    case indices(below: Int)
    /// `true` and `false`.
    case flags
    /// Hermitian positive definite matrices in the last two axes.
    case positiveDefinite
    /// Matrices in the last two axes whose triangles are far from singular.
    case wellConditioned
    /// Matrices in the last two axes that are far from singular once their rows are exchanged.
    case invertible
    /// Matrices in the last two axes with different large numbers on the diagonal: their eigenvalues and singular values are far
    /// from each other.
    case separated
  }

  /// The shape.
  public var shape: Shape
  /// What numbers to draw.
  public var domain: Domain
  /// The element type, or `nil` for the type that the sample is run with.
  public var dtype: DType?
  /// The operand as a function of those before it, where it is computed from them, such as the factors of a matrix beside the
  /// matrix; it is not differentiated by.
  public var derived: (@Sendable ([Tensor]) -> Tensor)?

  /// An operand.
  public init(_ shape: Shape, _ domain: Domain = .any, dtype: DType? = nil) {
    self.shape = shape
    self.domain = domain
    self.dtype = dtype
  }

  /// An operand that is computed from those before it.
  public init(_ shape: Shape, dtype: DType? = nil, derived: @escaping @Sendable ([Tensor]) -> Tensor) {
    self.init(shape, dtype: dtype)
    self.derived = derived
  }
}
