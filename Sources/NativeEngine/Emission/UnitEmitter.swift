import Engines

/// Writes the function of one program: its inputs and outputs are pointers.
///
///     void unit(inputs..., outputs..., memory of the call, environment, status)
final class UnitEmitter {
  let graph: Graph
  let module: ModuleBuilder
  let function: FunctionEmitter
  private let materialization: Materialization
  private let schedule: Schedule
  private(set) var plan: BufferPlan
  private let updates: InPlaceUpdates
  /// The numbers in registers, by value.
  private var scalars: [Int: ScalarCode] = [:]
  private var pointers: [Int: String] = [:]

  /// The function that was written.
  struct Unit {
    let name: String
    /// The memory that a call needs.
    let arenaByteCount: Int
    /// The outputs that may have the memory of an input; see ``InPlaceUpdates``.
    let inPlace: [Int: Int]
  }

  init(_ program: Program, _ module: ModuleBuilder) {
    var graph = Graph(program)
    graph.removeUnused()
    self.graph = graph
    self.module = module
    materialization = Materialization(graph)
    schedule = Schedule(graph, materialization)
    plan = BufferPlan(graph, materialization, schedule)
    updates = InPlaceUpdates(graph, materialization, schedule, plan) { module.unit(of: $0).inPlace }
    for (value, number) in updates.outputs { plan.put(value, inOutput: number) }
    function = FunctionEmitter(module, status: "%status")
  }

  /// Writes the function.
  func write() -> Unit {
    for piece in schedule.pieces {
      switch piece {
      case .scalar(let value):
        scalars[value] = LoopEmitter(self, rank: 0) { [self] in isComputedWhereRead($0) }
          .computed(value, at: [])
      case .loops(let group): GroupEmitter(self, group).write()
      case .step(let index): write(step: graph.steps[index])
      }
    }
    for number in plan.copiedOutputs { copyOutput(number) }
    function.run("ret void")
    let name = module.functionName()
    let shared = Set(updates.inputs.values)
    let parameters =
      graph.inputTypes.indices.map { "ptr \(shared.contains($0) ? "" : "noalias ")readonly %i\($0)" }
      + graph.outputs.indices.map { "ptr \(updates.inputs[$0] == nil ? "noalias " : "")%o\($0)" }
      + ["ptr noalias %arena", "ptr %environment", "ptr %status"]
    module.addFunction(
      "define internal void \(name)(\(parameters.joined(separator: ", "))) #0 {\nentry:\n"
        + function.text.entry + function.text.body + "}\n")
    return Unit(name: name, arenaByteCount: plan.arenaByteCount, inPlace: updates.inputs)
  }

  /// Sets aside memory of the call for one piece of work.
  func reserveArena(_ byteCount: Int) -> Int { plan.reserve(byteCount) }

  private func copyOutput(_ number: Int) {
    let value = graph.outputs[number]
    let type = graph.values[value].type
    if type.shape.isScalar {
      function.store(scalar(value), at: "%o\(number)")
    } else if let byteCount = type.byteCount, byteCount > 0 {
      copy(byteCount, from: pointer(value), to: "%o\(number)")
    }
  }
}

// MARK: - Values

extension UnitEmitter {
  /// A number of rank 0.
  func scalar(_ value: Int) -> ScalarCode {
    if let known = scalars[value] { return known }
    switch graph.values[value].source {
    case .constant(let constant): return function.constant(constant)
    case .input(let number):
      return function.load(graph.values[value].type.dtype, at: "%i\(number)")
    case .pure, .result: preconditionFailure("a number is used before it is computed")
    }
  }

  func setScalar(_ value: Int, _ code: ScalarCode) { scalars[value] = code }

  /// Whether a value is computed where it is read.
  func isComputedWhereRead(_ value: Int) -> Bool {
    switch materialization.forms[value] {
    case .inlined: true
    case .shared: !schedule.isStored[value]
    case .scalar, .stored, .alias: false
    }
  }

  /// Whether a value of a group is put into memory.
  func isStored(_ value: Int) -> Bool { schedule.isStored[value] }

