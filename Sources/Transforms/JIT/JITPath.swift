import Engines
import ControlPrimitives

/// One way through a function: its program for some types of arguments and some values that it read.
///
/// `Sendable`: after ``learn(_:)``, which comes before the path is shared, nothing changes; the template, whose type need
/// not be `Sendable`, is only copied.
final class JITPath<Result: TensorTree>: @unchecked Sendable {
  /// Where a tensor of the result comes from.
  enum Origin {
    case output(Int)
    case argument(Int)
    /// A tensor that does not depend on the arguments.
    case constant(Tensor)
  }

  /// From the arguments, followed by the tensors from outside, to the results, followed by the guards.
  let program: Subprogram
  /// The tensors from outside that belong to a trace: such a path holds in that trace only.
  let captures: [Tensor]
  /// The number of outputs before the guards.
  let outputCount: Int
  /// Where each guard was read.
  let stacks: [CapturedStack?]
  /// The values that were read.
  private(set) var guards: [HostTensor]

  private let template: Result
  private let origins: [Origin]
  private let outsiders: [Tensor]
  private let engine: (any Engine)?
  /// Found once: to look it up takes longer than a small program.
  private let ready = Lock<CompiledProgram?>(nil)
  /// The arguments whose memory may be used for outputs, where a call lets go of them.
  let isOverwritten: [Bool]
  /// The arguments that are words of random keys which the function uses.
  private let usedKeys: [Int]
  /// How guards are compared before anything else is computed; `nil` where that is not needed.
  private let check: GuardCheck?

  init(
    program: Subprogram, captures: [Tensor], outputCount: Int, guards: [GuardLog.Guard], template: Result,
    origins: [Origin], engine: (any Engine)?, updatedCount: Int, usedKeys: [Int] = []
  ) {
    self.program = program
    self.captures = captures
    self.outputCount = outputCount
    self.guards = guards.map(\.value)
    stacks = guards.map(\.stack)
    self.template = template
    self.origins = origins
    outsiders = origins.compactMap { if case .constant(let tensor) = $0, tensor.isTraced { tensor } else { nil } }
    self.engine = engine
    self.usedKeys = usedKeys
    // What the result has as it was is kept.
    let kept = Set(origins.compactMap { if case .argument(let index) = $0 { index } else { nil } })
    isOverwritten = (0..<updatedCount).map { !kept.contains($0) }
    // A loop might not end for values of another path.
    let hasLoops = program.program.equations.contains { $0.primitive.traits.contains(.control) }
    check = guards.isEmpty || !hasLoops ? nil : GuardCheck(program.program, from: outputCount)
  }

  /// The words of the keys that a call uses, where uses are noted.
  func keys(_ argument: (Int) -> Tensor) -> [Tensor] { usedKeys.isEmpty ? [] : KeyLedger.noted(usedKeys.map(argument)) }

  /// Lists the keys that a call uses, and reports those that were used before.
  func noteKeys(_ argument: (Int) -> Tensor) { KeyLedger.note(keys(argument), of: "jit") }

  /// Whether the traces are being recorded to which tensors from outside belong.
  var isAlive: Bool { !captures.contains(where: \.isEscaped) && !outsiders.contains(where: \.isEscaped) }

  /// Whether this is all that the function does for these types, anywhere.
  var isUnconditional: Bool { guards.isEmpty && captures.isEmpty && outsiders.isEmpty }

  /// Whether the result is the only output of the program.
  var isOneOutput: Bool {
    guard isUnconditional, Result.self == Tensor.self, outputCount == 1, origins.count == 1 else { return false }
    if case .output(0) = origins[0] { return true }
    return false
  }

  /// The program, ready to run.
  func compiled() throws(TensorError) -> CompiledProgram {
    if let known = ready.withLock({ $0 }) { return known }
    let made = try CompiledProgram.of(program, on: engine, overwriting: isOverwritten)
    ready.withLock { $0 = made }
    return made
  }

  /// The program without the guards.
  var unguarded: Subprogram {
    if guards.isEmpty { return program }
    let whole = program.program
    return Subprogram(whole.computing(Array(whole.outputs[..<outputCount]), from: whole.inputs))
  }

