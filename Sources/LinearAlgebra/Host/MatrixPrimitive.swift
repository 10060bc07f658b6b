import Numerics
import Primitives

/// A primitive whose operands are batches of matrices: the last two axes are rows and columns, the others are batches.
protocol MatrixPrimitive: Primitive {
  /// The results for operands with elements of a type.
  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor]
}

extension MatrixPrimitive {
  public var traits: PrimitiveTraits { [] }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    switch operands[0].dtype {
    case .float64: try evaluate(operands, Double.self)
    case .float32: try evaluate(operands, Float.self)
    case .complex128: try evaluate(operands, Complex<Double>.self)
    case .complex64: try evaluate(operands, Complex<Float>.self)
    case .int32, .int64, .bool: []
    }
  }

  /// The results for a batch: one more batch axis in front.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    bind(allBatched(operands, isBatched, size))
  }
}

/// The sizes of a batch of matrices.
struct MatrixSizes {
  /// The sizes of the batch axes.
  let batch: [Int]
  /// The number of rows of each matrix.
  let rows: Int
  /// The number of columns of each matrix.
  let columns: Int

  /// The sizes of a shape of at least two axes.
  init(_ shape: Shape) {
    batch = Array(shape.dimensions.dropLast(2))
    rows = shape[shape.rank - 2]
    columns = shape[shape.rank - 1]
  }

  /// The number of matrices.
  var batchCount: Int { batch.reduce(1, &*) }
  /// The number of elements of each matrix.
  var elementCount: Int { rows &* columns }
}

/// Checks the number of operands, and that the first ones are matrices with elements of one type.
func checkMatrices(
  _ operands: [TensorType], count: Int, matrices: Int, _ operation: String
) throws(TensorError) {
  guard operands.count == count else {
    throw TensorError(.program, operation, "takes \(counted(count, "operand")), not \(operands.count)")
  }
  for operand in operands.prefix(matrices) {
    try checkMatrix(operand, operation)
    if operand.dtype != operands[0].dtype { throw mixedDTypes(operation, operands[0], operand) }
  }
}

/// Checks that an operand is a matrix or a batch of them, with real or complex elements.
func checkMatrix(_ operand: TensorType, _ operation: String) throws(TensorError) {
  guard operand.shape.rank >= 2 else {
    throw TensorError(
      .shape, operation, "expected a matrix [rows, columns], or a batch of matrices, got shape \(operand.shape)")
  }
  guard operand.dtype.isDifferentiable else {
    throw TensorError(
      .dtype, operation, "expected elements of float32, float64, complex64 or complex128, got \(operand.dtype)",
      hint: "convert first: a.asType(.float64)")
  }
}

/// Checks that an operand's matrices are square.
func checkSquare(_ operand: TensorType, _ operation: String) throws(TensorError) {
  let sizes = MatrixSizes(operand.shape)
  guard sizes.rows == sizes.columns else {
    throw TensorError(.shape, operation, "expected square matrices, got shape \(operand.shape)")
  }
}

extension HostTensor {
  /// Changes each matrix of a batch in place.
  mutating func updateMatrices<Scalar: MatrixScalar>(
    _: Scalar.Type, _ body: (_ index: Int, _ matrix: UnsafeMutablePointer<Scalar>) -> Void
  ) throws(TensorError) {
    let sizes = MatrixSizes(shape)
    if count == 0 { return }
    try withMutableMemory(of: Scalar.dtype) { memory, count in
      let elements = memory.bindMemory(to: Scalar.self, capacity: count)
      for index in 0..<sizes.batchCount { body(index, elements + index &* sizes.elementCount) }
    }
  }
}
