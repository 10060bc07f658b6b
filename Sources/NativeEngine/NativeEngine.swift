import Engines
import HostLibraries
import Passes
import Synchronization

/// Compiles programs to machine code for this processor, through LLVM, which is found when the process runs.
///
/// Results are those of the ``ReferenceEngine`` to rounding: sums are taken in another order (documented in
/// `Documentation/JIT.md`), and functions such as `exp` of several numbers at once are those of a vector library. Errors
/// are those of the reference engine; but what no result depends on is not computed, and so it cannot fail.
public struct NativeEngine: Engine {
  /// How many threads share large loops. Results do not depend on it.
  public let threads: Int
  private let options: CodeOptions

  /// The engine.
  ///
  /// - Parameter threads: how many threads share large loops; at first as many as there are processors, or what the
  ///   environment's `JACOBI_THREADS` says.
  public init(threads: Int? = nil) { self.init(threads: threads, options: CodeOptions()) }

  /// An engine whose code is of another kind.
  package init(threads: Int? = nil, options: CodeOptions) {
    self.threads = max(1, threads ?? Threads.usualCount)
    self.options = options
    var name = EngineID.native.name
    if self.threads != Threads.usualCount { name += ", \(self.threads) \(self.threads == 1 ? "thread" : "threads")" }
    if options != CodeOptions() {
      name += options.isFused ? "" : ", not fused"
      if let vectorMath = options.vectorMath { name += ", vector math \(vectorMath.rawValue)" }
      if let effort = options.effort { name += ", \(effort.rawValue) effort" }
      name += ", loops divided from \(options.smallestDividedWork) by \(options.blockSize)"
    }
    id = EngineID(name)
  }

  /// `native`, and what is not usual about it: compiled programs are kept under the engine's identity.
  public let id: EngineID

  public var availability: EngineAvailability {
    switch LLVM.shared {
    case .success(let llvm): .available("\(llvm.description), \(BLAS.summary)")
    case .failure(let missing):
      .unavailable(
        reason: missing.reason,
        remedy:
          "install LLVM \(LLVM.versions.lowerBound) to \(LLVM.versions.upperBound) (on Debian and Ubuntu: "
          + "apt-get install libllvm19), or set JACOBI_LLVM to the library's path")
    }
  }

  public var isAvailable: Bool {
    if case .success = LLVM.shared { return true }
    return false
  }

  public func compile(_ program: Program) throws(TensorError) -> any Executable {
    try compile(program, overwriting: [])
  }

  public func compile(_ program: Program, overwriting isOverwritten: [Bool]) throws(TensorError) -> any Executable {
    try program.verify()
    let llvm = try Self.llvm()
    let module = try module(of: program, llvm, overwriting: isOverwritten)
    let output = try llvm.compile(module.text, effort: module.effort)
    return try NativeExecutable(program, module, llvm, output.object, threadCount: threads)
  }

  /// The text of the code for a program, as this engine writes it and as LLVM has optimized it.
  public func assembly(of program: Program) throws(TensorError) -> (written: String, optimized: String) {
    let (_, written, optimized) = try texts(of: program)
    return (written, optimized)
  }

  /// The module of a program, and its text before and after optimization.
  func texts(of program: Program) throws(TensorError) -> (module: ModuleBuilder, written: String, optimized: String) {
    try program.verify()
    let llvm = try Self.llvm()
    let module = try module(of: program, llvm)
    let text = module.text
    let output = try llvm.compile(text, effort: module.effort, keepsText: true)
    llvm.functions.disposeMemoryBuffer(output.object)
    return (module, text, output.text ?? "")
  }

  private static func llvm() throws(TensorError) -> LLVM {
    switch LLVM.shared {
    case .success(let llvm): return llvm
    case .failure(let missing): throw TensorError(.compilation, "native engine", missing.reason)
    }
  }

  private static let nextModule = Atomic<UInt64>(0)

  private func module(
    of program: Program, _ llvm: LLVM, overwriting isOverwritten: [Bool] = []
  ) throws(TensorError) -> ModuleBuilder {
    let vectorMath: VectorMath
    if let chosen = options.vectorMath { vectorMath = chosen } else { vectorMath = try VectorMath.usual() }
    let processor = Processor(features: llvm.features, vectorMath: vectorMath)
    let number = Self.nextModule.wrappingAdd(1, ordering: .relaxed).newValue
    let module = ModuleBuilder(processor: processor, prefix: "jacobi\(number)", options: options)
    module.writeEntry(program, overwriting: isOverwritten)
    return module
  }

  /// What of a program the host evaluates when the rest is machine code. It needs no LLVM.
  package func hostOperations(of program: Program) -> [any Primitive] {
    let module = ModuleBuilder(
      processor: Processor(features: [], vectorMath: .none), prefix: "jacobi", options: options)
    module.writeEntry(program)
    return module.environment.hostOperations.map(\.primitive)
  }
}

extension EngineID {
  /// The usual ``NativeEngine``.
  public static let native = EngineID("native")
}
