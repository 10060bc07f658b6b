import Jacobi

extension FunctionTable {
  /// Functions of matrices, which may be batches of them.
  static let matrices: [CallableFunction] = [
    .binary(.matrix, "matmul", "A, B", "matrix product", resultCount: matrixProductCount) { matmul($0, $1) },
    .unary(.matrix, "transpose", "matrix with rows and columns exchanged") { $0.transposed() },
    .unary(.matrix, "trace", "sum of the diagonal") { $0.trace() },
    .unary(
      .matrix, "diag", "diagonal of a matrix, or matrix of a diagonal", resultCount: diagonalCount
    ) {
      $0.rank == 1 ? $0.diagonalMatrix() : $0.diagonal()
    },
    .unary(.matrix, "det", "determinant") { determinant($0) },
    .unary(.matrix, "logdet", "log(|det(A)|), without overflow") { logDeterminant($0).logAbs },
    .unary(.matrix, "inv", "inverse") { inverse($0) },
    .binary(.matrix, "solve", "A, b", "the x with matmul(A, x) equal to b", resultCount: { $0[1].count }) {
      solve($0, $1)
    },
    .unary(.matrix, "cholesky", "lower triangular factor of a positive definite matrix") { cholesky($0) },
    .unary(.matrix, "pinv", "pseudo-inverse") { pseudoInverse($0) },
    .unary(.matrix, "rank", "number of singular values that are not zero") { matrixRank($0).asType($0.dtype) },
    .unary(.matrix, "cond", "largest singular value over the smallest") { conditionNumber($0) },
    .unary(.matrix, "eigvalsh", "eigenvalues of the symmetric part (A + transpose(A))/2") { symmetricEigenvalues($0) },
    .unary(.matrix, "svdvals", "singular values") { singularValues($0) },
    .unary(.matrix, "nuclearNorm", "sum of the singular values") { nuclearNorm($0) },
  ]

  @Sendable private static func matrixProductCount(_ shapes: [Shape]) -> Int? {
    let inner = max(1, shapes[0].dimensions.last ?? 1)
    return (shapes[0].count / inner).multipliedReportingOverflow(by: shapes[1].count / inner).partialValue
  }

  @Sendable private static func diagonalCount(_ shapes: [Shape]) -> Int? {
    shapes[0].rank == 1 ? shapes[0].count.multipliedReportingOverflow(by: shapes[0].count).partialValue : nil
  }
}
