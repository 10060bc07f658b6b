import Jacobi

/// Tensors made from hostile sizes, beside the tensor that is attacked.
nonisolated(unsafe) let makingOperations: [Operation] =
  forEach(hostileIntegers, "zeros of") { $0 + Tensor.zeros([$1]) }
  + forEach(hostileIntegers, "ones of") { $0 * Tensor.ones([2, $1], dtype: .bool) }
  + forEach(hostileIntegers, "full of") { Tensor.full([$1], $0) }
  + forEach(hostileIntegers, "full of the sum") { Tensor.full([$1, 2], $0.sum()) }
  + forEach(hostileIntegers, "eye of") { $0.sum() * Tensor.eye($1) }
  + forEach(hostileIntegers, "eye with columns") { $0.sum() * Tensor.eye(2, columns: $1) }
  + forEach(hostileIntegers, "arange of") { $0.sum() * Tensor.arange($1) }
  + forEach(hostileIntegers, "int64 arange of") { $0.sum() + Tensor.arange($1, dtype: .int64).asType(.float64) }
  + forEach(hostileIntegers, "linspace of") { $0.sum() * Tensor.linspace(0, 1, count: $1) }
  + forEach(hostileIntegers, "Tensor(shape:)") { $0.sum() * Tensor(shape: [$1], scalars: [1.0, 2]) }
  + forEach(hostileIntegers, "Tensor(shape:) of nothing") { $0 + Tensor(shape: [0, $1], scalars: [Double]()).sum() }
  + forPairs("arange") { $0.sum() * Tensor.arange($1, $2, 3) }
  + forPairs("int64 arange with step") { $0 + Tensor.arange($1, $2, $1, dtype: .int64).sum().asType(.float64) }
  + forPairs("int64 arange") { $0 + Tensor.arange($2, $1, 1 << 60, dtype: .int64).sum().asType(.float64) }
  + forPairs("float32 arange") { $0 * Tensor.arange(Double($1), Double($2), 1e17, dtype: .float32).sum() }
  + forLists("zeros of") { $0 + Tensor.zeros($1) } + forLists("full of") { Tensor.full($1, $0.sum()) }
  + DType.allCases.flatMap { dtype in
    [
      Operation("full of \(dtype)") { Tensor.full([2], $0, dtype: dtype) },
      Operation("arange of \(dtype)") { $0.sum() * Tensor.arange(0, 3, dtype: dtype) },
      Operation("ones of \(dtype)") { $0 * Tensor.ones([3], dtype: dtype) },
    ]
  }
  + [
    Operation("zeros like") { .zeros(like: $0) }, Operation("ones like") { .ones(like: $0) },
    Operation("linspace to infinity") { $0 * Tensor.linspace(0, .infinity, count: 3) },
    Operation("linspace of nan") { $0 * Tensor.linspace(.nan, 0, count: 0) },
    Operation("arange by nan") { $0 * Tensor.arange(0, 1, .nan) },
    Operation("arange by nothing") { $0 * Tensor.arange(0, 1, Double.leastNonzeroMagnitude) },
    Operation("ragged rows") { $0 * Tensor([[1.0, 2], [3]]) },
    Operation("rows without numbers") { $0 * Tensor([[], []] as [[Double]]) },
  ]
