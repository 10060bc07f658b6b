import Engines

// One unit as several functions of the code.

extension UnitEmitter {
  /// The pointers that the functions of the unit get.
  var parameters: [String] {
    (arePointersPacked ? ["%pointers"] : pointerParameters) + ["%arena", "%environment", "%status"]
  }

  /// The pointers to inputs and outputs.
  private var pointerParameters: [String] {
    graph.inputTypes.indices.map { "%i\($0)" } + graph.outputs.indices.map { "%o\($0)" }
  }

  /// The values that a group reads.
  func readsOf(_ group: Schedule.LoopGroup) -> [Int] { Array(Set(schedule.reads(.loops(group)))).sorted() }

  /// Puts numbers into memory, from where other functions of this unit read them.
  func saveNumbers(_ values: [Int]) {
    for value in values where places[value] == nil {
      guard let code = scalars[value] else { continue }
      if case .input = graph.values[value].origin { continue }
      let place = plan.reserve(code.dtype.byteCount, alignment: code.dtype.byteCount)
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

  /// Ends the function of a unit that is one function.
  func defineWhole() -> String { define(declaredPointers, isInlined: true) }

  /// Ends a function that is a part of a unit.
  func definePart() -> String {
    define(arePointersPacked ? ["ptr noalias readonly %pointers"] : declaredPointers, isInlined: false)
  }

  /// Writes the function of a unit, which calls its parts.
  func defineCalls(of parts: [String]) -> String {
    function = FunctionEmitter(module, status: "%status")
    if arePointersPacked {
      let all = pointerParameters
      function.text.addFrame(named: "%pointers", "[\(all.count) x ptr]")
      for (index, pointer) in all.enumerated() {
        let slot = function.add("getelementptr inbounds ptr, ptr %pointers, i64 \(index)")
        function.run("store ptr \(pointer), ptr \(slot), align 8")
      }
    }
    let arguments = parameters.map { "ptr \($0)" }.joined(separator: ", ")
    for part in parts { function.run("call void \(part)(\(arguments))") }
    return define(declaredPointers, isInlined: true)
  }

  /// The declarations of the pointers to inputs and outputs.
  private var declaredPointers: [String] {
    let shared = Set(updates.inputs.values)
    let noalias = tellsMemoryApart ? "noalias " : ""
    return graph.inputTypes.indices.map { "ptr \(shared.contains($0) ? "" : noalias)readonly %i\($0)" }
      + graph.outputs.indices.map { "ptr \(updates.inputs[$0] == nil ? noalias : "")%o\($0)" }
  }

  /// Ends the function that is being written.
  ///
  /// - Parameters:
  ///   - pointers: the declarations of the pointers to inputs and outputs.
  ///   - isInlined: whether it may stand in place of its calls.
  private func define(_ pointers: [String], isInlined: Bool) -> String {
    function.run("ret void")
    let name = module.functionName()
    let list = pointers + ["ptr \(tellsMemoryApart ? "noalias " : "")%arena", "ptr %environment", "ptr %status"]
    module.addFunction(
      "define internal void \(name)(\(list.joined(separator: ", "))) \(isInlined ? "" : "noinline ")#0 {\nentry:\n"
        + function.text.entry + function.text.body + "}\n")
    return name
  }

  /// Whether LLVM is told that the pointers lead to different memory. It notes that at each instruction, for each function that
  /// the instruction was inlined from: so functions of branches inside branches, which have no loops that gain by it, do
  /// without.
  private var tellsMemoryApart: Bool {
    !arePointersPacked && (callCount == 0 || schedule.pieces.contains { if case .loops = $0 { true } else { false } })
  }

  /// Ends a part, and begins the next one: numbers that are read later are put into memory.
  func endPart(at position: Int) -> String {
    saveNumbers(scalars.keys.filter { lastReads[$0] >= position }.sorted())
    let name = definePart()
    scalars = [:]
    pointers = [:]
    function = FunctionEmitter(module, status: "%status")
    return name
  }
}
