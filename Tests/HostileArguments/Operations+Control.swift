import Jacobi

/// Loops of at most a few steps, or of a number of steps that does not exist.
private let bounds = [(0, 3), (3, -1), (0, 0), (Int.min, .max), (.max, .min), (.max - 2, .max), (.min, .min + 1)]

/// Branches and loops that are one equation each.
nonisolated(unsafe) let controlOperations: [Operation] =
  bounds.map { first, last in
    Operation("forLoop from \(first) to \(last)") { x in forLoop(from: first, to: last, x) { _, x in x * 0.5 } }
  }
  + [Int.min, -2, -1, 0, 1, 2, 3, 4].flatMap { value in
    [
      Operation("scan of length \(value)") { x in scan({ ($0 * 0.5, $0) }, x, length: value).results },
      Operation("switchCase \(value)") { x in switchCase(Tensor(Int64(value)), [{ x * 1 }, { x * 2 }, { x + 1 }]) },
      Operation("whileLoop of at most \(value)") { x in
        whileLoop({ $0.sum() .< 100 }, { $0 * 2 }, x, maximumSteps: value)
      },
    ]
  }
  + withOthers("cond") { x, y in cond(y, then: { x * 1 }, else: { x * 2 }) }
  + withOthers("branches of other types") { x, y in cond(x.sum() .> 0, then: { x * 1 }, else: { y * 1 }) }
  + withOthers("switchCase at") { x, y in switchCase(y, [{ x * 1 }, { x * 2 }]) }
  + withOthers("scan that changes its state") { x, y in scan({ state in (y * 1, state) }, x, length: 2).state }
  + withOthers("forLoop to") { x, y in forLoop(from: 0, to: y * 0, x) { _, x in x * 0.5 } }
  + withOthers("associativeScan") { x, y in associativeScan({ $0 * $1 + y }, over: x) }
  + [
    Operation("whileLoop without a condition") { x in whileLoop({ $0 }, { $0 }, x, maximumSteps: 3) },
    Operation("whileLoop that grows") { x in
      whileLoop({ $0.sum() .< 100 }, { Tensor.concatenated([$0, $0]) }, x, maximumSteps: 3)
    },
    Operation("loop in a loop") { x in
      forLoop(from: 0, to: 2, x) { _, x in forLoop(from: 0, to: 2, x) { i, x in x * 0.5 + i.asType(x.dtype) } }
    },
  ]
