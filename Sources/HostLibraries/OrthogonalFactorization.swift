import HostTensors

extension LAPACK {
  /// The routines for the factorization of matrices into one with orthonormal columns and a triangular one.
  package struct QR {
    /// The rows, the columns, the matrix and the distance of its columns, factors, work space, and 0.
    fileprivate typealias Factor =
      @convention(c) (
        UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int32>, UnsafeMutablePointer<Int32>
      ) -> Void
    /// The rows, the columns and the number of reflections; then as above.
    fileprivate typealias Form =
      @convention(c) (
        UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafeMutableRawPointer,
        UnsafePointer<Int32>, UnsafeRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int32>,
        UnsafeMutablePointer<Int32>
      ) -> Void

    fileprivate let factor: Routine<Factor>
    fileprivate let form: Routine<Form>
  }

  /// The routines for an element type; `nil` where there are none.
  package static func qr(_ dtype: DType) -> QR? {
    guard let factor = routine("geqrf", dtype, QR.Factor.self),
      let form = routine(dtype.isComplex ? "ungqr" : "orgqr", dtype, QR.Form.self)
    else { return nil }
    return QR(factor: factor, form: form)
  }
}

extension LAPACK.QR {
  /// Writes the factors of a row-major matrix.
  ///
  /// - Parameters:
  ///   - q: memory for m x k elements, where k is the smaller of m and n.
  ///   - r: memory for k x n elements.
  package func call(
    _ matrix: UnsafeRawPointer, _ m: Int, _ n: Int, _ q: UnsafeMutableRawPointer, _ r: UnsafeMutableRawPointer
  ) {
    let k = min(m, n)
    let width = factor.dtype.byteCount
    let columns = UnsafeMutableRawPointer.allocate(byteCount: m * n * width, alignment: 64)
    let scales = UnsafeMutableRawPointer.allocate(byteCount: k * width, alignment: 64)
    // Blocks of 64 columns, as LAPACK takes at most.
    let length = 64 * max(m, n)
    let work = UnsafeMutableRawPointer.allocate(byteCount: length * width, alignment: 64)
    defer {
      columns.deallocate()
      scales.deallocate()
      work.deallocate()
    }
    factor.transpose(matrix, into: columns, rows: m, columns: n)
    var (rows, all, kept, workLength, info) = (Int32(m), Int32(n), Int32(k), Int32(length), Int32(0))
    factor.function(&rows, &all, columns, &rows, scales, work, &workLength, &info)
    // R is above the diagonal, column by column.
    r.initializeMemory(as: UInt8.self, repeating: 0, count: k * n * width)
    for column in 0..<n {
      for row in 0...min(column, k - 1) {
        (r + (row * n + column) * width).copyMemory(from: columns + (column * m + row) * width, byteCount: width)
      }
    }
    form.function(&rows, &kept, &kept, columns, &rows, scales, work, &workLength, &info)
    factor.transpose(columns, into: q, rows: k, columns: m)
  }
}
