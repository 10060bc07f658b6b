import Engines
import ControlPrimitives

/// A function that is compiled when it is first called, as by `jit`, for calls from many threads at once, and with its own
/// statistics.
///
/// ```swift
/// let fast = CompiledFunction(talk)
/// fast([2, 5])
/// fast.statistics.hits
/// ```
public final class CompiledFunction<Argument: TensorTree, Result: TensorTree>: Sendable {
  private let compiled: JITFunction<Result>
  private let original: @Sendable (Argument) -> Result
  /// What it did so far.
  public let statistics = JITStatistics()

  /// A function that is compiled when it is called; for the parameters see `jit`.
  public init(
    _ function: @escaping @Sendable (Argument) -> Result, guards: JITGuards = .allowed, engine: (any Engine)? = nil
  ) {
    original = function
    compiled = JITFunction(guards, engine, statistics)
  }

  /// The function's result.
  public func callAsFunction(_ argument: Argument) -> Result { compiled.apply(argument, original) }

  /// The function as a value that transforms take: `grad(fast.function)`.
  public var function: (Argument) -> Result { { self($0) } }
}

extension CompiledFunction where Argument == Tensor, Result == Tensor {
  /// The function's result.
  public func callAsFunction(_ argument: Tensor) -> Tensor { compiled(argument, original) }
}
