/// Lengths of vectors that may be 0 or infinite, for which a vector divided by its length is not a direction.
struct DirectionEdges {
  /// Whether a length may be 0 or infinite. Concrete lengths that are neither save several operations.
  let mayExist: Bool

  init(of lengths: Tensor) {
    mayExist =
      lengths.host.map { host in
        host.dtype != .float64 || host.withElements(as: Double.self) { $0.contains { $0 == 0 || !$0.isFinite } }
      } ?? true
  }

  /// A vector divided by its length, which has the same shape.
  ///
  /// The direction of a zero vector is 0, at every order. If the length is infinite, the direction of an infinite element
  /// is its sign, and that of a finite element is 0.
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
