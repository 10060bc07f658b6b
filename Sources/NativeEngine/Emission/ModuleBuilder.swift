import Engines

/// Collects what one module of code consists of: functions, declarations of what they call, and where that is.
///
/// It belongs to one compilation, in one thread.
final class ModuleBuilder {
  /// What the processor can do.
  let processor: Processor
  /// Names that are different from those of other modules.
  let prefix: String
  let options: CodeOptions
  private var functions: [String] = []
  private var declarations: [String: String] = [:]
  /// Functions of this process that the code calls, by name.
  private(set) var symbols: [String: UInt] = [:]
  private var nextFunction = 0
  /// What the code finds at run time.
  let environment = EnvironmentLayout()
  /// The memory that a call needs.
  private(set) var arenaByteCount = 0
  /// Whether something in the code may fail.
  var canFail = false
  /// The outputs of the entry that may have the memory of an input, with that input.
  private(set) var overwritten: [Int: Int] = [:]
  private var units: [Subprogram: UnitEmitter.Unit] = [:]
  /// Functions for several places at once, by what they compute.
  private var forms: [String: String] = [:]

  init(processor: Processor, prefix: String, options: CodeOptions) {
    self.processor = processor
    self.prefix = prefix
    self.options = options
  }

  /// The whole text.
  var text: String {
    let attributes = """
      attributes #0 = { nounwind \(Sanitizer.current?.attribute ?? "") "prefer-vector-width"="512" "min-legal-vector-width"="512" }
      attributes #1 = { nounwind willreturn readnone }
      attributes #2 = { nounwind }
      !0 = !{}

      """
    return (declarations.keys.sorted().map { declarations[$0] ?? "" } + functions + [attributes])
      .joined(separator: "\n")
  }

  /// A name for a function.
  func functionName() -> String {
    nextFunction += 1
    return "@\(prefix)_\(nextFunction)"
  }

  /// The function of a program, which is written when it is asked for first.
  func unit(of subprogram: Subprogram) -> UnitEmitter.Unit {
    if let known = units[subprogram] { return known }
    let unit = UnitEmitter(subprogram.program, self).write()
    units[subprogram] = unit
    return unit
  }

  /// Adds the text of a function.
  func addFunction(_ text: String) { functions.append(text) }

  private var functionsByteCount: Int { functions.reduce(0) { $0 + $1.utf8.count } }

  private func declare(_ name: String, _ text: @autoclosure () -> String) {
    if declarations[name] == nil { declarations[name] = text() }
  }
}

// MARK: - What is called

extension ModuleBuilder {
  /// A function that LLVM knows, such as `sqrt`, of one argument.
  func intrinsic(_ name: String, _ dtype: DType, _ lanes: Int) -> String {
    let suffix = (lanes == 1 ? "" : "v\(lanes)") + (dtype == .float32 ? "f32" : "f64")
    let type = laneType(dtype.register, lanes)
    declare("@llvm.\(name).\(suffix)", "declare \(type) @llvm.\(name).\(suffix)(\(type))")
    return "@llvm.\(name).\(suffix)"
  }

  /// Whether one of several flags holds.
  func reduceOr(_ lanes: Int) -> String {
    let name = "@llvm.vector.reduce.or.v\(lanes)i1"
    declare(name, "declare i1 \(name)(\(laneType("i1", lanes)))")
    return name
  }

  /// Whether all of several flags hold.
  func reduceAnd(_ lanes: Int) -> String {
    let name = "@llvm.vector.reduce.and.v\(lanes)i1"
    declare(name, "declare i1 \(name)(\(laneType("i1", lanes)))")
    return name
  }

  /// A function of the C library.
  func scalarFunction(_ name: String, _ dtype: DType, _ count: Int) -> String {
    let types = [String](repeating: dtype.register, count: count).joined(separator: ", ")
    declare("@" + name, "declare \(dtype.register) @\(name)(\(types)) #1")
    return "@" + name
  }

  /// The form of a function of the C library for several numbers at once, where there is one.
  func vectorFunction(_ name: String, _ dtype: DType, _ lanes: Int, _ count: Int) -> String? {
    guard let found = processor.vectorFunction(name, dtype, lanes, count) else { return nil }
    let type = laneType(dtype.register, lanes)
    let types = [String](repeating: type, count: count).joined(separator: ", ")
    declare("@" + found.name, "declare \(type) @\(found.name)(\(types)) #1")
    symbols[found.name] = found.address
    return "@" + found.name
  }

