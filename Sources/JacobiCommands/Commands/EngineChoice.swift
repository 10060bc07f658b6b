import ArgumentParser
import Jacobi

/// What runs the computation, as it is asked for.
enum EngineName: String, ExpressibleByArgument, CaseIterable { case auto, native, reference }

/// What runs the computation.
struct EngineChoice {
  /// The engine that compiles the function; `nil` where each operation is evaluated at once.
  let compiler: (any Engine)?

  /// - Throws: a usage failure for the native engine where there is none.
  init(_ name: EngineName) throws {
    switch name {
    case .auto: (compiler, explained) = (nil, nil)
    case .reference: (compiler, explained) = (nil, ReferenceEngine())
    case .native:
      let engine: any Engine = EngineRegistry.engine(.native) ?? ReferenceEngine()
      if case .unavailable(let reason, let remedy) = engine.availability {
        throw CommandFailure.usage(
          "the native engine is not available: \(reason)",
          hint: [remedy, "leave --engine out, or write --engine reference"].compactMap { $0 }.joined(separator: "; or ")
        )
      }
      (compiler, explained) = (engine, engine)
    }
  }

  /// What a function would be run by when it is compiled, and nothing where the best one is meant.
  let explained: (any Engine)?

  /// A function as it is run.
  func prepared(_ function: @escaping ([Tensor]) -> [Tensor]) -> ([Tensor]) -> [Tensor] {
    compiler.map { jit(function, engine: $0) } ?? function
  }

  /// - Throws: a usage failure for commands that look at each operation, which only the reference engine has.
  func requireSteps(for command: String) throws {
    if compiler == nil { return }
    throw CommandFailure.usage(
      "\(command) shows every operation, and compiled code has none", hint: "leave --engine out")
  }
}
