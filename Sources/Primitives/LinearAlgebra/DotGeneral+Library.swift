import HostLibraries

// Large products of floating-point numbers are those of the host's BLAS, where it is found. Transposes and parts of larger
// tensors are read where they lie.

extension DotGeneral {
  /// Products of fewer multiplications are computed by the kernel: a call of a library costs more than it saves there.
  private static var smallestLibraryProduct: Int { 16 * 16 * 16 }

  /// Returns the product by the host's library; nothing where there is none, or where the kernel is as fast.
  ///
  /// - Throws: an error when the operands do not fit, or when there is no memory for the result.
  func evaluatedByLibrary(_ lhs: HostTensor, _ rhs: HostTensor) throws(TensorError) -> HostTensor? {
    // The product of the counts is at least the number of multiplications, so that small products stop here.
    let (bound, overflow) = lhs.count.multipliedReportingOverflow(by: rhs.count)
    guard overflow || bound >= Self.smallestLibraryProduct, lhs.dtype.isDifferentiable else { return nil }
    let type = try resultTypes(of: [lhs.type, rhs.type])[0]
    let sizes = sizes(lhs.shape, rhs.shape)
    guard sizes.isWorthLibrary(Self.smallestLibraryProduct), let blas = BLAS.shared else { return nil }
    var (a, b) = (lhs, rhs)
    let (rows, columns) = (lhsFree(lhs.shape), rhsFree(rhs.shape))
    var first = MatrixLayout(a.shape, batch: lhsBatch, rows: rows, columns: lhsContracting)
    var second = MatrixLayout(b.shape, batch: rhsBatch, rows: rhsContracting, columns: columns)
    if first == nil {
      a = try ordered(lhs, lhsBatch + rows + lhsContracting)
      first = MatrixLayout(rows: sizes.rows, columns: sizes.inner)
    }
    if second == nil {
      b = try ordered(rhs, rhsBatch + rhsContracting + columns)
      second = MatrixLayout(rows: sizes.inner, columns: sizes.columns)
    }
    guard let first, let second else { return nil }
    let byteCount = type.dtype.byteCount
    return try HostTensor.uninitialized(type, for: Self.name) { result in
      a.withBytes { a in
        b.withBytes { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          for batch in 0..<sizes.batches {
            blas.multiply(
              first.factor(a, batch, byteCount), second.factor(b, batch, byteCount),
              sizes: (sizes.rows, sizes.inner, sizes.columns), type.dtype,
              into: result + batch * sizes.rows * sizes.columns * byteCount)
          }
        }
      }
    }
  }
}

extension MatrixSizes {
  /// Whether a library is faster than the kernel.
  fileprivate func isWorthLibrary(_ smallest: Int) -> Bool {
    let (area, tooWide) = rows.multipliedReportingOverflow(by: columns)
    let (volume, tooLarge) = area.multipliedReportingOverflow(by: inner)
    // Vectors are read once either way. OpenBLAS counts in 32 bits.
    return !tooWide && !tooLarge && volume >= smallest && min(rows, columns) >= 4 && inner >= 4
      && max(rows, columns, inner) < Int(Int32.max) && batches > 0
  }
}

/// How a batch of matrices lies in memory: each row, or each column, without gaps.
private struct MatrixLayout {
  let isTransposed: Bool
  let leading: Int
  let batchStride: Int

  /// Matrices without gaps, one after the other.
  init(rows: Int, columns: Int) {
    (isTransposed, leading, batchStride) = (false, columns, rows * columns)
  }

  /// A tensor's axes as those of matrices; nothing where elements of a row or a column are not evenly spaced.
  init?(_ shape: Shape, batch: [Int], rows: [Int], columns: [Int]) {
    let strides = shape.strides
    guard let batches = Self.merged(batch, shape, strides), let outer = Self.merged(rows, shape, strides),
      let inner = Self.merged(columns, shape, strides)
    else { return nil }
    let (outerStride, innerStride) = (outer.stride ?? inner.count, inner.stride ?? 1)
    if innerStride == 1 && outerStride >= inner.count && outerStride < Int(Int32.max) {
      (isTransposed, leading) = (false, outerStride)
    } else if outerStride == 1 && innerStride >= outer.count && innerStride < Int(Int32.max) {
      (isTransposed, leading) = (true, innerStride)
    } else {
      return nil
    }
    batchStride = batches.stride ?? 0
  }

  /// Several axes that are walked through as one: the number of elements and their distance, which is nothing for a single
  /// one.
  private static func merged(_ axes: [Int], _ shape: Shape, _ strides: [Int]) -> (count: Int, stride: Int?)? {
    var (count, stride): (Int, Int?) = (1, nil)
    for axis in axes.reversed() where shape[axis] != 1 {
      if let stride, strides[axis] != stride * count { return nil }
      stride = stride ?? strides[axis]
      count *= shape[axis]
    }
    return (count, stride)
  }

  /// The matrix at a place of the batch.
  func factor(_ start: UnsafeRawPointer, _ batch: Int, _ byteCount: Int) -> MatrixFactor {
    MatrixFactor(start: start + batch * batchStride * byteCount, isTransposed: isTransposed, leading: leading)
  }
}
