import Primitives

/// Returns the Cholesky factor of Hermitian positive definite matrices: the lower triangular L with A = L Lᴴ and a positive
/// diagonal.
///
/// ```swift
/// cholesky(Tensor([[4.0, 2], [2, 5]]))   // [[2, 0], [1, 2]]
/// ```
///
/// The Hermitian part (A + Aᴴ) / 2 is factored, so that the gradient is Hermitian. A matrix that is not positive definite makes its
/// factor `nan`.
///
/// - Parameters:
///   - a: square matrices [..., n, n]. Leading axes are batches.
///   - upper: whether to return the upper factor U = Lᴴ, with A = Uᴴ U.
/// - Returns: the factors, of the shape of `a`.
public func cholesky(_ a: Tensor, upper: Bool = false) -> Tensor {
  ofSquare("cholesky", a) { a in
    let factor = Cholesky().bind(0.5 * (a + a.adjoint()))
    return upper ? factor.adjoint() : factor
  }
}

/// Returns the factors of matrices: A = P L U with a permutation P, a lower triangular L with a unit diagonal, and an upper
/// triangular U.
///
/// Rows are exchanged so that elements of L have a magnitude of at most 1 (for complex matrices, of real and imaginary part
/// together). The derivative exists where the leading columns are linearly independent.
///
/// - Parameter a: matrices [..., m, n]. Leading axes are batches.
/// - Returns: P [..., m, m] with the element type of `a`, L [..., m, k] and U [..., k, n], where k is the smaller of m and n.
public func lu(_ a: Tensor) -> (p: Tensor, l: Tensor, u: Tensor) {
  let operation = "lu"
  if a.isInvalid { return (poisoned(operation), Tensor(.invalid), Tensor(.invalid)) }
  var parts = [Tensor](repeating: Tensor(.invalid), count: 3)
  _ = reporting { () throws(TensorError) in
    try checkMatrix(a.type, operation)
    parts = try naming(operation) {
      let results = LU().bind([a])
      let (factors, order) = (results[0], results[1])
      let sizes = MatrixSizes(a.shape)
      let size = Swift.min(sizes.rows, sizes.columns)
      let rows = Tensor.arange(sizes.rows, dtype: .int64).expandedDimensions(axis: 1)
      let left = factors.block(0..<sizes.rows, 0..<size)
      return [
        (rows .== order.expandedDimensions(axis: -2)).asType(a.dtype), left.unitLower(),
        factors.block(0..<size, 0..<sizes.columns).triu(),
      ]
    }
    return parts[0]
  }
  return (parts[0], parts[1], parts[2])
}

/// Returns the inverse of square matrices. A singular matrix makes its inverse `nan`.
///
/// Use ``solve(_:_:)`` to multiply by an inverse: it is faster and more accurate.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: the inverses, of the shape of `a`.
public func inverse(_ a: Tensor) -> Tensor { ofSquare("inverse", a) { Factored($0).inverse() } }

/// Returns the determinant of square matrices.
///
/// ```swift
/// determinant(Tensor([[1.0, 2], [3, 4]]))   // -2
/// ```
///
/// The gradient is the transposed adjugate, which is finite and right for singular matrices as well. Up to 3 x 3 the determinant is
/// a polynomial, so that derivatives of every order are right everywhere; for larger singular matrices second derivatives are
/// `nan`.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: the determinants [...]; 1 for matrices of size 0.
public func determinant(_ a: Tensor) -> Tensor {
  ofSquare("determinant", a) { a in
    if let polynomial = smallDeterminant(a) { return polynomial }
    let factored = Factored(a)
    return Determinant().bind([a, factored.factors, factored.permutation])[0]
  }
}

/// Returns the sign of the determinant of square matrices, and the logarithm of its magnitude: det A = sign · exp(logAbs), without
/// overflow.
///
/// A singular matrix has the sign 0 and the logarithm -inf. The sign of a complex matrix is a complex number of magnitude 1. The
/// gradient of `logAbs` is the transposed inverse.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: two tensors [...]; the logarithm is real.
public func logDeterminant(_ a: Tensor) -> (sign: Tensor, logAbs: Tensor) {
  var logarithm = Tensor(.invalid)
  let sign = ofSquare("logDeterminant", a) { a in
    let factored = Factored(a)
    let results = LogDeterminant().bind([a, factored.factors, factored.permutation])
    logarithm = results[1]
    return results[0]
  }
  return (sign, logarithm)
}

/// The determinant of up to three rows as a polynomial.
private func smallDeterminant(_ a: Tensor) -> Tensor? {
  func element(_ row: Int, _ column: Int) -> Tensor { a[..., row, column] }
  func minor(_ rows: (Int, Int), _ columns: (Int, Int)) -> Tensor {
    element(rows.0, columns.0) * element(rows.1, columns.1) - element(rows.0, columns.1) * element(rows.1, columns.0)
  }
  switch a.shape[a.rank - 1] {
  case 1: return element(0, 0)
  case 2: return minor((0, 1), (0, 1))
  case 3:
    return element(0, 0) * minor((1, 2), (1, 2)) - element(0, 1) * minor((1, 2), (0, 2))
      + element(0, 2) * minor((1, 2), (0, 1))
  default: return nil
  }
}

/// Runs a function of square matrices.
func ofSquare(_ operation: String, _ a: Tensor, _ function: (Tensor) -> Tensor) -> Tensor {
  if a.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    try checkMatrix(a.type, operation)
    try checkSquare(a.type, operation)
    return try naming(operation) { function(a) }
  }
}

/// Runs a function of matrices with several results.
func ofMatrix(
  _ operation: String, _ a: Tensor, isSquare: Bool = false, count: Int, _ function: (Tensor) -> [Tensor]
) -> [Tensor] {
  let none = [Tensor](repeating: Tensor(.invalid), count: count - 1)
  if a.isInvalid { return [poisoned(operation)] + none }
  var parts = [Tensor(.invalid)] + none
  let first = reporting { () throws(TensorError) in
    try checkMatrix(a.type, operation)
    if isSquare { try checkSquare(a.type, operation) }
    parts = try naming(operation) { function(a) }
    return parts[0]
  }
  return [first] + parts.dropFirst()
}
