import HostTensors

/// A row-major matrix in memory that is a factor of a product, or whose transpose is.
package struct MatrixFactor {
  /// The first element.
  package let start: UnsafeRawPointer
  /// Whether the factor is the transpose of the matrix in memory.
  package let isTransposed: Bool
  /// The distance of rows in memory, in elements.
  package let leading: Int

  package init(start: UnsafeRawPointer, isTransposed: Bool, leading: Int) {
    self.start = start
    self.isTransposed = isTransposed
    self.leading = leading
  }
}

extension BLAS {
  typealias SingleProduct =
    @convention(c) @Sendable (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafeRawPointer, Int32, UnsafeRawPointer, Int32, Float,
      UnsafeMutableRawPointer, Int32
    ) -> Void
  typealias DoubleProduct =
    @convention(c) @Sendable (
      Int32, Int32, Int32, Int32, Int32, Int32, Double, UnsafeRawPointer, Int32, UnsafeRawPointer, Int32, Double,
      UnsafeMutableRawPointer, Int32
    ) -> Void
  typealias ComplexProduct =
    @convention(c) @Sendable (
      Int32, Int32, Int32, Int32, Int32, Int32, UnsafeRawPointer, UnsafeRawPointer, Int32, UnsafeRawPointer, Int32,
      UnsafeRawPointer, UnsafeMutableRawPointer, Int32
    ) -> Void

  /// Writes the product of two matrices, row by row without gaps. What was in that memory is not read.
  ///
  /// - Parameters:
  ///   - dtype: the element type, which is real or complex.
  ///   - sizes: the rows of the first factor, what is summed over, and the columns of the second; each fits 32 bits.
  package func multiply(
    _ lhs: MatrixFactor, _ rhs: MatrixFactor, sizes: (rows: Int, inner: Int, columns: Int), _ dtype: DType,
    into result: UnsafeMutableRawPointer
  ) {
    // The values of CblasRowMajor, CblasNoTrans and CblasTrans.
    let (rowMajor, transposeL, transposeR): (Int32, Int32, Int32) = (
      101, lhs.isTransposed ? 112 : 111, rhs.isTransposed ? 112 : 111
    )
    let (m, n, k) = (Int32(sizes.rows), Int32(sizes.columns), Int32(sizes.inner))
    let (a, lda, b, ldb) = (lhs.start, Int32(lhs.leading), rhs.start, Int32(rhs.leading))
    func complex<Part: BinaryFloatingPoint>(_ product: ComplexProduct, _: Part.Type) {
      // The factors 1 and 0, real and imaginary part.
      withUnsafeBytes(of: (1 as Part, 0 as Part)) { one in
        withUnsafeBytes(of: (0 as Part, 0 as Part)) { zero in
          guard let one = one.baseAddress, let zero = zero.baseAddress else { return }
          product(rowMajor, transposeL, transposeR, m, n, k, one, a, lda, b, ldb, zero, result, n)
        }
      }
    }
    switch dtype {
    case .float32: single(rowMajor, transposeL, transposeR, m, n, k, 1, a, lda, b, ldb, 0, result, n)
    case .float64: double(rowMajor, transposeL, transposeR, m, n, k, 1, a, lda, b, ldb, 0, result, n)
    case .complex64: complex(singleComplex, Float.self)
    case .complex128: complex(doubleComplex, Double.self)
    case .int32, .int64, .bool: preconditionFailure("\(dtype) has no product in BLAS")
    }
  }
}
