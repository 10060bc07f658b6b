import Primitives

/// Which eigenvalues or singular values count as equal: those whose distance is that of rounding errors, in the chain of their
/// order.
///
/// Vectors of equal values are any basis of their space, so that they have no derivative, and a single one of these values has
/// none. Sums of all of them do. So the tangents of values are averaged over equal ones, as those of `max` are shared where it
/// has a tie, and vectors get the tangent `nan`, unless it is multiplied by zero.
struct Ties {
  /// Whether values i and j are equal, [..., n, n].
  let isSame: Tensor

  /// Values in ascending or descending order along the last axis.
  ///
  /// - Parameter size: the larger number of rows or columns of the matrix, to which rounding errors are proportional.
  init(_ values: Tensor, size: Int) {
    let values = stopGradient(values)
    let n = values.shape[values.rank - 1]
    let batch = Array(values.shape.dimensions.dropLast())
    var groups = Tensor.zeros(batch + [n], dtype: .int32)
    if n > 1 {
      let gaps = abs(values[..., 1..<n] - values[..., 0..<(n - 1)])
      let isNew = (gaps .> Ties.bound(values, size: size)).asType(.int32)
      groups = Tensor.concatenated([Tensor.zeros(batch + [1], dtype: .int32), isNew], axis: -1).cumsum(axis: -1)
    }
    isSame = (groups.expandedDimensions(axis: -1) .== groups.expandedDimensions(axis: -2))
  }

  /// Values in any order, also complex ones, that are closer to each other than a bound [..., 1].
  init(_ values: Tensor, within bound: Tensor) {
    let values = stopGradient(values)
    let distances = abs(values.expandedDimensions(axis: -1) - values.expandedDimensions(axis: -2))
    isSame = (distances .<= bound.expandedDimensions(axis: -1))
  }

  /// The distance up to which values are equal, [..., 1].
  static func bound(_ values: Tensor, size: Int) -> Tensor {
    if values.count == 0 { return Tensor.zeros(like: values.sum(axis: -1, keepingDimensions: true)) }
    let rounding = values.dtype.realPart == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    return abs(stopGradient(values)).max(axis: -1, keepingDimensions: true) * (8 * rounding * Double(size))
  }

  /// Numbers [..., n] with those of equal values replaced by their mean.
  func averaged(_ numbers: Tensor) -> Tensor {
    let shares = isSame.asType(numbers.dtype)
    let weights = shares / shares.sum(axis: -1, keepingDimensions: true)
    return (weights * numbers.expandedDimensions(axis: -2)).sum(axis: -1)
  }

  /// The inverses of differences [..., n, n]: 0 on the diagonal, and `nan` where values are equal.
  func inverses(of differences: Tensor) -> Tensor {
    let n = differences.shape[differences.rank - 1]
    let isOwn = Tensor.eye(n, dtype: .int32) .== 1
    let quotients = reciprocal(`where`(isSame, 1, differences))
    return `where`(isOwn, 0, `where`(isSame, Tensor(floatLiteral: .nan), quotients))
  }
}

extension Tensor {
  /// Products, zero where a factor is zero, also where the other one is `nan`: what does not count has no effect.
  func absorbing(_ factors: Tensor) -> Tensor {
    ZeroAbsorbingMultiply().bind(self, factors.shape == shape ? factors : factors.broadcast(to: shape))
  }

  /// The real parts; real numbers themselves.
  func realNumbers() -> Tensor { dtype.isComplex ? realPart(self) : self }

  /// Numbers [..., n] as factors of the columns of matrices.
  func asColumnFactors(_ dtype: DType) -> Tensor { asType(dtype).expandedDimensions(axis: -2) }

  /// Numbers [..., n] as factors of the rows of matrices.
  func asRowFactors(_ dtype: DType) -> Tensor { asType(dtype).expandedDimensions(axis: -1) }

  /// The tangent of complex vectors in columns whose component of the largest magnitude stays real; these are the vectors.
  ///
  /// - Returns: the tangent, and the angles [..., n] by which each column was turned further.
  func keepingPhase(_ tangent: Tensor) -> (tangent: Tensor, angle: Tensor) {
    if count == 0 { return (tangent, realPart(self).sum(axis: -2)) }
    let sizes = abs(stopGradient(self))
    let rounding = dtype.realPart == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let enough = sizes.max(axis: -2, keepingDimensions: true) * (1 - rounding.squareRoot())
    let place = (sizes .>= enough).asType(.int32).argmax(axis: rank - 2, keepingDimensions: true)
    let rows = Tensor.arange(shape[rank - 2], dtype: .int64).expandedDimensions(axis: 1)
    let chosen = (rows .== place.asType(.int64)).asType(dtype)
    let own = realPart((chosen * self).sum(axis: -2))
    let angle = -imaginaryPart((chosen * tangent).sum(axis: -2)) / own
    let turn = complex(Tensor.zeros(like: angle), angle).expandedDimensions(axis: -2)
    return (tangent + self * turn, angle)
  }
}
