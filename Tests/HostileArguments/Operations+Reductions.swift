import Jacobi

private nonisolated(unsafe) let alongAxis: [(String, (Tensor, Int) -> Tensor)] = [
  ("sum", { $0.sum(axis: $1) }), ("prod", { $0.prod(axis: $1, keepingDimensions: true) }),
  ("max", { $0.max(axis: $1) }),
  ("min", { $0.min(axis: $1, keepingDimensions: true) }), ("all", { $0.all(axis: $1) }), ("any", { $0.any(axis: $1) }),
  ("mean", { $0.mean(axis: $1) }), ("variance", { $0.variance(axis: $1) }),
  ("standardDeviation", { $0.standardDeviation(axis: $1) }), ("logSumExp", { $0.logSumExp(axis: $1) }),
  ("norm", { $0.norm(axis: $1) }), ("argmax", { $0.argmax(axis: $1) }),
  ("argmin", { $0.argmin(axis: $1, keepingDimensions: true) }), ("cumsum", { $0.cumsum(axis: $1) }),
  ("cumsum reversed", { $0.cumsum(axis: $1, reversed: true) }), ("softmax", { $0.softmax(axis: $1) }),
  ("logSoftmax", { $0.logSoftmax(axis: $1) }), ("sorted", { $0.sorted(axis: $1) }),
  ("argsorted", { $0.argsorted(axis: $1, descending: true) }),
]

private nonisolated(unsafe) let alongAxes: [(String, (Tensor, [Int]) -> Tensor)] = [
  ("sum", { $0.sum(axes: $1) }), ("prod", { $0.prod(axes: $1) }),
  ("max", { $0.max(axes: $1, keepingDimensions: true) }),
  ("min", { $0.min(axes: $1) }), ("all", { ($0 .> 0).all(axes: $1) }), ("any", { ($0 .> 0).any(axes: $1) }),
  ("mean", { $0.mean(axes: $1, keepingDimensions: true) }), ("variance", { $0.variance(axes: $1) }),
  ("standardDeviation", { $0.standardDeviation(axes: $1) }), ("logSumExp", { $0.logSumExp(axes: $1) }),
  ("norm", { $0.norm(axes: $1, keepingDimensions: true) }),
]

/// Reductions, statistics, running sums and orders.
nonisolated(unsafe) let reductionOperations: [Operation] =
  [
    Operation("sum") { $0.sum() }, Operation("prod") { $0.prod() }, Operation("max") { $0.max() },
    Operation("min") { $0.min() }, Operation("all") { $0.all() }, Operation("any") { $0.any() },
    Operation("mean") { $0.mean() }, Operation("variance") { $0.variance() },
    Operation("standardDeviation") { $0.standardDeviation() }, Operation("logSumExp") { $0.logSumExp() },
    Operation("norm") { $0.norm() }, Operation("argmax") { $0.argmax() }, Operation("argmin") { $0.argmin() },
    Operation("softmax") { $0.softmax() }, Operation("logSoftmax") { $0.logSoftmax() },
    Operation("sorted") { $0.sorted() }, Operation("argsorted") { $0.argsorted() },
  ]
  + alongAxis.flatMap { name, apply in forEach(hostileIntegers, "\(name) along axis", apply) }
  + alongAxes.flatMap { name, apply in forLists("\(name) along axes", apply) }
  + forEach(hostileIntegers, "variance with correction") { $0.variance(correction: $1) }
  + forEach(hostileIntegers, "standardDeviation with correction") { $0.standardDeviation(correction: $1) }
