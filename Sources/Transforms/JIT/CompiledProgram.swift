import ControlPrimitives
import Engines
import Passes

/// A program that an engine has made ready to run.
final class CompiledProgram: Sendable {
  let executable: any Executable
  /// Whether the results stay on a device.
  let isOnDevice: Bool
  /// The engine.
  let engine: EngineID
  /// Why engines that come before it were not used.
  let refusals: [String]

  /// The program made ready by an engine, or, where none is named, by the best one that can; made once for equal programs.
  ///
  /// - Parameter isOverwritten: the inputs whose memory may be used for outputs.
  /// - Throws: an error when the engine cannot run it.
  static func of(
    _ program: Subprogram, on engine: (any Engine)?, overwriting isOverwritten: [Bool] = []
  ) throws(TensorError) -> CompiledProgram {
    let key = Subprogram.Attachment.compiled(
      engine?.id, isOverwritten: isOverwritten.contains(true) ? isOverwritten : [])
    return try program.attachment(key) { () throws(TensorError) in
      try CompiledProgram(program.program, engine, isOverwritten)
    }
  }

  private init(_ program: Program, _ engine: (any Engine)?, _ isOverwritten: [Bool]) throws(TensorError) {
    let optimized = try program.optimized()
    var refusals: [String] = []
    var candidates = engine.map { [$0] } ?? EngineRegistry.engines
    // The error of the last one is the caller's.
    let last = candidates.removeLast()
    var made: (any Executable, EngineID)?
    for candidate in candidates where made == nil {
      guard candidate.isAvailable else {
        refusals.append("\(candidate.id): \(candidate.availability)")
        continue
      }
      do throws(TensorError) {
        made = (try candidate.compile(optimized, overwriting: isOverwritten), candidate.id)
      } catch {
        refusals.append("\(candidate.id): \(error.message)")
      }
    }
    if let made {
      (executable, self.engine) = made
    } else {
      (executable, self.engine) = (try last.compile(optimized, overwriting: isOverwritten), last.id)
    }
    isOnDevice = executable is any DeviceExecutable
    self.refusals = refusals
  }

  /// The outputs for inputs that have numbers, in any place.
  ///
  /// - Throws: an error when the inputs do not fit, or when an equation fails.
  func run(_ inputs: [Tensor]) throws(TensorError) -> [Tensor] {
    if isOnDevice {
      var placed: [PlacedTensor] = []
      placed.reserveCapacity(inputs.count)
      for input in inputs { placed.append(try input.placedValue(.free)) }
      return try executable.run(placed: placed).map { Tensor(placed: $0) }
    }
    var hosts: [HostTensor] = []
    hosts.reserveCapacity(inputs.count)
    for input in inputs { hosts.append(try input.numbers()) }
    return try executable.run(hosts).map { Tensor(.host($0)) }
  }
}

/// Runs the programs of calls by an engine.
struct EngineRunner: ProgramRunner {
  let engine: (any Engine)?
  let isOnDevice: Bool

  func run(_ program: Subprogram, _ inputs: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try CompiledProgram.of(program, on: engine).executable.run(inputs)
  }

  func run(_ program: Subprogram, placed inputs: [PlacedTensor]) throws(TensorError) -> [PlacedTensor] {
    try CompiledProgram.of(program, on: engine).executable.run(placed: inputs)
  }

  /// The identity under which calls find the engine.
  static func id(of engine: (any Engine)?) -> EngineID {
    let chosen = engine ?? EngineRegistry.preferred
    let runner = EngineRunner(engine: engine, isOnDevice: chosen.device != nil)
    ProgramRunners.register(runner, for: chosen.id)
    return chosen.id
  }
}
