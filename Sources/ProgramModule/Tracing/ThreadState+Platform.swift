#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The POSIX key under which each thread keeps its state; the state goes when the thread ends.
private let threadStateKey: pthread_key_t = {
  var key = pthread_key_t()
  #if canImport(Darwin)
    pthread_key_create(&key) { Unmanaged<ThreadState>.fromOpaque($0).release() }
  #else
    pthread_key_create(&key) { if let pointer = $0 { Unmanaged<ThreadState>.fromOpaque(pointer).release() } }
  #endif
  return key
}()

extension ThreadState {
  /// The trace that a variable belongs to, if it is being recorded in the calling thread.
  ///
  /// Every operation on a traced tensor asks. The state is not retained for the answer: the thread keeps it alive.
  package static func currentTrace(of variable: TracedVariable) -> Trace? {
    guard let pointer = pthread_getspecific(threadStateKey) else { return nil }
    return Unmanaged<ThreadState>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.trace(of: variable) }
  }

  /// The state of the calling thread.
  package static var current: ThreadState {
    if let pointer = pthread_getspecific(threadStateKey) {
      return Unmanaged<ThreadState>.fromOpaque(pointer).takeUnretainedValue()
    }
    let state = ThreadState()
    pthread_setspecific(threadStateKey, Unmanaged.passRetained(state).toOpaque())
    return state
  }
}
