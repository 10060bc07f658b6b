import Jacobi

/// A copy with a part set.
private func setting(_ x: Tensor, _ set: (inout Tensor) -> Void) -> Tensor {
  var copy = x
  set(&copy)
  return copy
}

/// Reading and writing at one index.
private func both(_ name: String, _ index: any TensorIndexConvertible) -> [Operation] {
  [
    Operation("x[\(name)]") { $0[index] },
    Operation("x[..., \(name)]") { $0[..., index] },
    Operation("x[0, \(name)]") { $0[0, index] },
    Operation("x[.newAxis, \(name)]") { $0[.newAxis, index, .newAxis] },
    Operation("x[\(name)] = number") { x in setting(x) { $0[index] = 7 } },
    Operation("x[\(name)] = itself") { x in setting(x) { $0[index] = x } },
    Operation("x[\(name)] = its own part") { x in setting(x) { $0[index] = x[index] * 2 } },
    Operation("x[..., \(name)] = other type") { x in setting(x) { $0[..., index] = Tensor(Int64.max) } },
    Operation("x[\(name)] += number") { x in setting(x) { $0[index] += 0.5 } },
  ]
}

private nonisolated(unsafe) let integers: [Operation] =
  forEach(hostileIntegers, "x[i], i =") { $0[$1] }
  + forEach(hostileIntegers, "x[i, ...], i =") { $0[$1, ...] }
  + forEach(hostileIntegers, "x[i] = 1, i =") { x, i in setting(x) { $0[i] = 1 } }
  + forEach(hostileIntegers, "x[i] = x, i =") { x, i in setting(x) { $0[i] = x } }
  + forPairs("x[i, j]") { $0[$1, $2] } + forPairs("x[i, j] = 1") { x, i, j in setting(x) { $0[i, j] = 1 } }
  + forPairs("x[i, j] = sum") { x, i, j in setting(x) { $0[i, j] = x.sum() } }
  + [
    Operation("x[0, 0, 0]") { $0[0, 0, 0 as Int] }, Operation("x[...]") { $0[...] },
    Operation("x[..., ...]") { $0[..., .ellipsis] }, Operation("x[.newAxis] alone") { $0[.newAxis] },
    Operation("x of no index") { $0[[] as [Int]] },
  ]

private nonisolated(unsafe) let ranges: [Operation] =
  forPairs("x[i..<j]") { x, i, j in x[min(i, j)..<max(i, j)] }
  + forPairs("x[i...j]") { x, i, j in x[min(i, j)...max(i, j)] }
  + forPairs("x[i...j] = 1") { x, i, j in setting(x) { $0[min(i, j)...max(i, j)] = 1 } }
  + hostileIntegers.flatMap { i in
    both("\(i)...", i...) + both("..<\(i)", ..<i) + both("...\(i)", ...i) + both(".strided(by: \(i))", .strided(by: i))
  }
  + fewIntegers.flatMap { from in
    fewIntegers.flatMap { to in
      fewIntegers.flatMap { step -> [Operation] in
        let name = ".strided(from: \(from), to: \(to), by: \(step))"
        return [
          Operation("x[\(name)]") { $0[.strided(from: from, to: to, by: step)] },
          Operation("x[\(name)] = 1") { x in setting(x) { $0[.strided(from: from, to: to, by: step)] = 1 } },
        ]
      }
    }
  }

/// Extends the indices by what a static member gives.
extension TensorIndexConvertible where Self == TensorIndex {
  fileprivate static var everything: TensorIndex { .all }
}

private func both(_ name: String, _ index: TensorIndex) -> [Operation] {
  both(name, index as any TensorIndexConvertible)
}

private let indexTensors: [(String, Tensor)] =
  hostileIntegers.map { ("Tensor(\($0))", Tensor([Int64($0)])) }
  + [
    ("scalar index", Tensor(Int64(1))), ("int32 indices", Tensor([0, -1] as [Int32])),
    ("repeated indices", Tensor([0, 0, 0] as [Int64])), ("no indices", Tensor([Int64]())),
    ("matrix of indices", Tensor(shape: [2, 2], scalars: [0, 1, 0, -1] as [Int64])),
    ("no rows of indices", Tensor(shape: [0, 1 << 40], scalars: [Int64]())),
    ("mask of 3", Tensor([true, false, true])), ("mask of 2", Tensor([true, true])), ("no mask", Tensor([Bool]())),
    ("scalar mask", Tensor(true)), ("mask of nothing", Tensor([false, false, false])),
    ("matrix mask", Tensor(shape: [2, 3], scalars: [true, false, true, false, true, false])),
    ("fractions", Tensor([0.5, 1])), ("complex", Tensor([Complex(1.0, 0)])), ("literals", [0, -1]),
    ("literal fraction", 0.5), ("literal beyond doubles", 9_007_199_254_740_993),
  ]
  + concreteInputs.filter { ["escaped", "invalid", "nan", "many axes"].contains($0.name) }.map { input in
    var tensor = Tensor(0.0)
    input.provide { given, _ in tensor = given }
    return (input.name, tensor)
  }

private nonisolated(unsafe) let gathering: [Operation] = indexTensors.flatMap { name, indices -> [Operation] in
  both(name, indices) + [
    Operation("x[\(name), \(name)]") { $0[indices, indices] },
    Operation("x[\(name), 0...]") { $0[indices, 0...] },
    Operation("x[\(name), \(name)] = 1") { x in setting(x) { $0[indices, indices] = 1 } },
    Operation("x[\(name), 0, \(name)]") { $0[indices, 0, indices] },
    Operation("take \(name)") { $0.take(indices) }, Operation("take along -1 \(name)") { $0.take(indices, axis: -1) },
    Operation("takeAlongAxis \(name)") { $0.takeAlongAxis(indices, axis: 0) },
    Operation("adding 1 at \(name)") { $0.adding(1, at: indices) },
    Operation("adding itself at \(name)") { $0.adding($0, at: indices, axis: -1) },
    Operation("itself as index of \(name)") { indices[$0] },
    Operation("itself as place in \(name)") { indices.take($0) },
  ]
}

private nonisolated(unsafe) let alongAxis: [Operation] =
  forEach(hostileIntegers, "take along") { $0.take(Tensor([0] as [Int64]), axis: $1) }
  + forEach(hostileIntegers, "takeAlongAxis along") { $0.takeAlongAxis(Tensor([0] as [Int64]), axis: $1) }
  + forEach(hostileIntegers, "adding along") { $0.adding(1, at: Tensor([0] as [Int64]), axis: $1) }
  + hostileIntegers.flatMap { both("array [\($0)]", [$0]) }
  + both("array [0, -1, 0]", [0, -1, 0]) + both("all", TensorIndex.everything)

/// Indices of every kind, to get and to set.
nonisolated(unsafe) let indexingOperations: [Operation] = integers + ranges + gathering + alongAxis
