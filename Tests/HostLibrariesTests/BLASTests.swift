import HostLibraries
import HostTensors
import Testing

/// The host's library of linear algebra, where there is one.
@Suite(.enabled(if: BLAS.shared != nil)) struct BLASTests {
  /// Small whole numbers, whose sums of products are exact in any order.
  private func numbers<Scalar: BinaryFloatingPoint>(_ count: Int, _ seed: Int, _: Scalar.Type) -> [Scalar] {
    (0..<count).map { Scalar(($0 * 7 + seed) % 13 - 6) }
  }

  /// Products of parts of larger matrices, transposed or not, by the definition.
  private func compare<Scalar: BinaryFloatingPoint>(
    _ dtype: DType, _: Scalar.Type, _ isTransposed: (lhs: Bool, rhs: Bool)
  ) throws {
    let blas = try #require(BLAS.shared)
    let (rows, inner, columns, gap) = (5, 7, 6, 3)
    // Complex numbers are pairs.
    let parts = dtype.isComplex ? 2 : 1
    let lhsLeading = (isTransposed.lhs ? rows : inner) + gap
    let rhsLeading = (isTransposed.rhs ? inner : columns) + gap
    let a = numbers(parts * lhsLeading * max(rows, inner), 1, Scalar.self)
    let b = numbers(parts * rhsLeading * max(inner, columns), 4, Scalar.self)
    var c = [Scalar](repeating: .nan, count: parts * rows * columns)
    a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        c.withUnsafeMutableBytes { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          blas.multiply(
            MatrixFactor(start: a, isTransposed: isTransposed.lhs, leading: lhsLeading),
            MatrixFactor(start: b, isTransposed: isTransposed.rhs, leading: rhsLeading), sizes: (rows, inner, columns),
            dtype, into: c)
        }
      }
    }
    for row in 0..<rows {
      for column in 0..<columns {
        var (real, imaginary): (Scalar, Scalar) = (0, 0)
        for k in 0..<inner {
          let i = isTransposed.lhs ? k * lhsLeading + row : row * lhsLeading + k
          let j = isTransposed.rhs ? column * rhsLeading + k : k * rhsLeading + column
          if parts == 1 {
            real += a[i] * b[j]
          } else {
            real += a[2 * i] * b[2 * j] - a[2 * i + 1] * b[2 * j + 1]
            imaginary += a[2 * i] * b[2 * j + 1] + a[2 * i + 1] * b[2 * j]
          }
        }
        let place = parts * (row * columns + column)
        #expect(c[place] == real && (parts == 1 || c[place + 1] == imaginary))
      }
    }
  }

  @Test(arguments: [DType.float32, .float64, .complex64, .complex128]) func products(_ dtype: DType) throws {
    for lhs in [false, true] {
      for rhs in [false, true] {
        if dtype.realPart == .float32 {
          try compare(dtype, Float.self, (lhs, rhs))
        } else {
          try compare(dtype, Double.self, (lhs, rhs))
        }
      }
    }
    #expect(BLAS.shared?.product(dtype) != nil && BLAS.shared?.product(.int64) == nil)
  }

  /// The library names itself.
  @Test func description() {
    #expect(BLAS.summary.hasPrefix("matrix products by ") && !BLAS.summary.contains("JACOBI_BLAS"))
  }

  /// A routine of LAPACK, found by its name and type.
  @Test(.enabled(if: LAPACK.shared != nil)) func factorization() throws {
    typealias Cholesky =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafeMutablePointer<Double>, UnsafePointer<Int32>,
        UnsafeMutablePointer<Int32>
      ) -> Void
    let potrf = try #require(LAPACK.shared?.routine("potrf", .float64, as: Cholesky.self))
    var (size, info): (Int32, Int32) = (2, -1)
    var matrix: [Double] = [4, 2, 2, 10]
    potrf("L", &size, &matrix, &size, &info)
    #expect(info == 0 && matrix[0] == 2 && matrix[1] == 1 && matrix[3] == 3)
    #expect(LAPACK.shared?.routine("potrf", .int32, as: Cholesky.self) == nil)
    #expect(LAPACK.shared?.routine("noSuchRoutine", .float64, as: Cholesky.self) == nil)
  }
}

@Suite struct ProcessorFeatureTests {
  @Test func lines() {
    #expect(ProcessorFeatures.list(in: "flags\t\t: fpu avx2 avx512f\n") == ["fpu", "avx2", "avx512f"])
    #expect(ProcessorFeatures.list(in: "Features\t: fp asimd") == ["fp", "asimd"])
    #expect(ProcessorFeatures.list(in: "vmx flags\t: vnmi") == nil)
    #expect(ProcessorFeatures.list(in: "model name\t: flags") == nil && ProcessorFeatures.list(in: "") == nil)
  }

  #if os(Linux) && arch(x86_64)
    @Test func here() { #expect(ProcessorFeatures.current.contains("sse2")) }
  #endif
}
