import Jacobi

extension CountingGenerator {
  /// A tensor of numbers between -1 and 1, none close to 0.
  mutating func tensor(_ type: TensorType) throws(TensorError) -> Tensor {
    var coordinates: [Double] = []
    for _ in 0..<type.coordinateCount { coordinates.append(weight()) }
    return Tensor(try HostTensor(type, coordinates: coordinates))
  }

  /// Tensors of numbers between -1 and 1, none close to 0.
  mutating func tensors(_ types: [TensorType]) throws(TensorError) -> [Tensor] {
    var tensors: [Tensor] = []
    for type in types { tensors.append(try tensor(type)) }
    return tensors
  }

  /// A direction to move a point along: each coordinate in proportion to the point's, so that a small step stays inside
  /// the domain of a logarithm; where the point is 0, in proportion to its largest coordinate.
  mutating func direction(at point: [Tensor]) throws(TensorError) -> [Tensor] {
    var largest = 0.0
    for tensor in point { for x in try tensor.coordinates() { largest = Swift.max(largest, x.magnitude) } }
    let usual = largest > 0 && largest.isFinite ? largest : 1
    var directions: [Tensor] = []
    for tensor in point {
      var coordinates = try tensor.coordinates()
      for index in coordinates.indices {
        let size = coordinates[index].magnitude
        coordinates[index] = weight() * (size > 0 && size.isFinite ? size : usual)
      }
      directions.append(Tensor(try HostTensor(tensor.type, coordinates: coordinates)))
    }
    return directions
  }
}
