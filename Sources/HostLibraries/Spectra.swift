import HostTensors

// Eigenvalues and singular values by LAPACK, for row-major matrices.

extension LAPACK {
  /// The routine for Hermitian matrices by divide and conquer, `syevd` or `heevd`.
  package struct HermitianEigen {
    fileprivate let routine: Routine<UnsafeMutableRawPointer>

    /// What is wanted, the triangle, n, the matrix and the distance of its columns, the values; work space for elements and
    /// for integers, each with its length; and 0.
    fileprivate typealias Real =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafeMutableRawPointer,
        UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutablePointer<Int32>, UnsafePointer<Int32>, UnsafeMutablePointer<Int32>
      ) -> Void
    /// The same with work space for real numbers before that for integers.
    fileprivate typealias Complex =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafeMutableRawPointer,
        UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutableRawPointer, UnsafePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafePointer<Int32>,
        UnsafeMutablePointer<Int32>
      ) -> Void
  }

  /// The routine for an element type; `nil` where there is none.
  package static func hermitianEigen(_ dtype: DType) -> HermitianEigen? {
    address(dtype.isComplex ? "heevd" : "syevd", dtype).map { HermitianEigen(routine: $0) }
  }

  /// The routine for singular values by divide and conquer, `gesdd`.
  package struct SVD {
    fileprivate let routine: Routine<UnsafeMutableRawPointer>

    /// What is wanted, the sizes, the matrix and the distance of its columns, the values, both factors with theirs; work space
    /// for elements with its length, and for integers; and 0.
    fileprivate typealias Real =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafeMutableRawPointer,
        UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutableRawPointer, UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>
      ) -> Void
    /// The same with work space for real numbers before that for integers.
    fileprivate typealias Complex =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafeMutableRawPointer,
        UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutableRawPointer, UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutableRawPointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>
      ) -> Void
  }

  /// The routine for an element type; `nil` where there is none.
  package static func svd(_ dtype: DType) -> SVD? { address("gesdd", dtype).map { SVD(routine: $0) } }

  /// The routine for eigenvalues of any complex matrix, `geev`.
  package struct Eigen {
    fileprivate let routine: Routine<Complex>

    /// Whether left and right vectors are wanted, n, the matrix and the distance of its columns, the values, left and right
    /// vectors with theirs, work space with its length and for real numbers, and 0.
    fileprivate typealias Complex =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafeMutableRawPointer,
        UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutableRawPointer, UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutableRawPointer, UnsafeMutablePointer<Int32>
      ) -> Void
  }

  /// The routine for a complex element type; `nil` where there is none.
  package static func eigen(_ dtype: DType) -> Eigen? {
    routine("geev", dtype, Eigen.Complex.self).map { Eigen(routine: $0) }
  }

  /// A routine whose type depends on the element type, as an address.
  private static func address(_ name: String, _ dtype: DType) -> Routine<UnsafeMutableRawPointer>? {
    typealias Anything = @convention(c) () -> Void
    return routine(name, dtype, Anything.self).map {
      Routine(function: unsafeBitCast($0.function, to: UnsafeMutableRawPointer.self), dtype: dtype)
    }
  }
}

extension LAPACK.HermitianEigen {
  /// Replaces a Hermitian matrix by its eigenvectors, each in a row, and writes the eigenvalues in ascending order.
  ///
  /// Read column by column the matrix is its conjugate; so the rows are the conjugates of eigenvectors.
  ///
  /// - Returns: whether the iteration converged.
  package func call(
    _ matrix: UnsafeMutableRawPointer, _ n: Int, _ values: UnsafeMutableRawPointer, vectors: Bool
  ) -> Bool {
    let (width, isComplex) = (routine.dtype.byteCount, routine.dtype.isComplex)
    var (wanted, triangle) = (CChar(UInt8(ascii: vectors ? "V" : "N")), CChar(UInt8(ascii: "U")))
    // As LAPACK's documentation demands, and room for its blocks.
    var (size, info) = (Int32(n), Int32(0))
    var lengths = (Int32(1 + 70 * n + 2 * n * n), Int32(1 + 5 * n + 2 * n * n), Int32(3 + 5 * n))
    let work = UnsafeMutableRawPointer.allocate(byteCount: Int(lengths.0) * width, alignment: 64)
    var integers = [Int32](repeating: 0, count: Int(lengths.2))
    defer { work.deallocate() }
    if isComplex {
      let real = UnsafeMutableRawPointer.allocate(byteCount: Int(lengths.1) * width / 2, alignment: 64)
      defer { real.deallocate() }
      let function = unsafeBitCast(routine.function, to: Complex.self)
      function(
        &wanted, &triangle, &size, matrix, &size, values, work, &lengths.0, real, &lengths.1, &integers, &lengths.2,
        &info)
    } else {
      let function = unsafeBitCast(routine.function, to: Real.self)
      function(&wanted, &triangle, &size, matrix, &size, values, work, &lengths.0, &integers, &lengths.2, &info)
    }
    return info == 0
  }
}

