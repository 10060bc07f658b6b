/// Whether lengths may be 0 or infinite, where a vector divided by its length is no direction.
struct DirectionEdges {
  /// Numbers that are known to be neither need no choices, which several operations are saved by.
  let mayExist: Bool

  init(of lengths: Tensor) {
    mayExist =
      lengths.host.map { host in
        host.dtype != .float64 || host.withElements(as: Double.self) { $0.contains { $0 == 0 || !$0.isFinite } }
      } ?? true
  }

  /// A vector divided by its length, which has the same shape.
  ///
  /// At 0 it is 0, of every order. Where the length is infinite, each infinite element counts 1 with its sign, and the
  /// others 0.
  func direction(_ x: Tensor, length: Tensor) -> Tensor {
    func quotient(_ length: Tensor) -> Tensor {
      x.dtype.isComplex ? x / complex(length, Tensor.zeros(like: length)) : x / length
    }
    guard mayExist else { return quotient(length) }
    let isZero = length .== 0
    let isInfinite = length .== Tensor(floatLiteral: .infinity)
    let inside = quotient(`where`(isZero .| isInfinite, 1, length))
    return `where`(isZero, 0, `where`(isInfinite, atInfinity(x), inside))
  }

  private func atInfinity(_ x: Tensor) -> Tensor {
    func signs(_ x: Tensor) -> Tensor { `where`(abs(x) .== Tensor(floatLiteral: .infinity), sign(x), 0) }
    return x.dtype.isComplex ? complex(signs(realPart(x)), signs(imaginaryPart(x))) : signs(x)
  }
}
