import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Batches of small problems, whose axes are shorter than a vector, at batch sizes on both sides of every vector's width.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct ShortAxisTests {
  static let batchSizes = [0, 1, 3, 7, 8, 9, 16, 17, 33, 1000]

  private func draw(_ shape: Shape, _ dtype: DType, seed: UInt64) throws -> Tensor {
    var random = CountingGenerator(seed: seed)
    return try random.tensors([TensorType(dtype, shape)])[0]
  }

  /// Sums are taken in the order of the elements, which the reference engine leaves from four elements on: where they are
  /// fewer, or whole numbers, results are equal bit for bit.
  @Test(arguments: [DType.float64, .float32, .int64, .int32]) func rows(_ dtype: DType) throws {
    for size in 1...9 {
      let tolerance = size <= 3 || !dtype.isReal ? 0 : dtype == .float32 ? 1e-6 : 1e-14
      for count in Self.batchSizes {
        let x = try draw([count, size], dtype, seed: UInt64(size))
        try expectAgreement({ [$0[0].sum(axes: [1])] }, at: [x], tolerance: tolerance)
        try expectAgreement({ [$0[0].max(axes: [1]), $0[0].min(axes: [1])] }, at: [x], tolerance: 0)
        try expectAgreement({ [$0[0][0..., 0] - $0[0][0..., -1]] }, at: [x], tolerance: 0)
        // Rows that begin inside of others.
        let wide = try draw([count, size + 1], dtype, seed: 3)
        try expectAgreement({ [$0[0][0..., 1...].sum(axes: [1])] }, at: [wide], tolerance: tolerance)
      }
    }
  }

  @Test(arguments: [DType.float64, .float32]) func products(_ dtype: DType) throws {
    let tolerance = dtype == .float32 ? 1e-6 : 1e-14
    for size in 1...9 {
      for count in Self.batchSizes {
        let (a, b) = (
          try draw([count, size, size], dtype, seed: 1), try draw([count, size, size], dtype, seed: 2)
        )
        let (x, m) = (try draw([count, size], dtype, seed: 3), try draw([size, size], dtype, seed: 4))
        try expectAgreement({ [matmul($0[0], $0[1])] }, at: [a, b], tolerance: tolerance)
        try expectAgreement({ [einsum("bij,bj->bi", $0[0], $0[1])] }, at: [a, x], tolerance: tolerance)
        try expectAgreement({ [einsum("bji,bj->bi", $0[0], $0[1])] }, at: [a, x], tolerance: tolerance)
        try expectAgreement({ [einsum("ij,bj->bi", $0[0], $0[1])] }, at: [m, x], tolerance: tolerance)
        try expectAgreement({ [einsum("bi,bi->b", $0[0], $0[0])] }, at: [x], tolerance: tolerance)
      }
    }
  }

  /// What is stored for each element of short rows, beside what is the same for a row or a column.
  @Test(arguments: [DType.float64, .float32]) func elements(_ dtype: DType) throws {
    let tolerance = dtype == .float32 ? 1e-6 : 1e-14
    for size in 1...9 {
      for count in Self.batchSizes {
        let x = try draw([count, size], dtype, seed: 7)
        let (row, column) = (try draw([size], dtype, seed: 8), try draw([count, 1], dtype, seed: 9))
        try expectAgreement(
          { x in [x[0] * x[1] - x[2], x[0] .> x[1], exp(x[0] * x[2])] }, at: [x, row, column], tolerance: tolerance)
        try expectAgreement(
          { [(($0[0] * $0[1] * $0[2]) ** 2).sum()] }, at: [x, row, column], tolerance: 10 * tolerance)
        try expectAgreement({ [$0[0].flipped(axis: 1) * $0[1]] }, at: [x, row], tolerance: 0)
        if count > 0 && size > 0 {
          try expectAgreement({ [$0[0].softmax(axis: 1), $0[0] / $0[0].norm()] }, at: [x], tolerance: tolerance)
        }
        // One column of each row is written alone.
        try expectAgreement(
          { x in
            var y = x[0] * x[1]
            y[0..., 0] = x[2][0..., 0]
            return [y]
          }, at: [x, row, column], tolerance: 0)
      }
    }
    // Rows of rows, and rows inside of columns.
    let cube = try draw([5, 17, 3], dtype, seed: 10)
    try expectAgreement({ [$0[0] * $0[0].sum(axis: 2, keepingDimensions: true)] }, at: [cube], tolerance: tolerance)
    try expectAgreement({ [$0[0] * $0[0].sum(axis: 1, keepingDimensions: true)] }, at: [cube], tolerance: tolerance)
    try expectAgreement({ [$0[0].transposed(1, 0, 2) * 2] }, at: [cube], tolerance: 0)
  }

  /// Products whose second factor is read along its columns.
  @Test(arguments: [DType.float64, .float32, .int64]) func productsWithTransposes(_ dtype: DType) throws {
    let tolerance = dtype == .float64 ? 1e-14 : dtype == .float32 ? 1e-6 : 0
    for size in [1, 3, 4, 5, 8, 9, 16, 23] {
      for rows in [1, 4, 7] {
        for count in [1, 3, 9] {
          let (a, b) = (
            try draw([count, rows, size], dtype, seed: 1), try draw([count, 6, size], dtype, seed: 2)
          )
          try expectAgreement({ [einsum("bij,bkj->bik", $0[0], $0[1])] }, at: [a, b], tolerance: tolerance)
          try expectAgreement({ [einsum("bij,kj->bik", $0[0], $0[1][0])] }, at: [a, b], tolerance: tolerance)
          try expectAgreement({ [einsum("ij,kj->ik", $0[0][0], $0[1][0])] }, at: [a, b], tolerance: tolerance)
          try expectAgreement({ [einsum("bij,bkj->bik", $0[0] * 2, $0[1] + 1)] }, at: [a, b], tolerance: tolerance)
        }
      }
    }
  }

  @Test func flags() throws {
    for size in 1...9 {
      for count in Self.batchSizes {
        let x = try draw([count, size], .float64, seed: 5)
        try expectAgreement({ [($0[0] .> 0).all(axes: [1]), ($0[0] .> 0).any(axes: [1])] }, at: [x], tolerance: 0)
      }
    }
  }

  /// The blocks that threads share are cut at whole vectors.
  @Test func threads() throws {
    for count in [200_000, 200_003] {
      let x = try draw([count, 3], .float64, seed: 6)
      let recorded = program(of: { (x: [Tensor]) in [sqrt((x[0] * x[0]).sum(axes: [1]))] }, at: [x])
      let arguments = [try x.hostValue()]
      let expected = try recorded.run(arguments)
      for threads in 1...3 {
        #expect(try recorded.run(arguments, on: NativeEngine(threads: threads)) == expected)
      }
    }
  }
}
