/// The values of one equation: what a derivative rule may look at.
///
/// It does not own the tape, and must not outlive it; it is made and used while a derivative is computed.
public struct EquationPoint {
  private let tape: Unmanaged<Tape>
  private let firstOperand: Int32
  private let firstResult: Int32
  private let count: Int32

  // The tape is borrowed: the caller's reference is not counted.
  package init(_ tape: borrowing Tape, _ equation: borrowing Equation) {
    self.tape = Unmanaged.passUnretained(copy tape)
    firstOperand = equation.firstOperand
    firstResult = equation.firstResult
    count = equation.operandCount
  }

  /// The value of an operand.
  public func operand(_ index: Int) -> Tensor {
    tape._withUnsafeGuaranteedRef { $0.values[Int($0.operandTable[Int(firstOperand) &+ index])] }
  }

  /// The value of a result.
  public func result(_ index: Int = 0) -> Tensor {
    tape._withUnsafeGuaranteedRef { $0.values[Int(firstResult) &+ index] }
  }

  /// The number of operands.
  public var operandCount: Int { Int(count) }

  /// The type of an operand, also where its value is not known (it is the linear one).
  public func operandType(_ index: Int) -> TensorType {
    tape._withUnsafeGuaranteedRef { $0.type(of: $0.operandTable[Int(firstOperand) &+ index]) }
  }

  /// The type of a result.
  public func resultType(_ index: Int = 0) -> TensorType {
    tape._withUnsafeGuaranteedRef { $0.type(of: firstResult + Int32(index)) }
  }
}
