/// The values of one equation: what a derivative rule may look at.
public struct EquationPoint {
  unowned(unsafe) let tape: Tape
  let equation: Equation

  package init(_ tape: Tape, _ equation: Equation) {
    self.tape = tape
    self.equation = equation
  }

  /// The value of an operand.
  public func operand(_ index: Int) -> Tensor {
    tape.values[Int(tape.operandTable[Int(equation.firstOperand) + index])]
  }

  /// The value of a result.
  public func result(_ index: Int = 0) -> Tensor { tape.values[Int(equation.firstResult) + index] }

  /// The number of operands.
  public var operandCount: Int { Int(equation.operandCount) }

  /// The type of an operand, also where its value is not known (it is the linear one).
  public func operandType(_ index: Int) -> TensorType {
    tape.type(of: tape.operandTable[Int(equation.firstOperand) + index])
  }

  /// The type of a result.
  public func resultType(_ index: Int = 0) -> TensorType { tape.type(of: equation.firstResult + Int32(index)) }
}