extension LAPACK.SVD {
  /// Writes the factors of a row-major m x n matrix, which is written over: U, m x k; the values; and Vᴴ, k x n.
  ///
  /// Read column by column the matrix is the transpose, whose factors are the transposes in the other order.
  ///
  /// - Returns: whether the iteration converged.
  package func call(
    _ matrix: UnsafeMutableRawPointer, _ m: Int, _ n: Int, _ u: UnsafeMutableRawPointer?,
    _ values: UnsafeMutableRawPointer, _ vh: UnsafeMutableRawPointer?
  ) -> Bool {
    let (width, isComplex) = (routine.dtype.byteCount, routine.dtype.isComplex)
    let (small, large) = (min(m, n), max(m, n))
    var wanted = CChar(UInt8(ascii: u == nil ? "N" : "S"))
    var (rows, columns, kept, info) = (Int32(n), Int32(m), Int32(small), Int32(0))
    // As LAPACK's documentation demands, and room for its blocks.
    var length = Int32(4 * small * small + 7 * small + 130 * (small + large) + large)
    let work = UnsafeMutableRawPointer.allocate(byteCount: Int(length) * width, alignment: 64)
    var integers = [Int32](repeating: 0, count: 8 * small)
    defer { work.deallocate() }
    let (left, right) = (vh ?? work, u ?? work)
    if isComplex {
      let count = small * max(5 * small + 7, 2 * large + 2 * small + 1)
      let real = UnsafeMutableRawPointer.allocate(byteCount: count * width / 2, alignment: 64)
      defer { real.deallocate() }
      let function = unsafeBitCast(routine.function, to: Complex.self)
      function(
        &wanted, &rows, &columns, matrix, &rows, values, left, &rows, right, &kept, work, &length, real, &integers,
        &info)
    } else {
      let function = unsafeBitCast(routine.function, to: Real.self)
      function(
        &wanted, &rows, &columns, matrix, &rows, values, left, &rows, right, &kept, work, &length, &integers, &info)
    }
    return info == 0
  }
}

extension LAPACK.Eigen {
  /// Writes the eigenvalues and the right eigenvectors, each in a row, of a row-major complex matrix.
  ///
  /// - Returns: whether the iteration converged.
  package func call(
    _ matrix: UnsafeRawPointer, _ n: Int, _ values: UnsafeMutableRawPointer, _ vectors: UnsafeMutableRawPointer?
  ) -> Bool {
    let width = routine.dtype.byteCount
    let copy = UnsafeMutableRawPointer.allocate(byteCount: n * n * width, alignment: 64)
    var length = Int32(66 * n)
    let work = UnsafeMutableRawPointer.allocate(byteCount: Int(length) * width, alignment: 64)
    let real = UnsafeMutableRawPointer.allocate(byteCount: n * width, alignment: 64)
    defer {
      copy.deallocate()
      work.deallocate()
      real.deallocate()
    }
    routine.transpose(matrix, into: copy, rows: n, columns: n)
    var (none, right) = (CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: vectors == nil ? "N" : "V")))
    var (size, info) = (Int32(n), Int32(0))
    routine.function(
      &none, &right, &size, copy, &size, values, work, &size, vectors ?? work, &size, work, &length, real, &info)
    return info == 0
  }
}
