import Engines
import ControlPrimitives
import Synchronization

/// A function that is compiled for each signature and path when it is first called with such arguments.
///
/// The function itself is given with each call, so that this serves functions of any arguments. No lock is held while it
/// runs: threads that miss the same path at once trace it each, and wait for one of them to compile it.
///
/// `Sendable`: what is shared is behind a lock; the values of `Result`, whose type need not be `Sendable`, are only copied.
final class JITFunction<Result: TensorTree>: JITCounting, @unchecked Sendable {
  /// The paths for one signature.
  ///
  /// `Sendable` for the same reason.
  final class Entry: @unchecked Sendable {
    let signature: JITSignature
    /// The only path, where there are no guards.
    let unconditional: JITPath<Result>?
    let tree: Lock<PathTree<Result>>

    init(_ signature: JITSignature, _ first: JITPath<Result>) {
      self.signature = signature
      unconditional = first.isUnconditional ? first : nil
      var tree = PathTree<Result>()
      _ = tree.insert(first)
      self.tree = Lock(tree)
    }
  }

  private struct State {
    /// Whether the arguments are trees that take short ways; `nil` before it is known.
    var isCounted: Bool?
    var last: Entry?
    var entries: [JITSignature: Entry] = [:]
    /// The signatures, the oldest first.
    var order: [JITSignature] = []
    var counts = JITCounts()
  }

  /// The most signatures whose paths are kept; the oldest is forgotten for a new one.
  private static var largestSignatureCount: Int { 256 }

  let guards: JITGuards
  let engine: (any Engine)?
  /// Whether the function changes its first argument.
  let isUpdating: Bool
  private let state = Lock(State())
  /// The ``JITShortcut``, apart from the rest and without its type: what it takes to look for the types of generic values
  /// would be most of a short call. It is set while the state's lock is held.
  private let quick = Lock<AnyObject?>(nil)
  private let quickCalls = Atomic<Int>(0)
  private let statistics: JITStatistics?

  init(_ guards: JITGuards, _ engine: (any Engine)?, _ statistics: JITStatistics?, isUpdating: Bool = false) {
    self.guards = guards
    self.isUpdating = isUpdating
    self.engine = engine
    self.statistics = statistics
    statistics?.follow(self)
  }

  deinit { statistics?.keep(counts) }

  /// What has been counted.
  var counts: JITCounts {
    let (counts, entries) = state.withLock { ($0.counts, Array($0.entries.values)) }
    var whole = counts
    whole.calls += quickCalls.load(ordering: .relaxed)
    whole.signatures = entries.count
    for entry in entries { whole.paths += entry.tree.withLock { $0.count } }
    return whole
  }

  func count(_ change: (inout JITCounts) -> Void) { state.withLock { change(&$0.counts) } }

  /// The paths for a signature, or why there are none.
  func entry(for signature: JITSignature) -> (entry: Entry?, missing: RetraceReason) {
    state.withLock { state in
      state.counts.calls += 1
      if let last = state.last, last.signature == signature { return (last, .firstCall) }
      guard let entry = state.entries[signature] else {
        return (nil, RetraceReason(from: state.last?.signature, to: signature))
      }
      state.last = entry
      quick.withLock { $0 = nil }
      return (entry, .firstCall)
    }
  }

  /// The only path for a signature, where there is one that depends on nothing else.
  func unconditionalPath(for signature: JITSignature) -> JITPath<Result>? {
    state.withLock { $0.entries[signature]?.unconditional }
  }

  /// Keeps a path.
  func keep(_ path: JITPath<Result>, _ signature: JITSignature) {
    let entry: Entry = state.withLock { state in
      if let entry = state.entries[signature] { return entry }
      if state.order.count >= Self.largestSignatureCount { state.entries[state.order.removeFirst()] = nil }
      let entry = Entry(signature, path)
      state.entries[signature] = entry
      state.order.append(signature)
      state.last = entry
      quick.withLock { $0 = nil }
      return entry
    }
    entry.tree.withLock { _ = $0.insert(path) }
  }

  /// Forgets paths that held in a trace which has ended.
  func forget(_ signature: JITSignature) {
    state.withLock { state in
      state.entries[signature] = nil
      state.order.removeAll { $0 == signature }
      if state.last?.signature == signature {
        state.last = nil
        quick.withLock { $0 = nil }
      }
    }
  }

  /// The short way for calls like the last one.
  var shortcut: JITShortcut<Result>? {
    quick.withLock { $0 }.map { unsafeDowncast($0, to: JITShortcut<Result>.self) }
  }

  /// Counts a call that took the short way.
  func countShort() { quickCalls.wrappingAdd(1, ordering: .relaxed) }

  /// Lets further calls with arguments like these take the short way, after one that was run by a path.
  func shorten(_ path: JITPath<Result>, _ signature: JITSignature, counts: [Int], parameters: AnyHashable?) {
    guard path.isUnconditional, let compiled = try? path.compiled() else { return }
    let shortcut = JITShortcut(path, compiled, signature.types, counts, parameters)
    state.withLock { state in
      guard state.isCounted == true, state.last?.signature == signature else { return }
      quick.withLock { $0 = shortcut }
    }
  }

  /// Finds out whether arguments may take short ways, at the first call.
  func learnWhetherCounted(_ areCounted: () -> Bool) {
    if state.withLock({ $0.isCounted != nil }) { return }
    let isCounted = areCounted()
    state.withLock { $0.isCounted = isCounted }
  }
}
