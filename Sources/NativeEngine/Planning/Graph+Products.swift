import Engines
import HostLibraries

// Products of matrices that are loops, with their results side by side in vectors.

extension Graph {
  /// Of fewer rows each element of the second factor is used too seldom, and fewer columns fill no vector.
  private static var fewestRows: Int { 4 }
  private static var fewestColumns: Int { 4 }

  /// A product and its factors, the second one transposed in memory where its columns are contiguous there: results side by
  /// side need its rows. A library does without.
  mutating func alongRows(_ product: Contraction, _ factors: [Int]) -> (Contraction, [Int]) {
    let types = factors.map { values[$0].type }
    let (shape, batchRank) = (types[1].shape, product.batch.count)
    let last = shape.rank - 1
    // One axis of columns, and behind it the one that is summed over.
    guard product.contracting.count == 1, product.contracting[0].rhs == last, shape.rank == batchRank + 2,
      product.batch.map(\.rhs) == Array(0..<batchRank), !types[0].dtype.isComplex, types[0].shape.count > 0
    else { return (product, factors) }
    let (columns, summed) = (shape[last - 1], shape[last])
    let rows = types[0].shape.count / (summed * product.batch.reduce(1) { $0 * shape[$1.rhs] })
    let size = Double(rows) * Double(columns) * Double(summed)
    let hasLibrary = BLAS.shared?.product(types[0].dtype) != nil && size >= Double(MatrixProduct.smallest)
    guard rows >= Self.fewestRows, columns >= Self.fewestColumns, !hasLibrary else { return (product, factors) }
    let maps = (0..<batchRank).map { AxisMap(axis: $0) } + [AxisMap(axis: last), AxisMap(axis: last - 1)]
    let transposed = addPure(
      .view(maps), [factors[1]],
      TensorType(types[1].dtype, Shape(Array(shape.dimensions[..<batchRank]) + [summed, columns])), isLaidOut: true)
    var changed = product
    changed.contracting[0].rhs = last - 1
    return (changed, [factors[0]] + transposed)
  }
}
