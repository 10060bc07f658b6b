import ControlPrimitives

/// A tree that holds nothing but tensors, by its type alone.
protocol TensorsOnly {}
extension Tensor: TensorsOnly {}
extension Array: TensorsOnly where Element: TensorsOnly {}
extension Optional: TensorsOnly where Wrapped: TensorsOnly {}
extension Dictionary: TensorsOnly where Value: TensorsOnly {}
