import Engines

/// A program as values and how each is computed, without calls as far as they are worth to be written out.
struct Graph {
  /// A tensor of the program.
  struct Value {
    let type: TensorType
    fileprivate(set) var origin: Origin
    /// Whether it is to be in memory, for what walks along it there.
    let isLaidOut: Bool
    /// What it was in the program.
    fileprivate(set) var primitive: (any Primitive)?

    init(type: TensorType, origin: Origin, isLaidOut: Bool = false, primitive: (any Primitive)? = nil) {
      (self.type, self.origin, self.isLaidOut, self.primitive) = (type, origin, isLaidOut, primitive)
    }
  }

  /// Where a value comes from.
  enum Origin {
    /// The caller gives it.
    case input(Int)
    /// It is part of the program.
    case constant(HostTensor)
    /// A function of other values that has this result alone.
    case pure(Lowering, operands: [Int])
    /// A result of an operation that has to be run as a whole.
    case result(ofOperation: Int, Int)
  }

  /// What has to be run as a whole: loops, branches, calls, and what only the host can do.
  struct Operation {
    let lowering: Lowering
    let operands: [Int]
    var results: [Int]
    /// What the host would evaluate; nothing for what this engine has made.
    let primitive: (any Primitive)?
  }

  /// What happens, in an order in which it can.
  enum Item {
    case value(Int)
    case operation(Int)
  }

  private(set) var values: [Value] = []
  private(set) var operations: [Operation] = []
  var items: [Item] = []
  private(set) var outputs: [Int] = []
  let inputTypes: [TensorType]
  /// How many equations may still be written out in place of a call.
  private var budget = Graph.largestInlining

  /// A graph has at most so many equations that come from calls that are written out.
  private static var largestInlining: Int { 4000 }

  init(_ program: Program) {
    inputTypes = program.inputTypes
    let inputs = program.inputTypes.enumerated().map { index, type in append(Value(type: type, origin: .input(index))) }
    outputs = add(program, inputs)
    runUpdatesAsOperations()
  }

  private mutating func append(_ value: Value) -> Int {
    values.append(value)
    return values.count - 1
  }

  /// Adds the equations of a program.
  ///
  /// - Returns: the values of its outputs.
  private mutating func add(_ program: Program, _ inputs: [Int]) -> [Int] {
    var place = [Int](repeating: -1, count: program.variableCount)
    for (variable, value) in zip(program.inputs, inputs) { place[Int(variable)] = value }
    for constant in program.constants { place[Int(constant.variable)] = add(constant.value) }
    for equation in program.equations {
      let operands = program.operands(of: equation).map { place[Int($0)] }
      let results = add(equation.primitive, operands, equation.results.map { program.types[$0] })
      for (variable, value) in zip(equation.results, results) { place[variable] = value }
    }
    return program.outputs.map { place[Int($0)] }
  }

  /// Adds a constant; one whose elements are all the same as a number that is repeated.
  private mutating func add(_ constant: HostTensor) -> Int {
    guard let number = constant.repeatedElement else {
      return append(Value(type: constant.type, origin: .constant(constant)))
    }
    let scalar = append(Value(type: number.type, origin: .constant(number)))
    return addPure(.view([]), [scalar], constant.type)[0]
  }

  private mutating func add(_ primitive: any Primitive, _ operands: [Int], _ types: [TensorType]) -> [Int] {
    let lowering = primitive.lowering(of: operands.map { values[$0].type })
    switch lowering {
    case .program(let subprogram):
      let size = subprogram.program.equations.count
      if size <= budget {
        budget -= size
        return add(subprogram.program, operands)
      }
      return addOperation(lowering, primitive, operands, types)
    case .elementwise(let expression):
      if case .operand(let index) = expression.node { return [operands[index]] }
      return addPure(lowering, operands, types[0], primitive)
    case .gather:
      // No loop would look at the indices, one of which may be outside.
      if types[0].shape.count == 0 && values[operands[1]].type.shape.count > 0 {
        return addOperation(.host, primitive, operands, types)
      }
      return addPure(lowering, operands, types[0], primitive)
    case .contraction(let product):
      let (product, factors) = alongRows(product, operands)
      return addPure(.contraction(product), factors, types[0], primitive)
    case .view, .reshape, .insertion, .reduction, .linearIndices:
      return addPure(lowering, operands, types[0], primitive)
    case .cumulativeSum, .running, .argExtremum, .scatterAdd, .scatter, .library, .switch, .whileLoop, .loop,
      .accumulation, .host:
      return addOperation(lowering, primitive, operands, types)
    }
  }

