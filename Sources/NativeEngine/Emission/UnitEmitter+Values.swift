import Engines

// Where values are.

extension UnitEmitter {
  /// A number of rank 0.
  func scalar(_ value: Int) -> ScalarCode {
    if let known = scalars[value] { return known }
    let address: String
    switch graph.values[value].origin {
    case .constant(let constant): return function.constant(constant)
    case .input(let number): address = inputPointer(number, add: function.text.addAtEntry)
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
    switch materialization.storages[value] {
    case .inlined: true
    case .shared: !schedule.isStored[value]
    case .scalar, .stored, .alias: false
    }
  }

  /// Whether a value of a group is put into memory.
  func isStored(_ value: Int) -> Bool { schedule.isStored[value] }

  /// The pointer to an input.
  ///
  /// - Parameter add: adds an instruction, at the end of the function unless its result is used at the entry.
  func inputPointer(_ number: Int, add: ((String) -> String)? = nil) -> String {
    arePointersPacked ? packedPointer("%inputs", number, add ?? function.add) : "%i\(number)"
  }

  /// The pointer to an output.
  func outputPointer(_ number: Int) -> String {
    arePointersPacked ? packedPointer("%outputs", number, function.add) : "%o\(number)"
  }

  private func packedPointer(_ array: String, _ number: Int, _ add: (String) -> String) -> String {
    let slot = add("getelementptr inbounds ptr, ptr \(array), i64 \(number)")
    return add("load ptr, ptr \(slot), align 8, !invariant.load !0")
  }

  /// Where a tensor is.
  func pointer(_ value: Int) -> String {
    let root = materialization.root(of: value)
    switch plan.locations[root] {
    case .input(let number): return inputPointer(number)
    case .output(let number): return outputPointer(number)
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
    if case .input(let number) = graph.values[value].origin { return inputPointer(number) }
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
