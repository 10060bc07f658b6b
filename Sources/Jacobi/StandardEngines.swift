import Engines
import NativeEngine

extension EngineRegistry: EngineCatalog {
  /// The engines that come with the library, best first. The registry asks for them when it is first used.
  package static func standardEngines() -> [any Engine] { [NativeEngine()] }
}