  /// Adds a value that is a function of others.
  ///
  /// - Parameter isLaidOut: whether it is to be in memory, for what walks along it there.
  mutating func addPure(
    _ lowering: Lowering, _ operands: [Int], _ type: TensorType, _ primitive: (any Primitive)? = nil,
    isLaidOut: Bool = false
  ) -> [Int] {
    let value = append(
      Value(type: type, origin: .pure(lowering, operands: operands), isLaidOut: isLaidOut, primitive: primitive))
    items.append(.value(value))
    return [value]
  }

  private mutating func addOperation(
    _ lowering: Lowering, _ primitive: (any Primitive)?, _ operands: [Int], _ types: [TensorType]
  ) -> [Int] {
    let index = operations.count
    let results = types.enumerated().map { position, type in
      append(Value(type: type, origin: .result(ofOperation: index, position)))
    }
    operations.append(Operation(lowering: lowering, operands: operands, results: results, primitive: primitive))
    items.append(.operation(index))
    return results
  }

  /// Makes a value the result of an accumulation.
  ///
  /// - Returns: the number of the operation.
  mutating func addAccumulation(_ accumulation: Accumulation, _ operands: [Int], result: Int) -> Int {
    values[result].origin = .result(ofOperation: operations.count, 0)
    operations.append(
      Operation(lowering: .accumulation(accumulation), operands: operands, results: [result], primitive: nil))
    return operations.count - 1
  }

  /// Makes an operation of a value, which is run after all others.
  mutating func runLast(value: Int) {
    guard case .pure(let lowering, let operands) = values[value].origin else { return }
    values[value] = Value(type: values[value].type, origin: .result(ofOperation: operations.count, 0))
    items.removeAll { if case .value(value) = $0 { true } else { false } }
    items.append(.operation(operations.count))
    operations.append(Operation(lowering: lowering, operands: operands, results: [value], primitive: nil))
  }

  /// Runs some operations as late as possible: right before what reads their results, or in the end.
  mutating func runLate(where isLate: (Operation) -> Bool) {
    // In the opposite order: each item, and behind it the operations that it waits for.
    var groups: [[Item]] = [[]]
    var firstReader = [Int](repeating: 0, count: values.count)
    for item in items.reversed() {
      var place = groups.count
      let operands: [Int]
      switch item {
      case .value(let value):
        guard case .pure(_, let own) = values[value].origin else { continue }
        operands = own
      case .operation(let index):
        operands = operations[index].operands
        if isLate(operations[index]) { place = operations[index].results.map { firstReader[$0] }.max() ?? 0 }
      }
      if place == groups.count { groups.append([]) }
      groups[place].append(item)
      for operand in operands { firstReader[operand] = max(firstReader[operand], place) }
    }
    items = groups.joined().reversed()
  }

  /// The same without what no output needs.
  mutating func removeUnused() {
    var isUsed = [Bool](repeating: false, count: values.count)
    for output in outputs { isUsed[output] = true }
    var kept: [Item] = []
    for item in items.reversed() {
      switch item {
      case .value(let value):
        guard isUsed[value], case .pure(_, let operands) = values[value].origin else { continue }
        for operand in operands { isUsed[operand] = true }
      case .operation(let index):
        guard operations[index].results.contains(where: { isUsed[$0] }) else { continue }
        for operand in operations[index].operands { isUsed[operand] = true }
      }
      kept.append(item)
    }
    items = kept.reversed()
  }
}