  /// A function of the host.
  func routine(_ routine: ScalarRoutine) -> String {
    let name = "jacobi_routine_\(routine.name)"
    let types = [String](repeating: "double", count: routine.arity).joined(separator: ", ")
    declare("@" + name, "declare double @\(name)(\(types)) #1")
    symbols[name] = routine.address
    return "@" + name
  }

  /// A function for several places at once, which is written when it is asked for first, under a name that it is given.
  func form(_ key: String, _ write: (String) -> String) -> String {
    if let known = forms[key] { return known }
    let name = functionName()
    forms[key] = name
    addFunction(write(name))
    return name
  }

  /// A function of complex numbers.
  func complexFunction(_ name: String, _ dtype: DType, _ count: Int) -> String {
    let symbol = "jacobi_\(dtype)_\(name)"
    let types = [String](repeating: dtype.register, count: 2 * count).joined(separator: ", ")
    declare("@" + symbol, "declare void @\(symbol)(\(types), ptr) #2")
    symbols[symbol] = ComplexRoutines.address(symbol)
    return "@" + symbol
  }

  /// A function of a library.
  func libraryFunction(_ function: (name: String, address: UInt), result: String, parameters: String) -> String {
    declare("@" + function.name, "declare \(result) @\(function.name)(\(parameters)) #2")
    symbols[function.name] = function.address
    return "@" + function.name
  }

  /// A function of this engine's run time.
  func runtimeFunction(_ function: RuntimeFunction) -> String {
    declare("@" + function.name, "declare \(function.result) @\(function.name)(\(function.parameters)) #2")
    symbols[function.name] = function.address
    return "@" + function.name
  }

  /// A function of the C library or of LLVM with a declaration of its own.
  func function(_ name: String, declaration: String) -> String {
    declare(name, declaration)
    return name
  }
}

// MARK: - Entry

extension ModuleBuilder {
  /// The name of the function that is called from outside.
  var entryName: String { "\(prefix)_entry" }

  /// How much LLVM is to optimize.
  var effort: CompilationEffort {
    if let chosen = options.effort { return chosen }
    return switch functionsByteCount {
    case ...4_000_000: .high
    case ...12_000_000: .low
    default: .lowest
    }
  }

  /// Writes the function of a program, and the one that is called from outside:
  ///
  ///     i32 entry(inputs, outputs, memory, environment)
  ///
  /// Inputs and outputs are arrays of pointers; the result is 0 when nothing failed.
  ///
  /// - Parameter isOverwritten: the inputs whose memory outputs may have.
  func writeEntry(_ program: Program, overwriting isOverwritten: [Bool] = []) {
    let unit = UnitEmitter(program, self, overwriting: isOverwritten).write()
    arenaByteCount = unit.arenaByteCount
    // What fails is run again by the host, for which the inputs must be as they were.
    if !canFail {
      overwritten = unit.inPlace.filter { isOverwritten.indices.contains($0.value) && isOverwritten[$0.value] }
    }
    let text = IRText()
    let status = text.frame("i32", alignment: 4)
    text.run("store i32 0, ptr \(status), align 4")
    func pointers(_ array: String, _ count: Int) -> [String] {
      (0..<count).map { index in
        let slot = text.add("getelementptr inbounds ptr, ptr \(array), i64 \(index)")
        return text.add("load ptr, ptr \(slot), align 8")
      }
    }
    let arguments =
      unit.arePointersPacked
      ? ["%inputs", "%outputs"]
      : pointers("%inputs", program.inputs.count) + pointers("%outputs", program.outputs.count)
    let all = (arguments + ["%arena", "%environment", status]).map { "ptr \($0)" }
    text.run("call void \(unit.name)(\(all.joined(separator: ", ")))")
    let result = text.add("load i32, ptr \(status), align 4")
    text.run("ret i32 \(result)")
    addFunction(
      "define i32 @\(entryName)(ptr %inputs, ptr %outputs, ptr %arena, ptr %environment) #0 {\nentry:\n"
        + text.entry + text.body + "}\n")
  }
}
