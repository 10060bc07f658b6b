import Engines

// One unit as several functions of the code.

extension UnitEmitter {
  /// The pointers that the functions of the unit get.
  var parameters: [String] {
    let pointers =
      arePointersPacked
      ? ["%inputs", "%outputs"]
      : graph.inputTypes.indices.map { "%i\($0)" } + graph.outputs.indices.map { "%o\($0)" }
    return pointers + ["%arena", "%environment", "%status"]
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

  /// Writes the function of a divided unit, which calls its parts.
  func defineCalls(of parts: [String]) -> String {
    function = FunctionEmitter(module, status: "%status")
    let arguments = parameters.map { "ptr \($0)" }.joined(separator: ", ")
    for part in parts { function.run("call void \(part)(\(arguments))") }
    return define(isInlined: true)
  }

  /// Ends the function that is being written.
  ///
  /// - Parameter isInlined: whether it may stand in place of its calls.
  func define(isInlined: Bool) -> String {
    function.run("ret void")
    let name = module.functionName()
    let shared = Set(updates.inputs.values)
    let noalias = tellsMemoryApart ? "noalias " : ""
    let pointers =
      arePointersPacked
      ? ["ptr noalias readonly %inputs", "ptr noalias readonly %outputs"]
      : graph.inputTypes.indices.map { "ptr \(shared.contains($0) ? "" : noalias)readonly %i\($0)" }
        + graph.outputs.indices.map { "ptr \(updates.inputs[$0] == nil ? noalias : "")%o\($0)" }
    let list = pointers + ["ptr \(noalias)%arena", "ptr %environment", "ptr %status"]
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
    let name = define(isInlined: false)
    scalars = [:]
    pointers = [:]
    function = FunctionEmitter(module, status: "%status")
    return name
  }
}
