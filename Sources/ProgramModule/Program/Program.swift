/// A computation as a list of equations, each variable defined once and before its use, each with its type.
///
/// Invariants, checked by ``verify()``: variables are numbered from 0; each is an input, a constant, or a result of one
/// equation; operands are defined before they are used; types are what the primitives say.
public struct Program: Sendable {
  /// A name for people, such as that of the function.
  public var name: String
  /// The type of each variable.
  package var types: [TensorType]
  /// The variables that the caller gives.
  package var inputs: [Int32]
  /// The variables whose value is part of the program.
  package var constants: [Constant]
  /// The steps, in the order of evaluation.
  public package(set) var equations: [Equation]
  /// The operands of all equations; each equation has a range of it.
  package var operandTable: [Int32]
  /// The variables that are the results; one may be named several times, and may be an input.
  package var outputs: [Int32]
  /// Where in the user's source each equation comes from, as far as that was recorded; shorter than the equations where it
  /// was not recorded of the last ones.
  package var places: [SourcePlace?] = []

  /// A variable with a value.
  package struct Constant: Hashable, Sendable {
    package var variable: Int32
    package var value: HostTensor

    package init(variable: Int32, value: HostTensor) {
      self.variable = variable
      self.value = value
    }
  }

  /// A program without variables.
  package init(name: String) {
    self.name = name
    types = []
    inputs = []
    constants = []
    equations = []
    operandTable = []
    outputs = []
  }
}

extension Program {
  /// The types of the inputs.
  public var inputTypes: [TensorType] { inputs.map { types[Int($0)] } }

  /// The types of the outputs.
  public var outputTypes: [TensorType] { outputs.map { types[Int($0)] } }

  /// The number of variables.
  public var variableCount: Int { types.count }

  /// Where in the user's source an equation comes from, such as `Model.swift:12`, when that was recorded.
  public func location(of equation: Int) -> String? {
    if case .text(let text)? = place(of: equation) { text } else { nil }
  }

  /// Where an equation comes from, as far as that is known. Of operations that can fail it is, without being asked for.
  package func place(of equation: Int) -> SourcePlace? {
    places.indices.contains(equation) ? places[equation] : nil
  }

  /// Notes where an equation comes from.
  package mutating func setPlace(_ place: SourcePlace?, of equation: Int) {
    if place == nil && places.count <= equation { return }
    while places.count <= equation { places.append(nil) }
    places[equation] = place
  }

  /// The variables that an equation uses.
  package func operands(of equation: Equation) -> ArraySlice<Int32> { operandTable[equation.operandRange] }
}

// MARK: - Equality

extension Program: Hashable {
  /// Whether both have the same variables, equations and constants. Names and places in the source do not
  /// count.
  public static func == (a: Program, b: Program) -> Bool {
    a.types == b.types && a.inputs == b.inputs && a.constants == b.constants && a.outputs == b.outputs
      && a.operandTable == b.operandTable && a.equations == b.equations
  }

  /// Hashes what `==` compares, but for the constants' values.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(types)
    hasher.combine(inputs)
    hasher.combine(outputs)
    hasher.combine(operandTable)
    for equation in equations { hasher.combine(equation.primitive) }
  }
}

extension Equation: Hashable {
  /// Whether both apply the same primitive, with the same parameters, to the same variables.
  public static func == (a: Equation, b: Equation) -> Bool {
    a.firstOperand == b.firstOperand && a.operandCount == b.operandCount && a.firstResult == b.firstResult
      && a.resultCount == b.resultCount && a.primitive.isEqual(to: b.primitive)
  }

  /// Hashes the primitive and the place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(primitive)
    hasher.combine(firstOperand)
    hasher.combine(firstResult)
  }
}

extension Primitive {
  /// Whether another primitive is of this type with equal parameters.
  package func isEqual(to other: any Primitive) -> Bool { (other as? Self) == self }
}
