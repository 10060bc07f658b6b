import Jacobi

/// Pieces put together again, with their number, so that all of them are looked at.
private func joined(_ pieces: [Tensor]) -> Tensor {
  pieces.count > 1000 ? Tensor(Double(pieces.count)) : Tensor.concatenated(pieces, axis: 0)
}

private nonisolated(unsafe) let alongAxis: [(String, (Tensor, Int) -> Tensor)] = [
  ("squeezed", { $0.squeezed(axis: $1) }), ("expandedDimensions", { $0.expandedDimensions(axis: $1) }),
  ("flipped", { $0.flipped(axis: $1) }), ("rolled", { $0.rolled(by: 1, axis: $1) }),
  ("repeated", { $0.repeated(2, axis: $1) }), ("split", { joined($0.split(count: 2, axis: $1)) }),
  ("split by sizes", { joined($0.split(sizes: [1, 2], axis: $1)) }),
  ("concatenated", { Tensor.concatenated([$0, $0], axis: $1) }), ("stacked", { Tensor.stacked([$0, $0], axis: $1) }),
  ("stacked with a literal", { Tensor.stacked([$0, 1], axis: $1) }),
  ("swappingAxes", { $0.swappingAxes($1, 0) }), ("movingAxis from", { $0.movingAxis(from: $1, to: 0) }),
  ("movingAxis to", { $0.movingAxis(from: 0, to: $1) }), ("diagonal of axes", { $0.diagonal(axes: ($1, 0)) }),
  ("vmap over axis", { vmap({ $0 * 2 }, axis: $1)($0) }),
  ("vmap into axis", { vmap({ $0 * 2 }, resultAxis: $1)($0) }),
]

private nonisolated(unsafe) let withInteger: [(String, (Tensor, Int) -> Tensor)] = [
  ("reshaped to", { $0.reshaped($1) }), ("reshaped to -1 and", { $0.reshaped(-1, $1) }),
  ("broadcast to", { $0.broadcast(to: [$1]) }), ("broadcast to rows", { $0.broadcast(to: [$1] + $0.shape.dimensions) }),
  ("rolled by", { $0.rolled(by: $1, axis: 0) }), ("repeated times", { $0.repeated($1, axis: 0) }),
  ("split into", { joined($0.split(count: $1)) }), ("tiled", { $0.tiled([$1]) }), ("padded by", { $0.padded($1) }),
  ("padded with infinity by", { $0.padded($1, with: Tensor(Double.infinity)) }),
  ("padded before by", { $0.padded([(before: $1, after: 1)]) }),
  ("padded after by", { $0.padded([(before: 0, after: $1)], with: 1) }),
  ("diagonal offset", { $0.diagonal(offset: $1) }), ("broadcast and summed", { $0.broadcast(to: [$1, $1]).sum() }),
]

private nonisolated(unsafe) let withList: [(String, (Tensor, [Int]) -> Tensor)] = [
  ("reshaped to", { $0.reshaped($1) }), ("broadcast to", { $0.broadcast(to: $1) }),
  ("transposed", { $0.transposed($1) }),
  ("flipped along", { $0.flipped(axes: $1) }), ("tiled", { $0.tiled($1) }),
  ("split into sizes", { joined($0.split(sizes: $1)) }),
  ("padded by", { x, list in x.padded(list.map { (before: $0, after: $0) }) }),
]

/// Shapes, orders, pieces and padding.
nonisolated(unsafe) let shapeOperations: [Operation] =
  [
    Operation("flattened") { $0.flattened() }, Operation("squeezed") { $0.squeezed() },
    Operation("transposed") { $0.transposed() }, Operation("flipped") { $0.flipped() },
    Operation("diagonal") { $0.diagonal() }, Operation("trace") { $0.trace() },
    Operation("diagonalMatrix") { $0.diagonalMatrix() },
    Operation("diagonalMatrix twice") { $0.diagonalMatrix().trace() },
    Operation("reshaped to nothing") { $0.reshaped([]) }, Operation("concatenated nothing") { _ in .concatenated([]) },
    Operation("stacked nothing") { _ in .stacked([]) },
    Operation("concatenated once") { .concatenated([$0], axis: -1) },
    Operation("array literal") { [$0, $0] }, Operation("array literal with a number") { [$0, 1] },
    Operation("nested array literal") { [[$0, 1], [2, $0]] },
    Operation("array literal with an exact integer") { [$0, 9_007_199_254_740_993] },
  ]
  + alongAxis.flatMap { name, apply in forEach(hostileIntegers, "\(name) axis", apply) }
  + withInteger.flatMap { name, apply in forEach(hostileIntegers, name, apply) }
  + withList.flatMap { name, apply in forLists(name, apply) }
  + forPairs("swappingAxes") { $0.swappingAxes($1, $2) } + forPairs("movingAxis") { $0.movingAxis(from: $1, to: $2) }
  + forPairs("diagonal of axes") { $0.diagonal(axes: ($1, $2)) }
  + forPairs("repeated times along") { $0.repeated($1, axis: $2) }
  + forPairs("padded") { $0.padded([(before: $1, after: $2)]) }
  + forPairs("rolled by along") { $0.rolled(by: $1, axis: $2) }
  + withOthers("concatenated") { .concatenated([$0, $1]) } + withOthers("stacked") { .stacked([$0, $1]) }
  + withOthers("padded with") { $0.padded(1, with: $1) }
