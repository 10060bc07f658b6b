import Engines
import HostLibraries

extension NativeEngine {
  public func plan(of program: Program) throws(TensorError) -> ExecutionPlan {
    let (module, written, optimized) = try texts(of: program)
    let unit = UnitEmitter(program, module)
    var plan = PlanDescription(unit, threads: threads).plan(of: program, self)
    plan.memoryByteCount = module.arenaByteCount
    plan.code = written
    plan.optimizedCode = optimized
    return plan
  }
}

/// Describes the work of one function.
struct PlanDescription {
  private let unit: UnitEmitter
  private let threads: Int
  private var graph: Graph { unit.graph }

  init(_ unit: UnitEmitter, threads: Int) {
    self.unit = unit
    self.threads = threads
  }

  /// The plan of a program of which this is the function.
  func plan(of program: Program, _ engine: NativeEngine) -> ExecutionPlan {
    var plan = ExecutionPlan(program: program, engine: engine.name, details: "\(engine.availability)")
    var numbers: [Int] = []
    /// Where each piece of the schedule is among those of the plan.
    var places: [Int] = []
    func flush() {
      if !numbers.isEmpty { plan.pieces.append(piece(numbers: numbers)) }
      numbers = []
    }
    for piece in unit.schedule.pieces {
      if case .scalar(let value) = piece {
        numbers.append(value)
        places.append(plan.pieces.count)
        continue
      }
      flush()
      places.append(plan.pieces.count)
      switch piece {
      case .loops(let group): plan.pieces += pieces(group)
      case .operation(let index): plan.pieces.append(self.piece(graph.operations[index], engine))
      case .scalar: break
      }
    }
    flush()
    plan.buffers = buffers(places, last: max(plan.pieces.count - 1, 0))
    plan.memoryByteCount = unit.plan.arenaByteCount
    return plan
  }
}

// MARK: - Values

extension PlanDescription {
  private func name(_ value: Int) -> String {
    switch graph.values[value].origin {
    case .input(let number): "x\(number)"
    case .constant(let constant): constant.type.shape.isScalar ? constant.textInPrograms : "c\(value)"
    case .pure, .result: "v\(value)"
    }
  }

  private func byteCount(_ values: some Sequence<Int>) -> Int {
    values.reduce(0) { $0 &+ (graph.values[$1].type.byteCount ?? 0) }
  }

  private func equation(_ value: Int) -> String {
    let head = "\(name(value)): \(graph.values[value].type) = "
    guard case .pure(_, let operands) = graph.values[value].origin else { return head }
    let primitive = graph.values[value].primitive?.textInPrograms ?? "repeated"
    return head + primitive + operands.map { " " + name($0) }.joined()
  }

  private func equation(_ operation: Graph.Operation) -> String {
    let head = operation.results.map { "\(name($0)): \(graph.values[$0].type)" }.joined(separator: ", ")
    let primitive = operation.primitive?.textInPrograms ?? operation.lowering.title
    return head + " = " + primitive + operation.operands.map { " " + name($0) }.joined()
  }

  /// A value and those that are computed where it is read, in order.
  private func computed(with members: [Int]) -> [Int] {
    var seen = Set(members)
    var pending = members
    while let value = pending.popLast() {
      guard case .pure(_, let operands) = graph.values[value].origin else { continue }
      for operand in operands where unit.isComputedWhereRead(operand) && seen.insert(operand).inserted {
        pending.append(operand)
      }
    }
    return seen.sorted()
  }
}

// MARK: - Work

extension PlanDescription {
  private func piece(numbers: [Int]) -> ExecutionPlan.Piece {
    var piece = ExecutionPlan.Piece(title: "numbers in registers")
    piece.equations = computed(with: numbers).map(equation)
    piece.operations = computed(with: numbers).reduce(0) { $0 + operationCount($1, places: 1) }
    let read = Set(numbers.flatMap { unit.schedule.reads(.scalar($0)) }).filter {
      !graph.values[$0].type.shape.isScalar
    }
    piece.bytesMoved = read.reduce(0) { $0 + graph.values[$1].type.dtype.byteCount }
    return piece
  }

  /// Products by a library, and what remains as loops.
  private func pieces(_ group: Schedule.LoopGroup) -> [ExecutionPlan.Piece] {
    var rest = group
    var pieces: [ExecutionPlan.Piece] = []
    for member in group.members {
      guard let product = MatrixProduct(member, unit) else { continue }
      rest.members.removeAll { $0 == member }
      var alone = group
      alone.members = [member]
      var piece = ExecutionPlan.Piece(
        title: "product of matrices, \(product.rows) x \(product.inner) by \(product.inner) x \(product.columns)"
          + (product.batch.isEmpty ? "" : ", \(product.batch.reduce(1, *)) of them"))
      piece.notes = ["by \(product.function.name) of \(BLAS.shared?.description ?? "a library")"]
      if product.lhs.isTransposed {
        piece.notes.append("the first factor is read as the transpose of \(name(product.lhs.value))")
      }
      if product.rhs.isTransposed {
        piece.notes.append("the second factor is read as the transpose of \(name(product.rhs.value))")
      }
      fill(&piece, alone)
      pieces.append(piece)
    }
    if rest.members.isEmpty { return pieces }
    let emitter = GroupEmitter(unit, rest)
    var piece = ExecutionPlan.Piece(title: "loops over \(rest.space)")
    let smaller = Set(rest.members.map(rest.space(of:))).subtracting([rest.space]).map { $0.description }.sorted()
    if !smaller.isEmpty { piece.notes.append("some values only over \(smaller.joined(separator: ", "))") }
    if let axes = rest.reducedAxes {
      piece.title += ", combining axes [\(axes.map(String.init).joined(separator: ", "))]"
    }
    switch emitter.loopStyle {
    case .unrolled: piece.notes.append("written out")
    case .loops(let lanes) where lanes > 1: piece.notes.append("\(lanes) places side by side")
    case .loops: piece.notes.append("place by place")
    }
    if emitter.isDivided { piece.notes.append("shared by \(threads) \(threads == 1 ? "thread" : "threads")") }
    fill(&piece, rest)
    return pieces + [piece]
  }