  /// Where a tensor is.
  func pointer(_ value: Int) -> String {
    let root = materialization.root(of: value)
    switch plan.locations[root] {
    case .input(let number): return "%i\(number)"
    case .output(let number): return "%o\(number)"
    case .constant(let constant): return module.environment.pointer(constant, function)
    case .arena(let offset): return function.add("getelementptr inbounds i8, ptr %arena, i64 \(offset)")
    case .frame:
      if let known = pointers[root] { return known }
      let slot = function.text.frame("[\(max(graph.values[root].type.byteCount ?? 1, 1)) x i8]")
      pointers[root] = slot
      return slot
    case .none: preconditionFailure("a tensor is used that is not in memory")
    }
  }

  /// Where a tensor of any rank is, for what takes pointers.
  func operandPointer(_ value: Int) -> String {
    guard graph.values[value].type.shape.isScalar else { return pointer(value) }
    if case .input(let number) = graph.values[value].source { return "%i\(number)" }
    let code = scalar(value)
    let slot = function.text.frame("[\(code.dtype.byteCount) x i8]", alignment: 16)
    function.store(code, at: slot)
    return slot
  }

  /// Copies bytes that do not overlap.
  func copy(_ byteCount: Int, from source: String, to destination: String) {
    let name = module.function(
      "@llvm.memcpy.p0.p0.i64", declaration: "declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)")
    function.run("call void \(name)(ptr \(destination), ptr \(source), i64 \(byteCount), i1 false)")
  }
}

// MARK: - Combining

extension UnitEmitter {
  /// How a value of a group combines elements, if it does.
  func combination(of value: Int) -> Combination? {
    guard case .pure(let lowering, _) = graph.values[value].source else { return nil }
    switch lowering {
    case .reduction(let combination, _): return combination
    case .contraction: return .sum
    default: return nil
    }
  }

  /// What a value of a group reads at a place of its space.
  func terms(of value: Int, at places: [Place]) -> [(Int, [Place])] {
    guard case .pure(let lowering, let operands) = graph.values[value].source else { return [] }
    switch lowering {
    case .reduction: return [(operands[0], places)]
    case .contraction(let product):
      let (lhs, rhs) = factorPlaces(product, operands, places)
      return [(operands[0], lhs), (operands[1], rhs)]
    default: return [(value, places)]
    }
  }

  /// What a value of a group combines, at a place of its space.
  func term(of value: Int, at places: [Place], _ loops: LoopEmitter) -> ScalarCode {
    guard case .pure(let lowering, let operands) = graph.values[value].source else {
      preconditionFailure("only functions of values are combined")
    }
    guard case .contraction(let product) = lowering else { return loops.value(operands[0], at: places) }
    let (lhs, rhs) = factorPlaces(product, operands, places)
    let (a, b) = (loops.value(operands[0], at: lhs), loops.value(operands[1], at: rhs))
    let plain = function.binary(.multiply, a, b)
    if !product.absorbsZeros { return plain }
    let zero = function.constant(0, a.dtype)
    let isZero = function.binary(.or, function.binary(.equal, a, zero), function.binary(.equal, b, zero))
    return function.select(isZero, zero, plain)
  }

  /// The places of the factors for a place of a product's space: batch axes, free axes of the left and of the right factor,
  /// summed axes.
  private func factorPlaces(_ product: Contraction, _ operands: [Int], _ places: [Place]) -> ([Place], [Place]) {
    let ranks = operands.map { graph.values[$0].type.shape.rank }
    let summed = places.count - product.contracting.count
    var next = product.batch.count
    func factor(_ rank: Int, _ axis: (Contraction.Pair) -> Int) -> [Place] {
      (0..<rank).map { own in
        if let index = product.batch.firstIndex(where: { axis($0) == own }) { return places[index] }
        if let index = product.contracting.firstIndex(where: { axis($0) == own }) { return places[summed + index] }
        next += 1
        return places[next - 1]
      }
    }
    let lhs = factor(ranks[0], \.lhs)
    return (lhs, factor(ranks[1], \.rhs))
  }
}
