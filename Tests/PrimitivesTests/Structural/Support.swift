import Jacobi
import Testing

/// Whether two tensors have one type and equal numbers up to rounding.
func expectEqual(
  _ actual: Tensor, _ expected: Tensor, tolerance: Double = 1e-12,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  #expect(actual.type == expected.type, sourceLocation: sourceLocation)
  guard actual.type == expected.type else { return }
  let (a, b) = (numbers(actual), numbers(expected))
  for (x, y) in zip(a, b) where !(abs(x - y) <= tolerance * Swift.max(1, abs(y))) && !(x.isNaN && y.isNaN) && x != y {
    Issue.record("\(a) is not \(b)", sourceLocation: sourceLocation)
    return
  }
}

/// The elements as doubles; of complex numbers real and imaginary parts in turn.
func numbers(_ x: Tensor) -> [Double] {
  switch x.dtype {
  case .float64: x.scalars(as: Double.self)
  case .float32: x.scalars(as: Float.self).map(Double.init)
  case .int32: x.scalars(as: Int32.self).map(Double.init)
  case .int64: x.scalars(as: Int64.self).map(Double.init)
  case .bool: x.scalars(as: Bool.self).map { $0 ? 1 : 0 }
  case .complex64, .complex128:
    numbers(realPart(x).asType(.float64)).enumerated().flatMap { [$1, numbers(imaginaryPart(x))[$0]] }
  }
}

/// The numbers 1, 2, 3, ... in a shape.
func counting(_ shape: [Int]) -> Tensor {
  Tensor(shape: shape, scalars: (0..<shape.reduce(1, *)).map { Double($0 + 1) })
}

/// Compares the gradient of a function with central differences.
func expectGradient(
  _ f: @escaping (Tensor) -> Tensor, at x: Tensor, tolerance: Double = 1e-6,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let gradient = grad(f)(x)
  let values = x.scalars(as: Double.self)
  let step = 1e-5
  let differences = values.indices.map { index in
    var (up, down) = (values, values)
    up[index] += step
    down[index] -= step
    let shape = x.shape.dimensions
    return (Double(f(Tensor(shape: shape, scalars: up))) - Double(f(Tensor(shape: shape, scalars: down)))) / (2 * step)
  }
  expectEqual(
    gradient, Tensor(shape: x.shape.dimensions, scalars: differences), tolerance: tolerance,
    sourceLocation: sourceLocation)
}
