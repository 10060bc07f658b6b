import Jacobi

private nonisolated(unsafe) let axes: [(String, (Tensor, [Int]) -> Tensor)] = [
  ("Sum", { Sum(axes: $1).bind($0) }), ("Prod", { Prod(axes: $1).bind($0) }), ("Norm", { Norm(axes: $1).bind($0) }),
  ("LogSumExp", { LogSumExp(axes: $1).bind($0) }), ("Softmax", { Softmax(axes: $1).bind($0) }),
  ("LogSoftmax", { LogSoftmax(axes: $1).bind($0) }), ("ReduceMax", { ReduceMax(axes: $1).bind($0) }),
  ("ReduceMin", { ReduceMin(axes: $1).bind([$0])[0] }), ("ReduceAll", { ReduceAll(axes: $1).bind($0 .> 0) }),
  ("ReduceAny", { ReduceAny(axes: $1).bind($0 .> 0) }), ("Transpose", { Transpose(permutation: $1).bind($0) }),
  ("Reshape", { Reshape(shape: $1).bind($0) }), ("Reshape of a list", { Reshape(shape: $1).bind([$0])[0] }),
  ("Broadcast to", { Broadcast(shape: $1, axes: []).bind($0) }),
  ("Broadcast to, along the last", { Broadcast(shape: $1, axes: [$1.count - 1]).bind($0) }),
  ("Broadcast along", { Broadcast(shape: [2, 3, 3], axes: $1).bind($0) }),
  ("LinearIndices", { x, list in LinearIndices(sizes: list).bind(list.map { _ in x })[0] }),
  ("Embed in", { Embed(axes: [AxisSlice(start: 0, count: 3)], shape: $1).bind($0) }),
  ("DotGeneral contracting", { DotGeneral(contracting: ($1, $1)).bind($0, $0) }),
  ("DotGeneral with batch", { DotGeneral(contracting: ([], []), batch: ($1, $1)).bind($0, $0) }),
  ("DotGeneral of lists", { DotGeneral(contracting: ($1, [0]), batch: ([], $1)).bind($0, $0) }),
]

private nonisolated(unsafe) let integers: [(String, (Tensor, Int) -> Tensor)] = [
  ("ArgMax", { ArgMax(axis: $1).bind($0) }), ("ArgMin", { ArgMin(axis: $1).bind([$0])[0] }),
  ("CumulativeSum", { CumulativeSum(axis: $1).bind($0) }), ("ArgSort", { ArgSort(axis: $1).bind($0) }),
  ("Concatenate", { Concatenate(axis: $1).bind([$0, $0])[0] }),
  ("IntegerPower", { IntegerPower(exponent: $1).bind($0) }),
  ("Gather", { Gather(axis: $1).bind($0, Tensor([0, 0] as [Int64])) }),
  ("Gather with batch", { Gather(axis: 1, batchRank: $1).bind($0, Tensor([0, 0] as [Int64])) }),
  ("ScatterAdd", { ScatterAdd(axis: $1, size: 3).bind($0, Tensor([0, 1, 0] as [Int64])) }),
  ("ScatterAdd into", { ScatterAdd(axis: 0, size: $1).bind($0, Tensor([0, 1, 0] as [Int64])) }),
  ("ScatterAdd with batch", { ScatterAdd(axis: 1, batchRank: $1, size: 2).bind($0, Tensor([0, 1] as [Int64])) }),
  ("Scatter", { Scatter(axis: $1).bind([$0, $0, Tensor([0, 0] as [Int64])])[0] }),
  (
    "Scatter with batch",
    { Scatter(axis: 1, batchRank: $1).bind([$0, $0, Tensor([0, 0] as [Int64])])[0] }
  ),
  ("Scatter at an index", { Scatter(axis: 0).bind([$0, Tensor([1.0]), Tensor([Int64($1)])])[0] }),
]

private nonisolated(unsafe) let slices: [Operation] =
  fewIntegers.flatMap { start in
    fewIntegers.flatMap { count in
      fewIntegers.flatMap { step -> [Operation] in
        let slice = AxisSlice(start: start, count: count, step: step)
        return [
          Operation("Slice \(slice)") { Slice(axes: [slice]).bind($0) },
          Operation("Embed \(slice)") { Embed(axes: [slice], shape: [4]).bind($0) },
          Operation("UpdateSlice \(slice)") { UpdateSlice(axes: [slice]).bind($0, Tensor([1.0])) },
        ]
      }
    }
  }
  + forEach(hostileIntegers, "Slice at") { Slice(axes: [AxisSlice(index: $1)]).bind($0) }
  + forEach(hostileIntegers, "Embed at") { Embed(axes: [AxisSlice(index: $1)], shape: [3]).bind($0.sum()) }
  + forEach(hostileIntegers, "Embed into") { Embed(axes: [AxisSlice(index: 0)], shape: [$1]).bind($0.sum()) }
  + forEach(hostileIntegers, "Embed into columns") {
    Embed(axes: [AxisSlice(index: 0), AxisSlice(index: 1)], shape: [3, $1]).bind($0.sum())
  }

/// Each primitive of the catalogue with the parameters of its samples but other operands than those.
private nonisolated(unsafe) let samples: [Operation] = PrimitiveCatalog.all.flatMap { type in
  type.samples.prefix(3).enumerated().flatMap { index, sample -> [Operation] in
    let (primitive, count) = (sample.primitive, sample.operands.count)
    return (0...3).map { given in
      Operation("sample \(index) of \(type.name), \(given) operands for \(count)") { x in
        primitive.bind([Tensor](repeating: x, count: given)).first ?? x
      }
    }
  }
}

/// Primitives applied without the public functions that check their parameters.
nonisolated(unsafe) let primitiveOperations: [Operation] =
  axes.flatMap { name, apply in forLists(name, apply) }
  + integers.flatMap { name, apply in forEach(hostileIntegers, name, apply) } + slices + samples
