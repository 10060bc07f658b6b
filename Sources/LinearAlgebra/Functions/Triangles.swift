import Primitives

// Parts of matrices that rules are written with.

extension Tensor {
  /// The conjugated transpose of each matrix.
  func adjoint() -> Tensor { conjugate(matrixTransposed()) }

  /// The transpose of each matrix: the last two axes exchanged.
  func matrixTransposed() -> Tensor {
    transposed(Array(0..<(rank - 2)) + [rank - 1, rank - 2])
  }

  /// The matrices that have a transform.
  func transformed(_ transform: MatrixTransform) -> Tensor {
    switch transform {
    case .identity: self
    case .transpose: matrixTransposed()
    case .adjoint: adjoint()
    }
  }

  /// The Hermitian matrix with a triangle of this one, and the real part of its diagonal.
  func hermitian(fromLower: Bool) -> Tensor {
    let strict = fromLower ? lowerPart(offset: -1) : upperPart(offset: 1)
    let diagonal = dtype.isComplex ? realPart(self).asType(dtype) : self
    return strict + strict.adjoint() + diagonal * Tensor.identity(like: self)
  }

  /// The lower triangle with half the diagonal, which is real for Hermitian matrices.
  func lowerTriangleHalvingDiagonal() -> Tensor {
    lowerPart(offset: -1) + 0.5 * self * Tensor.identity(like: self)
  }

  /// The identity matrix of a matrix's size and element type.
  static func identity(like matrix: Tensor) -> Tensor {
    eye(matrix.shape[matrix.rank - 2], columns: matrix.shape[matrix.rank - 1], dtype: matrix.dtype)
  }
}

extension Tensor {
  /// The lower factor of the factors in one matrix: the strict lower triangle and ones.
  func unitLower() -> Tensor { lowerPart(offset: -1) + Tensor.identity(like: self) }

  /// Rows and columns of each matrix.
  func block(_ rows: Range<Int>, _ columns: Range<Int>) -> Tensor { self[..., rows, columns] }

  /// Rows of each matrix in another order.
  func rows(at permutation: Tensor) -> Tensor {
    count == 0 ? self : Gather(axis: rank - 2, batchRank: rank - 2).bind([self, permutation])[0]
  }
}

// Rules take parts of matrices by products with zeros and ones: a selection would tell what follows that its zeros are choices, so
// that all products there had to be tested.
extension Tensor {
  /// The elements on and below a diagonal, with zeros elsewhere.
  func lowerPart(offset: Int = 0) -> Tensor { self * mask { row, column in column - row <= offset } }

  /// The elements on and above a diagonal, with zeros elsewhere.
  func upperPart(offset: Int = 0) -> Tensor { self * mask { row, column in column - row >= offset } }

  /// A matrix of ones where a condition holds for row and column, and zeros elsewhere.
  private func mask(_ isKept: (_ row: Int, _ column: Int) -> Bool) -> Tensor {
    let (rows, columns) = (shape[rank - 2], shape[rank - 1])
    let numbers = (0..<rows).flatMap { row in (0..<columns).map { isKept(row, $0) ? 1.0 : 0 } }
    return Tensor(shape: [rows, columns], scalars: numbers).asType(dtype)
  }
}
