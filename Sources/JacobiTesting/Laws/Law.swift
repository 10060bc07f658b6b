import Jacobi

/// Something that holds for every primitive.
///
/// A law is checked on samples: a primitive with its parameters, the shapes of its operands, and an element type.
public protocol Law: Sendable {
  /// A short name, such as `adjoint identity`.
  static var name: String { get }

  /// Checks the law for one primitive with drawn operands.
  ///
  /// - Throws: ``LawViolation`` where it does not hold; also any error that the primitive reports.
  func check(_ subject: inout LawSubject) throws
}

extension Law {
  /// A short name, such as `adjoint identity`.
  public var name: String { Self.name }
}

/// What a law found wrong with a primitive, with everything needed to repeat it.
public struct LawViolation: Error, Hashable, Sendable {
  /// The name of the law.
  public var law: String
  /// The primitive with its parameters.
  public var primitive: String
  /// The shapes and the element type of the operands.
  public var operands: String
  /// What is wrong, with the numbers.
  public var message: String
  /// The seed of the random numbers.
  public var seed: UInt64
}

extension LawViolation: CustomStringConvertible {
  /// Such as `law "adjoint identity" fails for Exp() of (float64[2, 3]): ...`.
  public var description: String { "law \"\(law)\" fails for \(primitive) of \(operands), seed \(seed):\n  \(message)" }
}

/// All laws.
public enum Laws {
  /// Every law, from what the later ones rely on to what relies on the earlier ones.
  public static var all: [any Law] {
    [
      ResultTypesLaw(), EvaluationLaw(), ElementTypesLaw(), OperandsLaw(), SampleShapesLaw(), TraitsLaw(),
      LinearityLaw(),
      DifferencesLaw(), ReuseLaw(), AdjointLaw(), DoubleTransposeLaw(), BatchingLaw(), BatchedForwardLaw(),
      BatchedReverseLaw(), SecondOrderLaw(), EdgesLaw(), StrongZerosLaw(), ExpressionLaw(), FailureLaw(), UnchosenLaw(),
      ProgramLaw(), TextLaw(),
    ]
  }
}