  private func fill(_ piece: inout ExecutionPlan.Piece, _ group: Schedule.LoopGroup) {
    let values = computed(with: group.members)
    let places = group.space.reduce(1, &*)
    piece.equations = values.map(equation)
    piece.operations = values.reduce(0) { $0 &+ operationCount($1, places: places) }
    let stored = group.members.filter {
      !graph.values[$0].type.shape.isScalar && (group.reducedAxes != nil || unit.isStored($0))
    }
    piece.stored = stored.map(name)
    let read = Set(unit.schedule.reads(.loops(group))).subtracting(group.members)
    piece.bytesMoved = byteCount(stored) &+ byteCount(read.filter { !graph.values[$0].type.shape.isScalar })
  }

  /// About how many operations a value takes in loops over so many places.
  private func operationCount(_ value: Int, places: Int) -> Int {
    guard case .pure(let lowering, _) = graph.values[value].origin else { return 0 }
    switch lowering {
    case .reduction: return places
    case .contraction: return 2 &* places
    default: return lowering.ownCost &* places
    }
  }

  private func piece(_ operation: Graph.Operation, _ engine: NativeEngine) -> ExecutionPlan.Piece {
    var piece = ExecutionPlan.Piece(title: operation.lowering.title)
    piece.equations = [equation(operation)]
    let types = (operation.operands.map { graph.values[$0].type }, operation.results.map { graph.values[$0].type })
    piece.operations = operation.lowering.operationCount(types.0, types.1)
    for result in operation.results where !graph.values[result].type.shape.isScalar {
      let place = unit.plan.locations[unit.materialization.root(of: result)]
      let same = operation.operands.first { operand in
        !graph.values[operand].type.shape.isScalar && place != .frame && place != .none
          && unit.plan.locations[unit.materialization.root(of: operand)] == place
      }
      if let same { piece.notes.append("\(name(result)) is written where \(name(same)) is") }
    }
    piece.stored = operation.results.filter { !graph.values[$0].type.shape.isScalar }.map(name)
    if case .host = operation.lowering { piece.notes.append("no machine code: the host evaluates it") }
    piece.bytesMoved = byteCount(
      Set(operation.operands + operation.results).filter { !graph.values[$0].type.shape.isScalar })
    piece.parts = operation.lowering.parts.map { title, runs, program in
      let inner = PlanDescription(UnitEmitter(program.program, unit.module), threads: threads)
      return ExecutionPlan.Part(title: title, runs: runs, plan: inner.plan(of: program.program, engine))
    }
    return piece
  }
}

// MARK: - Memory

extension PlanDescription {
  private func buffers(_ places: [Int], last: Int) -> [ExecutionPlan.Buffer] {
    var made = [Int](repeating: 0, count: graph.values.count)
    for (position, piece) in unit.schedule.pieces.enumerated() {
      switch piece {
      case .scalar(let value): made[value] = places[position]
      case .loops(let group): for member in group.members { made[member] = places[position] }
      case .operation(let index): for result in graph.operations[index].results { made[result] = places[position] }
      }
    }
    return graph.values.indices.compactMap { value in
      let place: String
      switch unit.plan.locations[value] {
      case .input: place = "argument"
      case .output: place = "result"
      case .frame: place = "frame"
      case .arena(let offset): place = "memory of the call, at \(offset)"
      case .constant:
        if graph.values[value].type.shape.isScalar { return nil }
        place = "constant"
      case .none: return nil
      }
      let isOutside = ["argument", "constant"].contains(place)
      let read = unit.lastReads[value]
      let end = read < 0 ? made[value] : read < places.count ? places[read] : last
      return ExecutionPlan.Buffer(
        name: name(value), type: graph.values[value].type, place: place,
        lifetime: isOutside ? 0...last : made[value]...max(end, made[value]))
    }
  }
}

extension Lowering {
  /// The name of an operation in plans.
  fileprivate var title: String {
    switch self {
    case .program: "call"
    case .switch(let branches): "one of \(branches.count) branches"
    case .whileLoop: "loop while a condition holds"
    case .loop(let shape): loopTitle(shape)
    case .cumulativeSum: "running sums"
    case .running: "running totals"
    case .argExtremum: "places of extrema"
    case .library(.argSort): "sorting"
    case .library(.fourierTransform), .library(.realFourierTransform), .library(.inverseRealFourierTransform):
      "Fourier transform"
    case .library: "linear algebra"
    case .scatterAdd: "adding at places"
    case .scatter: "writing at places"
    case .insertion: "writing a part"
    case .accumulation: "adding parts"
    case .host: "operation of the host"
    case .elementwise, .view, .reshape, .reduction, .contraction, .gather, .linearIndices: "elements"
    }
  }

  private func loopTitle(_ shape: LoopShape) -> String {
    let steps = shape.length.map { "loop of \($0) steps" } ?? "loop of as many steps as an operand says"
    return switch shape.reversal {
    case nil: steps
    case .every(let distance): steps + ", keeping every \(distance)th state"
    case .binomial(let slots): steps + ", keeping \(slots) states at a time"
    }
  }
}
