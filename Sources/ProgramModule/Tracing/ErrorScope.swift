import Synchronization

/// Collects the first error of a `catchingTensorErrors` scope, from its thread and from the tasks started in it.
package final class ErrorScope: Sendable {
  private struct State {
    var error: TensorError?
    var isOpen = true
  }

  /// The scope that the running code was started in; tasks inherit it from the code that starts them.
  @TaskLocal package static var innermost: ErrorScope?
  /// Tells threads without a scope that there is one elsewhere, for the message.
  private static let openCount = Atomic<Int>(0)

  private let state = Lock(State())
  /// The scope around this one.
  private let outer: ErrorScope?
  /// Whether errors get their place in the user's source.
  package let isLocating: Bool

  /// A scope inside the one that is open here; it is open until ``close()``.
  package init(isLocating: Bool = true) {
    self.isLocating = isLocating
    outer = .current
    _ = Self.reportsMissingAxes
    Self.openCount.add(1, ordering: .relaxed)
  }

  /// The first error, if there was one.
  package var error: TensorError? { state.withLock(\.error) }

  /// The innermost scope that is open: a task may outlive the scope that it was started in.
  package static var current: ErrorScope? {
    var scope = innermost
    while let closed = scope, !closed.state.withLock(\.isOpen) { scope = closed.outer }
    return scope
  }

  /// Lets shapes report errors to scopes, once there is one.
  private static let reportsMissingAxes: Void = Shape.errorReporter.withLock { $0 = { report($0) } }

  /// Whether a scope is open somewhere in this process.
  static var isAnyOpen: Bool { openCount.load(ordering: .relaxed) > 0 }

  /// Keeps an error if it is the first one.
  func record(_ error: TensorError) { state.withLock { $0.error = $0.error ?? error } }

  /// Ends the scope.
  package func close() {
    state.withLock { $0.isOpen = false }
    Self.openCount.subtract(1, ordering: .relaxed)
  }
}

/// Runs the closure so that no invalid operation on tensors can stop the process: the first one is thrown as a
/// ``TensorError``.
///
/// Inside the scope an invalid operation gives an invalid tensor, and so does everything computed from it; `Double(_:)`
/// of an invalid tensor is `nan`, `Int(_:)` is 0, `Bool(_:)` is `false`; `scalars(as:)` has 65,536 of these, and the shape is
/// that of a scalar, where asking for the size of an axis that is not there answers 1. So what the closure does with them
/// before the scope throws does not stop the process. Outside any scope an invalid operation stops the program with the same
/// message.
///
/// The scope holds for the closure's own thread and for tasks that are started in it (`async let`, task groups,
/// `Task`),
/// as long as it runs. It does not reach code that is handed to another thread in other ways, such as
/// `DispatchQueue.async`, `DispatchQueue.concurrentPerform`, `Thread` and `Task.detached`: open a scope inside of
/// what is
/// handed over.
///
/// - Throws: the first ``TensorError``, or the error that the closure threw when there was none.
public func catchingTensorErrors<Result>(_ body: () throws -> Result) throws -> Result {
  try catchingTensorErrors(isLocating: true, body)
}

/// Runs the closure so that no invalid operation on tensors can stop the process. Whether errors get their place in the
/// user's source can be chosen: it takes some microseconds to keep the stack.
package func catchingTensorErrors<Result>(isLocating: Bool, _ body: () throws -> Result) throws -> Result {
  let scope = ErrorScope(isLocating: isLocating)
  defer { scope.close() }
  do {
    let result = try ErrorScope.$innermost.withValue(scope) { try body() }
    if let error = scope.error { throw error }
    return result
  } catch {
    throw scope.error ?? error
  }
}

/// Runs an asynchronous closure so that no invalid operation on tensors can stop the process: the first one is
/// thrown as a
/// ``TensorError``.
///
/// The scope holds for the closure, on whichever threads it runs, and for the tasks that are started in it.
///
/// - Throws: the first ``TensorError``, or the error that the closure threw when there was none.
@_disfavoredOverload
public func catchingTensorErrors<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async throws -> Result {
  let scope = ErrorScope()
  defer { scope.close() }
  do {
    let result = try await ErrorScope.$innermost.withValue(scope) { try await body() }
    if let error = scope.error { throw error }
    return result
  } catch {
    throw scope.error ?? error
  }
}

/// Reports an invalid operation: recorded by the innermost scope, or the end of the program.
package func report(_ error: TensorError) {
  var error = error
  guard let scope = ErrorScope.current else {
    error.place = error.place ?? .ofRunningOperation()
    if ErrorScope.isAnyOpen {
      error.hint =
        (error.hint.map { $0 + "\n  hint: " } ?? "")
        + "catchingTensorErrors is open in another thread, but not in this one: open it inside of what runs here"
    }
    stopProcess(error.description)
  }
  guard scope.error == nil else { return }
  if scope.isLocating { error.place = error.place ?? .ofRunningOperation() }
  scope.record(error)
}

/// Reports an invalid operation and answers with the tensor that poisons what follows.
package func invalidTensor(_ error: TensorError) -> Tensor {
  report(error)
  return Tensor(.invalid)
}

/// The outcome of an operation that may fail, as a tensor: invalid when it failed.
package func reporting(_ body: () throws(TensorError) -> Tensor) -> Tensor {
  do { return try body() } catch { return invalidTensor(error) }
}

private func stopProcess(_ message: String) -> Never {
  fatalError("\n" + message + "\n")
}
