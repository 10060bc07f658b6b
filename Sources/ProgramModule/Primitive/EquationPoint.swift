/// The values of one equation: what a derivative rule may look at.
///
/// It is for the rule that it is given to, and for the linear maps that this makes. Kept longer it does no harm to memory,
/// but what it says then is of no meaning: recordings are used again for others.
public struct EquationPoint {
  private let tape: Tape
  private let firstOperand: Int32
  private let firstResult: Int32
  private let count: Int32
  /// The number of results.
  let resultCount: Int

  package init(_ tape: borrowing Tape, _ equation: borrowing Equation) {
    self.tape = copy tape
    firstOperand = equation.firstOperand
    firstResult = equation.firstResult
    count = equation.operandCount
    resultCount = Int(equation.resultCount)
  }

  /// The value of an operand.
  public func operand(_ index: Int) -> Tensor {
    tape.values[Int(tape.operandTable[Int(firstOperand) &+ index])]
  }

  /// The value of a result.
  public func result(_ index: Int = 0) -> Tensor {
    tape.values[Int(firstResult) &+ index]
  }

  /// The number of operands.
  public var operandCount: Int { Int(count) }

  /// The type of an operand, also where its value is not known (it is the linear one).
  public func operandType(_ index: Int) -> TensorType {
    tape.type(of: tape.operandTable[Int(firstOperand) &+ index])
  }

  /// The type of a result.
  public func resultType(_ index: Int = 0) -> TensorType {
    tape.type(of: firstResult + Int32(index))
  }
}
