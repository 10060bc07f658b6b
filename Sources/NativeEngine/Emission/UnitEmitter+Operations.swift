import Engines

// Steps that are run as a whole.

extension UnitEmitter {
  /// Writes an operation, and takes its results of rank 0 into registers.
  func write(operation: Graph.Operation) {
    let types = operation.operands.map { graph.values[$0].type }
    let operands = operation.operands.map(operandPointer)
    let results = operation.results.map { value -> String in
      let type = graph.values[value].type
      return type.shape.isScalar
        ? function.text.frame("[\(type.dtype.byteCount) x i8]", alignment: 16) : pointer(value)
    }
    switch operation.lowering {
    case .program(let subprogram): call(subprogram, operands, results)
    case .switch(let branches): choose(branches, operation, operands, results)
    case .whileLoop(let shape): loop(shape, operands, results)
    case .loop(let shape): loop(shape, operation, operands, results)
    case .cumulativeSum(let axis, let reversed):
      writeCumulativeSum(axis: axis, reversed: reversed, types[0], from: operands[0], to: results[0])
    case .running(let combination, let axis, let reversed):
      writeRunning(combination, axis: axis, reversed: reversed, types[0], from: operands, to: results[0])
    case .argExtremum(let axis, let isLargest):
      writeArgExtremum(axis: axis, isLargest: isLargest, types[0], from: operands[0], to: results[0])
    case .library(.argSort(let axis, let descending)):
      writeArgSort(axis: axis, descending: descending, types[0], from: operands[0], to: results[0])
    case .scatterAdd(let axis, let batchRank):
      let type = graph.values[operation.results[0]].type
      writeScatterAdd(axis: axis, batchRank: batchRank, types, type, from: operands, to: results[0])
    case .scatter(let axis, let batchRank):
      writeScatter(axis: axis, batchRank: batchRank, types, from: operands, to: results[0])
    case .insertion(let insertion): writeUpdate(insertion, types, from: operands, to: results[0])
    case .accumulation(let sum): accumulate(sum, operation, operands, to: results[0])
    // The host has the libraries.
    case .library, .host: callHost(operation, operands, results)
    case .elementwise, .view, .reshape, .reduction, .contraction, .gather, .linearIndices:
      preconditionFailure("functions of elements are not operations")
    }
    for (value, pointer) in zip(operation.results, results) where graph.values[value].type.shape.isScalar {
      setScalar(value, function.load(graph.values[value].type.dtype, at: pointer))
    }
  }

  /// Calls the function of a program.
  func call(_ subprogram: Subprogram, _ operands: [String], _ results: [String]) {
    let unit = module.unit(of: subprogram)
    noteCall()
    let memory = reserve(unit.arenaByteCount)
    let pointers = unit.arePointersPacked ? [array(operands), array(results)] : operands + results
    let arguments = (pointers + [memory, "%environment", "%status"]).map { "ptr \($0)" }
    function.run("call void \(unit.name)(\(arguments.joined(separator: ", ")))")
  }

  /// Memory for a call, which no other value has.
  func reserve(_ byteCount: Int) -> String {
    if byteCount == 0 { return "%arena" }
    return function.add("getelementptr inbounds i8, ptr %arena, i64 \(reserveArena(byteCount))")
  }

  /// Calls the host.
  private func callHost(_ operation: Graph.Operation, _ operands: [String], _ results: [String]) {
    guard let primitive = operation.primitive else {
      preconditionFailure("the host knows no operations of this engine")
    }
    let number = module.environment.number(
      of: EnvironmentLayout.HostOperation(
        primitive: primitive, operandTypes: operation.operands.map { graph.values[$0].type },
        resultTypes: operation.results.map { graph.values[$0].type }))
    let (inputs, outputs) = (array(operands), array(results))
    let name = module.runtimeFunction(.evaluateOnHost)
    let failed = function.add("call i32 \(name)(ptr %environment, i64 \(number), ptr \(inputs), ptr \(outputs))")
    note(failed)
  }

  /// Pointers one after the other, in the frame.
  private func array(_ pointers: [String]) -> String {
    let slots = function.text.frame("[\(max(pointers.count, 1)) x ptr]", alignment: 16)
    for (index, pointer) in pointers.enumerated() {
      let slot = function.add("getelementptr inbounds ptr, ptr \(slots), i64 \(index)")
      function.run("store ptr \(pointer), ptr \(slot), align 8")
    }
    return slots
  }

  /// Notes a failure where a number is not 0.
  private func note(_ failed: String) {
    module.canFail = true
    let before = function.add("load i32, ptr %status, align 4")
    let after = function.add("or i32 \(before), \(failed)")
    function.run("store i32 \(after), ptr %status, align 4")
  }

  /// Writes a choice between programs.
  private func choose(_ branches: [Subprogram], _ operation: Graph.Operation, _ operands: [String], _ results: [String])
  {
    let index = function.convert(scalar(operation.operands[0]), .int64).parts[0]
    let isOutside = function.add("icmp uge i64 \(index), \(branches.count)")
    function.fail(where: isOutside, lanes: 1)
    let after = function.text.label("chosen")
    let labels = branches.indices.map { _ in function.text.label("branch") }
    let failed = function.text.label("none")
    let cases = labels.enumerated().map { "i64 \($0), label %\($1)" }.joined(separator: " ")
    function.run("switch i64 \(index), label %\(failed) [ \(cases) ]")
    function.text.begin(failed)
    function.text.jump(to: after)
    for (branch, label) in zip(branches, labels) {
      function.text.begin(label)
      call(branch, Array(operands.dropFirst()), results)
      function.text.jump(to: after)
    }
    function.text.begin(after)
  }
}
