#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Collects the first error of a ``catchingTensorErrors(_:)`` scope.
package final class ErrorScope {
  package var error: TensorError?
  /// Whether errors get their place in the user's source, which takes long to find.
  package let isLocating: Bool
  package init(isLocating: Bool = true) { self.isLocating = isLocating }
}

/// Runs the closure so that no invalid operation on tensors can stop the process: the first one is thrown as a
/// ``TensorError``.
///
/// Inside the scope an invalid operation gives an invalid tensor, and so does everything computed from it; `Double(_:)`
/// of an invalid tensor is `nan`, `Int(_:)` is 0, `Bool(_:)` is `false`, `scalars(as:)` is empty. Outside any scope an
/// invalid operation stops the program with the same message.
///
/// - Throws: the first ``TensorError``, or the error that the closure threw when there was none.
public func catchingTensorErrors<Result>(_ body: () throws -> Result) throws -> Result {
  let state = ThreadState.current
  let scope = ErrorScope()
  state.errorScopes.append(scope)
  defer { state.errorScopes.removeLast() }
  do {
    let result = try body()
    if let error = scope.error { throw error }
    return result
  } catch {
    throw scope.error ?? error
  }
}

/// Reports an invalid operation: recorded by the innermost scope, or the end of the program.
package func report(_ error: TensorError) {
  var error = error
  guard let scope = ThreadState.current.errorScopes.last else {
    error.location = error.location ?? CallSite.ofCaller()
    stopProcess(error.description)
  }
  guard scope.error == nil else { return }
  if scope.isLocating { error.location = error.location ?? CallSite.ofCaller() }
  scope.error = error
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
