/// One step of a program: results = primitive(operands).
///
/// Operands stand in the program's operand table, results are consecutive variables; so an equation has a fixed size
/// and recording one allocates nothing of its own.
public struct Equation: Sendable {
  /// What is computed.
  public let primitive: any Primitive
  @usableFromInline package let firstOperand: Int32
  @usableFromInline package let operandCount: Int32
  @usableFromInline package let firstResult: Int32
  @usableFromInline package let resultCount: Int32

  @inlinable
  package init(_ primitive: any Primitive, firstOperand: Int, operandCount: Int, firstResult: Int, resultCount: Int) {
    self.primitive = primitive
    self.firstOperand = Int32(truncatingIfNeeded: firstOperand)
    self.operandCount = Int32(truncatingIfNeeded: operandCount)
    self.firstResult = Int32(truncatingIfNeeded: firstResult)
    self.resultCount = Int32(truncatingIfNeeded: resultCount)
  }

  /// The positions of the operands in the operand table.
  package var operandRange: Range<Int> { Int(firstOperand)..<Int(firstOperand + operandCount) }

  /// The variables that are defined.
  package var results: Range<Int> { Int(firstResult)..<Int(firstResult + resultCount) }
}
