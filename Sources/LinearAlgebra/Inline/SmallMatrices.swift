import Primitives

/// Small matrices of a batch, element by element: each element is a tensor of the batch's shape.
///
/// Code for them is straight-line code on vectors of matrices, without a call for each matrix. Its operations are those of the
/// kernels for one matrix, in the same order, so that the results have the same bits.
struct SmallMatrices {
  /// The elements, row by row.
  var elements: [[Tensor]]
  /// The shape of the batch.
  let batch: [Int]

  /// The number of rows.
  var rows: Int { elements.count }
  /// The number of columns.
  var columns: Int { elements.first?.count ?? 0 }

  /// The elements of a tensor of matrices.
  init(_ matrices: Tensor) {
    let sizes = MatrixSizes(matrices.shape)
    batch = sizes.batch
    elements = (0..<sizes.rows).map { row in (0..<sizes.columns).map { matrices[..., row, $0] } }
  }

  /// The tensor of the matrices, with `nan` for those that a mask leaves out.
  func tensor(where isKept: Tensor?, dtype: DType) -> Tensor {
    let missing = Tensor(Double.nan).asType(dtype)
    let all = elements.joined().map { element in isKept.map { `where`($0, element, missing) } ?? element }
    return Tensor.stacked(Array(all), axis: -1).reshaped(batch + [rows, columns])
  }

  /// Where all elements are finite.
  var isFinite: Tensor {
    // x - x is 0 for finite numbers alone.
    elements.joined().map { ($0 - $0) .== 0 }.reduce(Tensor.ones(batch, dtype: .bool)) { $0 .& $1 }
  }
}

extension MatrixSizes {
  /// Whether code for the matrices stands in the program, and not a call of a library.
  ///
  /// - Parameter most: the largest number of rows and columns.
  func areInline(upTo most: Int) -> Bool {
    rows > 0 && columns > 0 && Swift.max(rows, columns) <= most && batchCount >= Self.smallestInlineBatch
  }

  /// Smaller batches take less time in a library than to compile.
  private static var smallestInlineBatch: Int { 32 }
}

extension Tensor {
  /// A magnitude as kernels choose pivots by it: of complex numbers the sum of the parts' magnitudes.
  var pivotSize: Tensor {
    dtype.isComplex ? abs(realPart(self)) + abs(imaginaryPart(self)) : abs(self)
  }
}
