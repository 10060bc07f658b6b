/// The engines of this process, from which `jit` takes the best where none is named.
///
/// At first these are the engines that come with the library. Other engines are registered:
///
/// ```swift
/// EngineRegistry.register(MyEngine(), asPreferred: true)
/// ```
public enum EngineRegistry {
  private static let state = Lock<[any Engine]?>(nil)

  /// All engines, best first. The last one is the reference engine, which is always available.
  public static var engines: [any Engine] { change { $0 } }

  /// The first engine that can run programs on this machine.
  public static var preferred: any Engine {
    engines.first { $0.isAvailable } ?? ReferenceEngine()
  }

  /// Returns the engine with an identity, if it has been registered.
  public static func engine(_ id: EngineID) -> (any Engine)? { engines.first { $0.id == id } }

  /// Adds an engine, which replaces an engine with the same identity.
  ///
  /// Functions that `jit` has compiled before keep the engines that they were compiled by.
  ///
  /// - Parameter isPreferred: whether `jit` tries it first; otherwise, all other engines but the reference engine come
  ///   first.
  public static func register(_ engine: some Engine, asPreferred isPreferred: Bool = false) {
    change { engines in
      engines.removeAll { $0.id == engine.id }
      let last = engines.last?.id == .reference ? engines.count - 1 : engines.count
      engines.insert(engine, at: isPreferred ? 0 : last)
    }
  }

  /// What keeps better engines from being used here, one line for each.
  package static var refusals: [String] {
    engines.prefix { !$0.isAvailable }.map { "\($0.id): \($0.availability)" }
  }

  private static func change<Result: Sendable>(_ body: (inout [any Engine]) -> Result) -> Result {
    state.withLock { state in
      var engines = state ?? standard
      let result = body(&engines)
      state = engines
      return result
    }
  }

  /// The engines that come with the library.
  private static var standard: [any Engine] {
    let catalog = (EngineRegistry.self as Any) as? any EngineCatalog.Type
    return (catalog?.standardEngines() ?? []) + [ReferenceEngine()]
  }
}

/// The list of the engines that come with the library, best first and without the reference engine.
///
/// The umbrella makes ``EngineRegistry`` conform to it. So the registry finds the engines when it is first asked, although
/// no layer up to the transforms imports them: nothing happens at import, and nobody has to call anything.
package protocol EngineCatalog {
  static func standardEngines() -> [any Engine]
}
