import Engines

/// Writes the function of one program: its inputs and outputs are pointers.
///
///     void unit(inputs..., outputs..., memory of the call, environment, status)
///
/// Inputs and outputs of a divided program are arrays of pointers, when they are many.
final class UnitEmitter {
  let graph: Graph
  let module: ModuleBuilder
  /// What is being written: the whole, or a part of it.
  var function: FunctionEmitter
  let materialization: Materialization
  let schedule: Schedule
  var plan: BufferPlan
  let updates: InPlaceUpdates
  /// The numbers in registers, by value.
  var scalars: [Int: ScalarCode] = [:]
  var pointers: [Int: String] = [:]
  /// The pieces after which numbers are not read any more, and where those are that later parts read.
  let lastReads: [Int]
  var places: [Int: Int] = [:]

  /// How many calls of other units it has.
  private(set) var callCount = 0

  /// The function that was written.
  struct Unit {
    let name: String
    /// Whether it gets two arrays with the pointers to inputs and outputs, and not each of them.
    let arePointersPacked: Bool
    /// The memory that a call needs.
    let arenaByteCount: Int
    /// The outputs that may have the memory of an input; see ``InPlaceUpdates``.
    let inPlace: [Int: Int]
  }

  /// Functions of about so many instructions are written; LLVM takes more than linear time for longer ones.
  private static var largestInstructionCount: Int { 300 }
  /// A piece that is one operation on numbers takes about so many instructions, with loads and stores.
  private static var pieceInstructionCount: Int { 4 }
  /// Programs of fewer pieces are one function.
  private static var smallestPieceCount: Int { 500 }

  /// - Parameter isOverwritten: the inputs whose memory any output may have; others only where few elements change.
  init(_ program: Program, _ module: ModuleBuilder, overwriting isOverwritten: [Bool] = []) {
    var graph = Graph(program)
    graph.removeUnused()
    graph.accumulateParts()
    self.graph = graph
    self.module = module
    materialization = Materialization(graph, isFused: module.options.isFused)
    schedule = Schedule(graph, materialization, module.options)
    isDivided = schedule.pieces.count + graph.outputs.count >= Self.smallestPieceCount
    plan = BufferPlan(graph, materialization, schedule, hasFrame: !isDivided)
    var lastReads = schedule.lastReads
    for output in graph.outputs { lastReads[output] = schedule.pieces.count }
    self.lastReads = lastReads
    var updates = InPlaceUpdates(graph, materialization, schedule, plan) { module.unit(of: $0).inPlace }
    updates.overwrite(isOverwritten, graph, materialization, schedule, plan)
    self.updates = updates
    for (value, number) in updates.outputs { plan.put(value, inOutput: number) }
    function = FunctionEmitter(module, status: "%status")
  }

  /// Whether the program is several functions, called one after the other.
  private let isDivided: Bool

  /// Whether the functions of a divided program get arrays with the pointers to inputs and outputs: a call takes as many
  /// instructions as it has arguments.
  var arePointersPacked: Bool { isDivided && graph.inputTypes.count + graph.outputs.count > Self.mostArguments }
  private static var mostArguments: Int { 32 }

  /// Writes the function.
  func write() -> Unit {
    var parts: [String] = []
    for (position, piece) in schedule.pieces.enumerated() {
      if isDivided && function.text.count > Self.largestInstructionCount { parts.append(endPart(at: position)) }
      switch piece {
      case .scalar(let value):
        let loops = LoopEmitter(self, rank: 0) { [self] in isComputedWhereRead($0) }
        scalars[value] = loops.computed(value, at: [])
        // At once, since many numbers that wait for the end of a part take LLVM more than linear time.
        if isDivided && lastReads[value] > position + piecesLeft { saveNumbers([value]) }
      case .loops(let group): write(group)
      case .operation(let index): write(operation: graph.operations[index])
      }
    }
    for number in plan.copiedOutputs {
      if isDivided && function.text.count > Self.largestInstructionCount {
        parts.append(endPart(at: schedule.pieces.count))
      }
      copyOutput(number)
    }
    let name = isDivided ? defineCalls(of: parts + [define(isInlined: false)]) : define(isInlined: true)
    return Unit(
      name: name, arePointersPacked: arePointersPacked, arenaByteCount: plan.arenaByteCount, inPlace: updates.inputs)
  }

  /// Notes a call of the function of another unit.
  func noteCall() { callCount += 1 }

  /// About how many pieces fit into the part that is being written: numbers that are read later are read by another part.
  private var piecesLeft: Int {
    max(0, Self.largestInstructionCount - function.text.count) / Self.pieceInstructionCount
  }

  /// Sets aside memory of the call for one piece of work.
  func reserveArena(_ byteCount: Int) -> Int { plan.reserve(byteCount) }

  private func copyOutput(_ number: Int) {
    let value = graph.outputs[number]
    let type = graph.values[value].type
    if type.shape.isScalar {
      function.store(scalar(value), at: outputPointer(number))
    } else if let byteCount = type.byteCount, byteCount > 0 {
      copy(byteCount, from: pointer(value), to: outputPointer(number))
    }
  }
}
