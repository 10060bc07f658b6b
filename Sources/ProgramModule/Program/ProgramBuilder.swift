/// Makes a program by hand, one equation at a time; each is checked as it is added.
///
/// ```swift
/// var builder = ProgramBuilder(name: "f")
/// let x = builder.input(TensorType(.float64, [2]))
/// let y = try builder.add(Sin(), [x])[0]
/// let program = try builder.finish([y])
/// ```
public struct ProgramBuilder {
  /// A value in the program that is being made.
  public struct Variable: Hashable, Sendable {
    fileprivate let builder: UInt64
    fileprivate let index: Int32
  }

  private var program: Program
  private let id = ThreadState.nextTraceID()

  /// A builder of a program with a name for people.
  public init(name: String) { program = Program(name: name) }

  /// A new input, after the ones that there are.
  public mutating func input(_ type: TensorType) -> Variable {
    let variable = define(type)
    program.inputs.append(variable.index)
    return variable
  }

  /// A value that is part of the program.
  public mutating func constant(_ value: HostTensor) -> Variable {
    let variable = define(value.type)
    program.constants.append(Program.Constant(variable: variable.index, value: value))
    return variable
  }

  /// Adds a step.
  ///
  /// - Parameter location: where it comes from, such as `Model.swift:12`.
  /// - Returns: one variable per result.
  /// - Throws: an error when the primitive cannot take operands of these types, or when an operand is not a variable of
  ///   this builder.
  @discardableResult
  public mutating func add(
    _ primitive: any Primitive, _ operands: [Variable], location: String? = nil
  ) throws(TensorError) -> [Variable] {
    for operand in operands { try check(operand, Swift.type(of: primitive).name) }
    let types = try primitive.resultTypes(of: operands.map { program.types[Int($0.index)] })
    program.equations.append(
      Equation(
        primitive, firstOperand: program.operandTable.count, operandCount: operands.count,
        firstResult: program.types.count, resultCount: types.count))
    program.operandTable.append(contentsOf: operands.map(\.index))
    program.setPlace(location.map { .text($0) }, of: program.equations.count - 1)
    return types.map { define($0) }
  }

  /// The type of a variable.
  ///
  /// - Throws: an error when it is not a variable of this builder.
  public func type(of variable: Variable) throws(TensorError) -> TensorType {
    try check(variable, "builder")
    return program.types[Int(variable.index)]
  }

  // Mutating, so that `builder.finish(try builder.add(...))` sees the equation that its argument adds.
  /// The program with the given results; a variable may be named several times, and may be an input.
  ///
  /// - Throws: an error when a result is not a variable of this builder.
  public mutating func finish(_ outputs: [Variable]) throws(TensorError) -> Program {
    for output in outputs { try check(output, "finish") }
    var finished = program
    finished.outputs = outputs.map(\.index)
    return finished
  }

  private mutating func define(_ type: TensorType) -> Variable {
    program.types.append(type)
    return Variable(builder: id, index: Int32(truncatingIfNeeded: program.types.count - 1))
  }

  private func check(_ variable: Variable, _ operation: String) throws(TensorError) {
    guard variable.builder == id, program.types.indices.contains(Int(variable.index)) else {
      throw TensorError(
        .program, operation, "an operand is a variable of another builder than that of program \(program.name)",
        hint: "use the variables that this builder's input, constant and add returned")
    }
  }
}
