import HostTensors

// The factorizations of LAPACK for row-major matrices.

extension LAPACK {
  /// Which triangle, the size, the matrix and the distance of its columns, and 0 when it was factored.
  package typealias Cholesky =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafePointer<Int32>,
      UnsafeMutablePointer<Int32>
    ) -> Void

  /// The rows, the columns, the matrix and the distance of its columns, the exchanges of rows, and 0 without a zero pivot.
  package typealias LU =
    @convention(c) (
      UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafePointer<Int32>,
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>
    ) -> Void

  /// The Cholesky factorization of real and complex matrices.
  package static func cholesky(_ dtype: DType) -> Routine<Cholesky>? { routine("potrf", dtype, Cholesky.self) }

  /// The LU factorization of real and complex matrices.
  package static func lu(_ dtype: DType) -> Routine<LU>? { routine("getrf", dtype, LU.self) }
}

extension LAPACK.Routine where Function == LAPACK.Cholesky {
  /// Replaces the lower triangle of a Hermitian matrix by that of its factor.
  ///
  /// Read column by column, the matrix is the transpose; its upper factor U with Aᵀ = UᴴU is the transposed lower one of A.
  ///
  /// - Returns: whether the matrix is positive definite.
  package func call(_ matrix: UnsafeMutableRawPointer, _ n: Int) -> Bool {
    var (size, info) = (Int32(n), Int32(0))
    var triangle = CChar(UInt8(ascii: "U"))
    function(&triangle, &size, matrix, &size, &info)
    return info == 0
  }
}

extension LAPACK.Routine where Function == LAPACK.LU {
  /// Replaces a matrix by its factors, in memory of its own, where it lies column by column.
  ///
  /// - Parameter exchange: gets the pairs of rows that are exchanged, in their order.
  package func call(
    _ matrix: UnsafeMutableRawPointer, _ rows: Int, _ columns: Int, exchange: (_ i: Int, _ j: Int) -> Void
  ) {
    let byteCount = dtype.byteCount
    let copy = UnsafeMutableRawPointer.allocate(byteCount: rows * columns * byteCount, alignment: 64)
    defer { copy.deallocate() }
    transpose(matrix, into: copy, rows: rows, columns: columns)
    var (m, n, info) = (Int32(rows), Int32(columns), Int32(0))
    var leading = m
    var pivots = [Int32](repeating: 0, count: min(rows, columns))
    function(&m, &n, copy, &leading, &pivots, &info)
    for (row, pivot) in pivots.enumerated() where Int(pivot) != row + 1 { exchange(row, Int(pivot) - 1) }
    transpose(copy, into: matrix, rows: columns, columns: rows)
  }
}

extension LAPACK.Routine {
  /// Writes the transpose of a row-major matrix, block by block, as the cache likes it.
  func transpose(
    _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rows: Int, columns: Int
  ) {
    func move<Element: BitwiseCopyable>(_: Element.Type) {
      let from = source.assumingMemoryBound(to: Element.self)
      let to = destination.assumingMemoryBound(to: Element.self)
      let block = 32
      for top in stride(from: 0, to: rows, by: block) {
        for left in stride(from: 0, to: columns, by: block) {
          for row in top..<min(top + block, rows) {
            for column in left..<min(left + block, columns) {
              to[column &* rows &+ row] = from[row &* columns &+ column]
            }
          }
        }
      }
    }
    switch dtype.byteCount {
    case 4: move(UInt32.self)
    case 8: move(UInt64.self)
    default: move(SIMD2<UInt64>.self)
    }
  }
}
