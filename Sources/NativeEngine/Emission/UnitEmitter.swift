import Engines

/// Writes the function of one program: its inputs and outputs are pointers.
///
///     void unit(inputs..., outputs..., memory of the call, environment, status)
final class UnitEmitter {
  let graph: Graph
  let module: ModuleBuilder
  /// What is being written: the whole, or a part of it.
  private(set) var function: FunctionEmitter
  private let materialization: Materialization
  private let schedule: Schedule
  private(set) var plan: BufferPlan
  private let updates: InPlaceUpdates
  /// The numbers in registers, by value.
  private var scalars: [Int: ScalarCode] = [:]
  private var pointers: [Int: String] = [:]
  /// The pieces after which numbers are not read any more, and where those are that later parts read.
  private let lastReads: [Int]
  private var places: [Int: Int] = [:]

  /// The function that was written.
  struct Unit {
    let name: String
    /// The memory that a call needs.
    let arenaByteCount: Int
    /// The outputs that may have the memory of an input; see ``InPlaceUpdates``.
    let inPlace: [Int: Int]
  }

  /// Functions of about so many instructions are written; LLVM takes more than linear time for longer ones.
  private static var largestInstructionCount: Int { 4000 }
  /// Programs of fewer pieces are one function.
  private static var smallestPieceCount: Int { 1000 }

  init(_ program: Program, _ module: ModuleBuilder) {
    var graph = Graph(program)
    graph.removeUnused()
    graph.accumulateParts()
    self.graph = graph
    self.module = module
    materialization = Materialization(graph)
    schedule = Schedule(graph, materialization)
    isDivided = schedule.pieces.count >= Self.smallestPieceCount
    plan = BufferPlan(graph, materialization, schedule, hasFrame: !isDivided)
    var lastReads = [Int](repeating: -1, count: graph.values.count)
    for (position, piece) in schedule.pieces.enumerated() {
      for value in schedule.reads(piece) { lastReads[value] = position }
    }
    for output in graph.outputs { lastReads[output] = schedule.pieces.count }
    self.lastReads = lastReads
    updates = InPlaceUpdates(graph, materialization, schedule, plan) { module.unit(of: $0).inPlace }
    for (value, number) in updates.outputs { plan.put(value, inOutput: number) }
    function = FunctionEmitter(module, status: "%status")
  }

  /// Whether the program is several functions, called one after the other.
  private let isDivided: Bool

  /// Writes the function.
  func write() -> Unit {
    var parts: [String] = []
    for (position, piece) in schedule.pieces.enumerated() {
      if isDivided && function.text.count > Self.largestInstructionCount { parts.append(endPart(at: position)) }
      switch piece {
      case .scalar(let value):
        let loops = LoopEmitter(self, rank: 0) { [self] in isComputedWhereRead($0) }
        scalars[value] = loops.computed(value, at: [])
      case .loops(let group): write(group)
      case .step(let index): write(step: graph.steps[index])
      }
    }
    for number in plan.copiedOutputs { copyOutput(number) }
    if parts.isEmpty {
      return Unit(name: define(isPart: false), arenaByteCount: plan.arenaByteCount, inPlace: updates.inputs)
    }
    parts.append(define(isPart: true))
    function = FunctionEmitter(module, status: "%status")
    let arguments = parameters.map { "ptr \($0)" }.joined(separator: ", ")
    for part in parts { function.run("call void \(part)(\(arguments))") }
    return Unit(name: define(isPart: false), arenaByteCount: plan.arenaByteCount, inPlace: updates.inputs)
  }

  /// The pointers that the function gets.
  var parameters: [String] {
    graph.inputTypes.indices.map { "%i\($0)" } + graph.outputs.indices.map { "%o\($0)" }
      + ["%arena", "%environment", "%status"]
  }

  /// The values that a group reads.
  func readsOf(_ group: Schedule.LoopGroup) -> [Int] { Array(Set(schedule.reads(.loops(group)))).sorted() }

  /// Puts numbers into memory, from where other functions of this unit read them.
  func saveNumbers(_ values: [Int]) {
    for value in values where places[value] == nil {
      guard let code = scalars[value] else { continue }
      if case .input = graph.values[value].source { continue }
      let place = plan.reserve(code.dtype.byteCount)
      places[value] = place
      function.store(code, at: function.add("getelementptr inbounds i8, ptr %arena, i64 \(place)"))
    }
  }

  /// The tensors among some values that are in the function's frame.
  func framePointers(_ values: [Int]) -> [(value: Int, pointer: String)] {
    let roots = Set(values.map { materialization.root(of: $0) }).filter { plan.locations[$0] == .frame }
    return roots.sorted().map { ($0, pointer($0)) }
  }

