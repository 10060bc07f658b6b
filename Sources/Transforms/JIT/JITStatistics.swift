import ControlPrimitives
import Engines

/// What functions under `jit` did: how often they were traced, why, and what ran.
///
/// ```swift
/// let statistics = JITStatistics()
/// let fast = jit(f, statistics: statistics)
/// fast(x)
/// print(statistics)
/// ```
public final class JITStatistics: Sendable {
  /// The functions, none of which is kept alive, and what those have counted that are gone.
  private struct Sources {
    var current: [Source] = []
    var gone = JITCounts()
  }

  private struct Source {
    weak var function: (any JITCounting)?
  }

  private let sources = Lock(Sources())

  /// Statistics of the functions that it is given to.
  public init() {}

  func follow(_ source: any JITCounting) { sources.withLock { $0.current.append(Source(function: source)) } }

  /// A function that was followed is gone: its calls still count, its programs do not.
  func keep(_ counts: JITCounts) {
    var counts = counts
    (counts.signatures, counts.paths) = (0, 0)
    sources.withLock { sources in
      sources.gone.add(counts)
      sources.current.removeAll { $0.function == nil }
    }
  }

  private var counts: JITCounts {
    let (functions, gone) = sources.withLock { ($0.current.compactMap(\.function), $0.gone) }
    return functions.reduce(into: gone) { $0.add($1.counts) }
  }

  /// The number of calls.
  public var calls: Int { counts.calls }

  /// The number of calls that were run by a program that had been compiled before.
  public var hits: Int { counts.hits }

  /// How often the functions were traced.
  public var traces: Int { counts.traces }

  /// The number of different types and structures of arguments, with static arguments, that there are programs for.
  public var signatures: Int { counts.signatures }

  /// The number of paths that are kept: one for each signature, and one more for each combination of values read.
  public var paths: Int { counts.paths }

  /// The number of values that were read while tracing.
  public var guards: Int { counts.guards }

  /// The number of calls that were run without being compiled.
  public var eagerCalls: Int { counts.eagerCalls }

  /// The time spent running the functions to trace them.
  public var traceTime: Duration { counts.traceTime }

  /// The time spent making their programs ready.
  public var compileTime: Duration { counts.compileTime }

  /// The engine that ran last.
  public var engine: EngineID? { counts.engine }

  /// Why better engines were not used, one line for each.
  public var refusals: [String] { counts.refusals }

  /// Why a function was traced last.
  public var lastRetrace: String? { counts.lastRetrace?.description }

  /// Why a call was last run without being compiled.
  public var lastEagerCall: String? { counts.lastEagerCall?.description }
}

extension JITStatistics: CustomStringConvertible {
  /// A few lines for people, without times.
  public var description: String {
    let counts = counts
    var lines = [
      "\(counts.calls) calls: \(counts.hits) hits, \(counts.traces) traces, \(counts.eagerCalls) not compiled",
      "\(counts.paths) paths for \(counts.signatures) signatures, \(counts.guards) guards",
    ]
    if let engine = counts.engine { lines.append("engine: \(engine)") }
    lines += counts.refusals.map { "not used: \($0)" }
    if let reason = counts.lastRetrace { lines.append("last trace: \(reason)") }
    if let reason = counts.lastEagerCall { lines.append("last not compiled: \(reason)") }
    return lines.joined(separator: "\n")
  }
}

/// What counts what it does.
protocol JITCounting: AnyObject, Sendable {
  var counts: JITCounts { get }
}

/// The numbers behind statistics.
struct JITCounts: Sendable {
  var calls = 0
  var traces = 0
  var signatures = 0
  var paths = 0
  var guards = 0
  var eagerCalls = 0
  /// Calls that were both traced and then not run by what was compiled.
  var tracedInVain = 0
  var traceTime = Duration.zero
  var compileTime = Duration.zero
  var engine: EngineID?
  var refusals: [String] = EngineRegistry.refusals
  var lastRetrace: RetraceReason?
  var lastEagerCall: EagerReason?

  var hits: Int { calls - traces - eagerCalls + tracedInVain }

  mutating func add(_ other: JITCounts) {
    calls += other.calls
    traces += other.traces
    signatures += other.signatures
    paths += other.paths
    guards += other.guards
    eagerCalls += other.eagerCalls
    tracedInVain += other.tracedInVain
    traceTime += other.traceTime
    compileTime += other.compileTime
    engine = other.engine ?? engine
    refusals = other.refusals
    lastRetrace = other.lastRetrace ?? lastRetrace
    lastEagerCall = other.lastEagerCall ?? lastEagerCall
  }
}
