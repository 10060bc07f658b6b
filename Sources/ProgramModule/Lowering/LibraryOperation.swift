/// An operation that a library computes as a whole, such as a sort, a factorization or a transform; over leading axes it is
/// a batch of independent ones.
///
/// An engine hands those that it has a library for to that, and has the host evaluate the others. Nothing is computed where
/// a result is read, and the operands and the results lie in memory.
public enum LibraryOperation: Hashable, Sendable {
  /// One operand, one result of its shape, int64: the indices along an axis in the order of their elements; stable, `nan`
  /// last.
  case argSort(axis: Int, descending: Bool)
  /// One matrix; its lower Cholesky factor, of which the upper triangle is zero. The lower triangle is read. `nan` where the
  /// matrix is not positive definite.
  case cholesky
  /// One matrix [m, n]; its factors in one matrix, and [m] int64: the row of the matrix for each row of their product.
  case lu
  /// One matrix [m, n]; Q [m, k] with orthonormal columns and R [k, n], upper triangular with a real diagonal, by Householder's
  /// reflections.
  case qr
  /// A triangular matrix and right sides; the solution, `nan` where the diagonal has a zero. Where zeros absorb, products with a
  /// zero are zero, also with numbers that are not finite, and so are quotients of zeros.
  case triangularSolve(isUpper: Bool, transform: MatrixTransform, hasUnitDiagonal: Bool, absorbsZeros: Bool)
  /// A matrix, which is not read, right sides, and the results of ``lu`` for the matrix; the solution, `nan` where the matrix is
  /// singular.
  case factoredSolve(transform: MatrixTransform, absorbsZeros: Bool)
  /// A matrix, which is not read, and the results of ``lu`` for it; the adjugate.
  case adjugate
  /// One Hermitian matrix [n, n], of which the lower triangle is read; the eigenvalues [n], real and in ascending order, and the
  /// eigenvectors in columns where they are wanted. In each vector the component of the largest magnitude is real and positive.
  case symmetricEigen(vectors: Bool)
  /// One matrix [m, n]; the singular values [k], real and in descending order, between U [m, k] and Vᴴ [k, n] where these are
  /// wanted. In each column of U the component of the largest magnitude is real and positive.
  case svd(vectors: Bool)
  /// One matrix [n, n]; the eigenvalues [n], complex and in ascending order, and the right eigenvectors in columns where they are
  /// wanted, of length 1 with a real and positive component of the largest magnitude.
  case eigen(vectors: Bool)
  /// Complex numbers; their discrete Fourier transform along an axis, or the inverse one, without a factor but the scale.
  case fourierTransform(axis: Int, inverse: Bool, scale: FourierScale)
  /// Real numbers; the first half of their transform along an axis of n: elements 0 through n / 2.
  case realFourierTransform(axis: Int, scale: FourierScale)
  /// The first half of a transform; the real numbers, `count` along the axis, of the inverse transform without a factor but
  /// the scale. The imaginary parts of element 0, and for an even count of the last one, are not read.
  case inverseRealFourierTransform(axis: Int, count: Int, scale: FourierScale)
}

/// What the sums of a Fourier transform of n numbers are multiplied by.
public enum FourierScale: String, Hashable, Sendable, Codable, CaseIterable {
  /// 1.
  case one
  /// 1 / √n, which makes the transform unitary.
  case inverseSquareRoot
  /// 1 / n.
  case inverse
}

/// A matrix, its transpose, or its adjoint.
public enum MatrixTransform: String, Hashable, Sendable, Codable, CaseIterable {
  /// The matrix.
  case identity
  /// The transpose.
  case transpose
  /// The conjugated transpose.
  case adjoint
}
