import Jacobi
import Numerics

// Tensors as vectors of real numbers, in which the checks compute on their own, without any of the operations that are
// being checked. A complex element is two coordinates, so that the dot product of two vectors is Re(conj(a)·b).

extension HostTensor {
  /// The elements as real numbers, in row-major order: real and imaginary part of a complex one, 1 for `true`.
  package var coordinates: [Double] {
    switch dtype {
    case .float32: elements(as: Float.self).map(Double.init)
    case .float64: elements(as: Double.self)
    case .int32: elements(as: Int32.self).map(Double.init)
    case .int64: elements(as: Int64.self).map(Double.init)
    case .bool: elements(as: Bool.self).map { $0 ? 1 : 0 }
    case .complex64: elements(as: Complex<Float>.self).flatMap { [Double($0.rawParts.0), Double($0.rawParts.1)] }
    case .complex128: elements(as: Complex<Double>.self).flatMap { [$0.rawParts.0, $0.rawParts.1] }
    }
  }

  /// A tensor with the given coordinates, each rounded to the element type.
  package init(_ type: TensorType, coordinates: [Double]) throws(TensorError) {
    let pairs = stride(from: 0, to: type.dtype.isComplex ? coordinates.count - 1 : 0, by: 2)
    switch type.dtype {
    case .float32: try self.init(type.shape, coordinates.map { Float($0) })
    case .float64: try self.init(type.shape, coordinates)
    case .int32: try self.init(type.shape, coordinates.map { Int32(nearest: $0) })
    case .int64: try self.init(type.shape, coordinates.map { Int64(nearest: $0) })
    case .bool: try self.init(type.shape, coordinates.map { $0 != 0 })
    case .complex64:
      try self.init(type.shape, pairs.map { Complex(Float(coordinates[$0]), Float(coordinates[$0 + 1])) })
    case .complex128: try self.init(type.shape, pairs.map { Complex(coordinates[$0], coordinates[$0 + 1]) })
    }
  }
}

extension TensorType {
  /// The number of real coordinates of such a tensor.
  package var coordinateCount: Int { shape.count * (dtype.isComplex ? 2 : 1) }
}

extension Tensor {
  /// The elements as real numbers.
  ///
  /// - Throws: an error when the tensor has no value here.
  package func coordinates() throws(TensorError) -> [Double] { try hostValue().coordinates }
}

extension DType {
  /// The type with twice the precision: float64 for float32, complex128 for complex64.
  var widened: DType {
    switch self {
    case .float32: .float64
    case .complex64: .complex128
    default: self
    }
  }

  /// The distance from 1 to the next number, for floating-point types.
  var epsilon: Double { realPart == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne }
}

extension Tensor {
  /// The same numbers with twice the precision.
  func widened() throws(TensorError) -> Tensor {
    let host = try hostValue()
    let type = TensorType(host.dtype.widened, host.shape)
    return type.dtype == host.dtype ? Tensor(host) : Tensor(try HostTensor(type, coordinates: host.coordinates))
  }

  /// This point moved by a multiple of a direction, each coordinate rounded once.
  func moved(_ step: Double, along direction: Tensor) throws(TensorError) -> Tensor {
    let host = try hostValue()
    let moved = zip(host.coordinates, try direction.coordinates()).map { $0 + step * $1 }
    return Tensor(try HostTensor(host.type, coordinates: moved))
  }
}

/// The dot product of two lists of tensors, Re(conj(a)·b), and the sum of the sizes of its terms.
package func dotProduct(_ a: [Tensor], _ b: [Tensor]) throws(TensorError) -> (value: Double, size: Double) {
  var value = 0.0
  var size = 0.0
  for (a, b) in zip(a, b) {
    for (x, y) in zip(try a.coordinates(), try b.coordinates()) {
      value += x * y
      size += (x * y).magnitude
    }
  }
  return (value, size)
}

extension FixedWidthInteger {
  /// The nearest number of the type; 0 for `nan`.
  fileprivate init(nearest number: Double) {
    self = Self(exactly: number.rounded()) ?? (number > 0 ? .max : number < 0 ? .min : 0)
  }
}
