// The umbrella that users import: it re-exports the layers, and nothing else.
@_exported import Engines
@_exported import Primitives
@_exported import ProgramModule
@_exported import TensorModule
@_exported import Transforms