  /// Writes another function of this unit, with some tensors under other names.
  func inFunction<Result>(frames: [(value: Int, name: String)], _ write: (FunctionEmitter) -> Result) -> Result {
    let (outer, outerScalars, outerPointers) = (function, scalars, pointers)
    let inner = FunctionEmitter(module, status: "%ownStatus")
    inner.text.addFrame(named: "%ownStatus", "i32")
    (function, scalars) = (inner, [:])
    pointers = Dictionary(uniqueKeysWithValues: frames.map { ($0.value, $0.name) })
    defer { (function, scalars, pointers) = (outer, outerScalars, outerPointers) }
    return write(inner)
  }

  /// Ends the function that is being written.
  private func define(isPart: Bool) -> String {
    function.run("ret void")
    let name = module.functionName()
    let shared = Set(updates.inputs.values)
    let list =
      graph.inputTypes.indices.map { "ptr \(shared.contains($0) ? "" : "noalias ")readonly %i\($0)" }
      + graph.outputs.indices.map { "ptr \(updates.inputs[$0] == nil ? "noalias " : "")%o\($0)" }
      + ["ptr noalias %arena", "ptr %environment", "ptr %status"]
    module.addFunction(
      "define internal void \(name)(\(list.joined(separator: ", "))) \(isPart ? "noinline " : "")#0 {\nentry:\n"
        + function.text.entry + function.text.body + "}\n")
    return name
  }

  /// Ends a part, and begins the next one: numbers that are read later are put into memory.
  private func endPart(at position: Int) -> String {
    saveNumbers(scalars.keys.filter { lastReads[$0] >= position }.sorted())
    let name = define(isPart: true)
    scalars = [:]
    pointers = [:]
    function = FunctionEmitter(module, status: "%status")
    return name
  }

  /// Writes a group: products of matrices by a library where there is one, the rest as loops.
  private func write(_ group: Schedule.LoopGroup) {
    var group = group
    let products = group.members.compactMap { member in MatrixProduct(member, self).map { (member, $0) } }
    group.members.removeAll { member in products.contains { $0.0 == member } }
    for (member, product) in products { write(product, of: member, group) }
    if !group.members.isEmpty { GroupEmitter(self, group).write() }
  }

  /// Writes a product; one whose terms are zero where a factor is by loops where a number is not finite.
  private func write(_ product: MatrixProduct, of member: Int, _ group: Schedule.LoopGroup) {
    guard case .pure(.contraction(let contraction), _) = graph.values[member].source, contraction.absorbsZeros else {
      return product.write(to: member, self)
    }
    let isFinite = [product.lhs, product.rhs].map { factor -> String in
      let type = graph.values[factor.value].type
      let name = module.runtimeFunction(type.dtype.realPart == .float32 ? .isFinite32 : .isFinite64)
      let count = type.shape.count * type.dtype.partCount
      return function.add("call i1 \(name)(ptr \(pointer(factor.value)), i64 \(count))")
    }
    let all = function.add("and i1 \(isFinite[0]), \(isFinite[1])")
    let (first, second, after) = (
      function.text.label("finite"), function.text.label("infinite"), function.text.label("after")
    )
    function.text.branch(all, first, second)
    function.text.begin(first)
    product.write(to: member, self)
    function.text.jump(to: after)
    function.text.begin(second)
    var alone = group
    alone.members = [member]
    GroupEmitter(self, alone).write()
    function.text.jump(to: after)
    function.text.begin(after)
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
    let address: String
    switch graph.values[value].source {
    case .constant(let constant): return function.constant(constant)
    case .input(let number): address = "%i\(number)"
    case .pure, .result:
      guard let place = places[value] else { preconditionFailure("a number is used before it is computed") }
      address = function.text.addAtEntry("getelementptr inbounds i8, ptr %arena, i64 \(place)")
    }
    let code = function.loadAtEntry(graph.values[value].type.dtype, at: address)
    scalars[value] = code
    return code
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

  /// The tensor in memory that a value is a view of, and the place in it.
  func strided(_ value: Int, at places: [Place]) -> (value: Int, place: Place)? {
    let shape = graph.values[value].type.shape
    guard !shape.isScalar else { return nil }
    if !isComputedWhereRead(value) { return (value, linear(places, shape)) }
    guard case .pure(.view(let maps), let operands) = graph.values[value].source else { return nil }
    return strided(operands[0], at: maps.map { places.mapped($0) })
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
