// The umbrella that users import: it re-exports the layers, and the complex numbers that tensors may hold.
@_exported import ComplexModule
@_exported import ControlPrimitives
@_exported import Engines
@_exported import LinearAlgebra
@_exported import Linearization
@_exported import NativeEngine
@_exported import Passes
@_exported import Primitives
@_exported import ProgramModule
@_exported import HostTensors
@_exported import SpecialFunctions
@_exported import Spectral
@_exported import Transforms
