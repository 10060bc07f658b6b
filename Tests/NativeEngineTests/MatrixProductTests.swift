import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Products of matrices that are large enough for a library, in all layouts.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct MatrixProductTests {
  private func matrix(_ shape: Shape, _ dtype: DType, seed: UInt64) throws -> Tensor {
    var random = CountingGenerator(seed: seed)
    return try random.tensors([TensorType(dtype, shape)])[0]
  }

  private func compare(_ f: @escaping ([Tensor]) -> Tensor, _ arguments: [Tensor], _ tolerance: Double) throws {
    try expectAgreement({ [f($0)] }, at: arguments, tolerance: tolerance)
  }

  @Test(arguments: [DType.float64, .float32, .complex128, .complex64])
  func layouts(_ dtype: DType) throws {
    let tolerance = dtype.realPart == .float32 ? 1e-5 : 1e-13
    let (a, b) = (try matrix([33, 40], dtype, seed: 1), try matrix([40, 37], dtype, seed: 2))
    try compare({ matmul($0[0], $0[1]) }, [a, b], tolerance)
    try compare({ matmul($0[0].transposed(), $0[1]) }, [try matrix([40, 33], dtype, seed: 3), b], tolerance)
    try compare({ matmul($0[0], $0[1].transposed()) }, [a, try matrix([37, 40], dtype, seed: 4)], tolerance)
    try compare({ matmul($0[1].transposed(), $0[0].transposed()) }, [a, b], tolerance)
    // Rows and columns of a larger matrix, and every other one.
    let large = try matrix([80, 90], dtype, seed: 5)
    try compare({ matmul($0[0], $0[1][20..<60, 3..<40]) }, [a, large], tolerance)
    try compare({ matmul($0[0], $0[1][20..<60, .strided(from: 3, to: 77, by: 2)]) }, [a, large], tolerance)
    // Batches, and axes between.
    let batches = try matrix([3, 33, 40], dtype, seed: 6)
    try compare({ matmul($0[0], $0[1]) }, [batches, try matrix([3, 40, 37], dtype, seed: 7)], tolerance)
    try compare({ einsum("bij,jk->bik", $0[0], $0[1]) }, [batches, b], tolerance)
    try compare(
      { einsum("ibj,bjk->bik", $0[0], $0[1]) },
      [try matrix([33, 3, 40], dtype, seed: 8), try matrix([3, 40, 37], dtype, seed: 9)], tolerance)
    try compare(
      { einsum("aij,aik->jk", $0[0], $0[1]) }, [batches, try matrix([3, 33, 50], dtype, seed: 10)], tolerance)
    // Small and thin ones, which are loops.
    try compare({ matmul($0[0], $0[1]) }, [a, try matrix([40], dtype, seed: 11)], tolerance)
    try compare(
      { matmul($0[0], $0[1]) }, [try matrix([33], dtype, seed: 12), try matrix([33, 200], dtype, seed: 13)], tolerance)
    try compare(
      { outer($0[0], $0[1]) }, [try matrix([33], dtype, seed: 12), try matrix([70], dtype, seed: 13)], tolerance)
  }

  @Test func integers() throws {
    let (a, b) = (
      Tensor((0..<900).map { Int64($0 % 31) }).reshaped(30, 30),
      Tensor((0..<900).map { Int64($0 % 17) }).reshaped(30, 30)
    )
    try compare({ matmul($0[0], $0[1]) }, [a, b], 0)
  }

  @Test(arguments: [0.0, .infinity, .nan])
  func strongZeros(_ special: Double) throws {
    var rows = [Double](repeating: 0, count: 33 * 40)
    for index in rows.indices where index % 3 == 0 { rows[index] = Double(index % 7) }
    var columns = (0..<(40 * 37)).map { Double($0 % 5) }
    columns[1] = special
    let product = ZeroAbsorbingDotGeneral(DotGeneral(contracting: ([1], [0])))
    try compare(
      { product.bind($0[0], $0[1]) }, [Tensor(rows).reshaped(33, 40), Tensor(columns).reshaped(40, 37)], 1e-13)
  }

  /// A sum of products begins with 0, so that it is no negative zero.
  @Test func negativeZeros() throws {
    let (one, zeros) = (Tensor([1.0]), Tensor([-0.0, 2, -0.0]))
    try compare({ outer($0[0], $0[1]) }, [one, zeros], 0)
    try compare({ dot($0[0], $0[1]) }, [Tensor([1.0, 1]), Tensor([-0.0, -0.0])], 0)
    try compare({ $0[0][0] * einsum("i,->i", $0[1], $0[0][0]) }, [one, zeros], 0)
    let matrix = Tensor([Double](repeating: -0.0, count: 20)).reshaped(4, 5)
    try compare({ matmul($0[0], $0[1]) }, [matrix, Tensor([Double](repeating: 1, count: 5))], 0)
    try compare({ matmul($0[1], $0[0]) }, [matrix, Tensor([Double](repeating: 1, count: 4))], 0)
  }
}
