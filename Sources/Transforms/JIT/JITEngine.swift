import Engines
import NativeEngine
import Passes
import ControlPrimitives

/// Which engine runs what `jit` compiles where none is named.
public enum JITEngine {
  /// The engines that are tried, best first. The last one is always there.
  package static var candidates: [any Engine] { [NativeEngine(), ReferenceEngine()] }

  /// The first engine that can run programs here.
  public static var preferred: any Engine {
    candidates.first { $0.isAvailable } ?? ReferenceEngine()
  }

  /// What keeps better engines from being used here, one line for each.
  static var refusals: [String] {
    candidates.prefix { !$0.isAvailable }.map { "\($0.name): \($0.availability)" }
  }
}

/// A program that an engine has made ready to run.
final class CompiledProgram: Sendable {
  let executable: any Executable
  /// The name of the engine.
  let engine: String
  /// Why engines that come before it were not used.
  let refusals: [String]

  /// The program made ready by an engine, or, where none is named, by the best one that can; made once for equal programs.
  ///
  /// - Parameter isOverwritten: the inputs whose memory may be used for outputs.
  /// - Throws: an error when the engine cannot run it.
  static func of(
    _ program: Subprogram, on engine: (any Engine)?, overwriting isOverwritten: [Bool] = []
  ) throws(TensorError) -> CompiledProgram {
    var title = "compiled by \(engine?.name ?? "the best engine")"
    if isOverwritten.contains(true) { title += ", overwriting \(isOverwritten)" }
    return try program.attachment(title) { () throws(TensorError) in
      try CompiledProgram(program.program, engine, isOverwritten)
    }
  }

  private init(_ program: Program, _ engine: (any Engine)?, _ isOverwritten: [Bool]) throws(TensorError) {
    let optimized = try program.optimized()
    if let engine {
      executable = try engine.compile(optimized, overwriting: isOverwritten)
      self.engine = engine.name
      refusals = []
      return
    }
    var refusals: [String] = []
    let candidates = JITEngine.candidates
    for candidate in candidates.dropLast() {
      guard candidate.isAvailable else {
        refusals.append("\(candidate.name): \(candidate.availability)")
        continue
      }
      do throws(TensorError) {
        executable = try candidate.compile(optimized, overwriting: isOverwritten)
        self.engine = candidate.name
        self.refusals = refusals
        return
      } catch {
        refusals.append("\(candidate.name): \(error.message)")
      }
    }
    let last = candidates.last ?? ReferenceEngine()
    executable = try last.compile(optimized)
    self.engine = last.name
    self.refusals = refusals
  }
}

/// Runs the programs of calls by an engine.
struct EngineRunner: ProgramRunner {
  let engine: (any Engine)?

  func run(_ program: Subprogram, _ inputs: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try CompiledProgram.of(program, on: engine).executable.run(inputs)
  }

  /// The name under which calls find the engine. Engines are told apart by their names.
  static func name(of engine: (any Engine)?) -> String {
    let name = engine?.name ?? JITEngine.preferred.name
    ProgramRunners.register(EngineRunner(engine: engine), named: name)
    return name
  }
}