  /// The result with the program's outputs in it, all of which are numbers in the memory of the host.
  func result(_ outputs: [HostTensor], _ arguments: [HostTensor]) -> Result {
    var next = 0
    return template.mapTensors { _ in
      defer { next += 1 }
      switch origins[next] {
      case .output(let index): return Tensor(.host(outputs[index]))
      case .argument(let index): return Tensor(.host(arguments[index]))
      case .constant(let tensor): return tensor
      }
    }
  }

  /// The result with the program's outputs in it, which may be traced or on a device.
  func result(_ outputs: [Tensor], _ arguments: [Tensor]) -> Result {
    var next = 0
    return template.mapTensors { _ in
      defer { next += 1 }
      switch origins[next] {
      case .output(let index): return index < outputs.count ? outputs[index] : Tensor(.invalid)
      case .argument(let index): return arguments[index]
      case .constant(let tensor): return tensor
      }
    }
  }
}

// MARK: - Running

extension JITPath {
  /// The outcome of running a path for some arguments.
  enum Attempt {
    /// The guards are those of the path; the outputs with the guards.
    case fits([Tensor])
    /// The first guard that differs, and its value.
    case differs(at: Int, HostTensor)
    /// Neither can be told.
    case fails(TensorError)
  }

  /// Runs the program; the path fits when the guards have the same bits.
  func attempt(_ inputs: [Tensor]) -> Attempt {
    do throws(TensorError) {
      if let check, let difference = try firstDifference(inputs, check) { return difference }
      if outputCount + guards.count == 0 { return .fits([]) }
      let outputs = try compiled().run(inputs)
      if check != nil { return .fits(outputs) }
      for (index, expected) in guards.enumerated() {
        let observed = try outputs[outputCount + index].hostValue(.free)
        if observed != expected { return .differs(at: index, observed) }
      }
      return .fits(outputs)
    } catch {
      // Perhaps these arguments belong to another path, where nothing fails.
      let walk = GuardCheck.oneByOne(program.program, from: outputCount)
      if let difference = try? firstDifference(inputs, walk) { return difference }
      return .fails(error)
    }
  }

  /// The first guard that differs, found without computing what comes after it.
  private func firstDifference(_ inputs: [Tensor], _ check: GuardCheck) throws(TensorError) -> Attempt? {
    var difference: Attempt?
    try check.run(inputs, on: engine) { index, value in
      if value != guards[index] { difference = .differs(at: index, value) }
      return difference == nil
    }
    return difference
  }

  /// Runs the program for the arguments that the path was recorded with. From then on the guards are what the engine
  /// computes: it may round otherwise than the host.
  func learn(_ inputs: [Tensor]) -> Attempt {
    do throws(TensorError) {
      if outputCount + guards.count == 0 { return .fits([]) }
      let outputs = try compiled().run(inputs)
      var observed: [HostTensor] = []
      if let check {
        try check.run(inputs, on: engine) { _, value in
          observed.append(value)
          return true
        }
      } else {
        for output in outputs[outputCount...] { observed.append(try output.hostValue(.free)) }
      }
      for (index, (new, old)) in zip(observed, guards).enumerated() where !new.isRounded(old) {
        return .differs(at: index, new)
      }
      guards = observed
      return .fits(outputs)
    } catch {
      return .fails(error)
    }
  }
}

extension HostTensor {
  /// Whether this is the other one up to rounding; integers and truth values must be the same.
  fileprivate func isRounded(_ other: HostTensor) -> Bool {
    if self == other { return true }
    guard type == other.type else { return false }
    func agree<Real: BinaryFloatingPoint>(_ a: [Real], _ b: [Real]) -> Bool {
      let size = b.reduce(Real.leastNormalMagnitude) { $1.isFinite ? max($0, $1.magnitude) : $0 }
      return zip(a, b).allSatisfy { a, b in
        a == b || (a.isNaN && b.isNaN) || (a - b).magnitude <= Real.ulpOfOne.squareRoot() * size
      }
    }
    switch dtype {
    case .float64: return agree(elements(as: Double.self), other.elements(as: Double.self))
    case .float32: return agree(elements(as: Float.self), other.elements(as: Float.self))
    default: return false
    }
  }
}
