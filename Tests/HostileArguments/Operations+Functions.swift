import Jacobi

private nonisolated(unsafe) let unary: [Operation] = [
  Operation("rsqrt") { rsqrt($0) }, Operation("silu") { silu($0) }, Operation("gelu") { gelu($0) },
  Operation("approximate gelu") { gelu($0, approximate: true) }, Operation("elu") { elu($0) },
  Operation("logit") { logit($0) }, Operation("sinc") { sinc($0) }, Operation("isInfinite") { isInfinite($0) },
  Operation("median") { $0.median() }, Operation("nanMedian") { $0.nanMedian() }, Operation("nanMax") { $0.nanMax() },
  Operation("nanVariance") { $0.nanVariance() }, Operation("tril") { $0.tril() }, Operation("triu") { $0.triu() },
  Operation("unique") { $0.unique() }, Operation("bincount") { $0.bincount() },
  Operation("nonzero") { $0.nonzero().last ?? $0 }, Operation("histogram") { $0.histogram(range: 0...1).counts },
  Operation("diff") { $0.diff() }, Operation("trapezoid") { trapezoid($0) },
  Operation("hstack") { Tensor.hstack([$0, $0]) }, Operation("vstack") { Tensor.vstack([$0, 1]) },
]

private nonisolated(unsafe) let binary: [(String, (Tensor, Tensor) -> Tensor)] = [
  ("%", { $0 % $1 }), ("floorDivide", { floorDivide($0, $1) }), ("mod", { mod($0, $1) }),
  ("xLogY", { xLogY($0, $1) }), ("xLog1pY", { xLog1pY($0, $1) }), ("elu with alpha", { elu($0, alpha: $1) }),
  ("sum(where:)", { $0.sum(where: $1) }),
  ("max(where:)", { $0.max(where: $1 .> 0) }), ("variance(where:)", { $0.variance(where: $1 .> 0) }),
  ("cross", { cross($0, $1) }), ("kronecker", { kronecker($0, $1) }), ("tensordot", { tensordot($0, $1) }),
  ("searchSorted", { searchSorted($0, $1) }), ("digitize", { digitize($0, bins: $1, right: true) }),
  ("isClose", { isClose($0, $1, equalNaN: true) }),
  ("interp values", { interp(0.5, $1, $0) }), ("trapezoid at places", { trapezoid($0, x: $1) }),
  ("trapezoid with spacing", { trapezoid($0, spacing: $1) }), ("meshgrid", { Tensor.meshgrid([$0, $1])[0] }),
  ("histogram with edges", { $0.histogram(edges: $1) }),
  ("histogram with weights", { $0.histogram(range: 0...1, weights: $1).counts }),
  ("bincount with weights", { $0.bincount(weights: $1) }),
  ("bincount of a length", { $0.bincount(weights: $1, length: 4) }),
  ("dynamicSlice", { $0.dynamicSlice(at: $1, sizes: [2]) }),
  ("dynamicUpdateSlice", { $0.dynamicUpdateSlice($1, at: [1]) }), ("hstack of two", { Tensor.hstack([$0, $1]) }),
]

/// Tensors on the right alone, whose values are conditions: a compiled derivative that does not depend on them does not look
/// whether they hold.
private nonisolated(unsafe) let conditions: [Operation] = concreteInputs.flatMap { input -> [Operation] in
  var part = Tensor(0.0)
  input.provide { tensor, _ in part = tensor }
  return [
    Operation("quantile \(input.name)") { $0.quantile(part) },
    Operation("nanQuantile \(input.name)") { $0.nanQuantile(part, interpolation: .nearest) },
    Operation("interp \(input.name)") { interp($0, part, part) },
    Operation("percentile \(input.name)") { $0.percentile(part, interpolation: .higher) },
  ]
}

private nonisolated(unsafe) let integers: [(String, (Tensor, Int) -> Tensor)] = [
  ("/ integer", { $0 / $1 }), ("% integer", { $0 % $1 }), ("mod integer", { mod($0, Tensor(Int64($1))) }),
  ("cumprod along", { $0.cumprod(axis: $1) }), ("cummax along", { $0.cummax(axis: $1, reversed: true) }),
  ("logCumSumExp along", { $0.logCumSumExp(axis: $1) }), ("median along", { $0.median(axis: $1) }),
  ("nanMean along", { $0.nanMean(axis: $1) }), ("nanVariance with correction", { $0.nanVariance(correction: $1) }),
  ("topK", { $0.topK($1).values }), ("topK along", { $0.topK(1, axis: $1).values }),
  ("maxWithIndex along", { $0.maxWithIndex(axis: $1).value }), ("cross along", { cross($0, $0, axis: $1) }),
  ("tensordot over", { tensordot($0, $0, axes: $1) }), ("tensordot along", { tensordot($0, $0, axes: ([$1], [$1])) }),
  ("diff of order", { $0.diff(order: $1) }), ("diff along", { $0.diff(axis: $1) }),
  ("trapezoid along", { trapezoid($0, x: $0, axis: $1) }), ("tril of", { $0.tril(diagonal: $1) }),
  ("triu of", { $0.triu(diagonal: $1) }), ("oneHot of", { Tensor([0, 1] as [Int64]).oneHot(classes: $1) * $0.sum() }),
  ("dynamicSlice at", { $0.dynamicSlice(at: Tensor(Int64($1)), sizes: [2]) }),
  ("dynamicSlice of size", { $0.dynamicSlice(at: 0, sizes: [$1]) }),
  ("dynamicUpdateSlice at", { $0.dynamicUpdateSlice($0, at: Tensor(Int64($1))) }),
  ("bincount at least", { Tensor([0, 1, 3] as [Int64]).bincount(weights: $0, minimumLength: $1) }),
  ("bincount of length", { Tensor([0, 1, 3] as [Int64]).bincount(weights: $0, length: $1) }),
  ("histogram of bins", { $0.histogram(bins: $1, range: 0...1).counts }),
  ("multivariateLogGamma of", { multivariateLogGamma($0, dimension: $1) }),
  ("Sinc of order", { Sinc(order: $1).bind($0) }), ("CumulativeProduct", { CumulativeProduct(axis: $1).bind($0) }),
  ("CumulativeMax", { CumulativeMax(axis: $1, reversed: false).bind($0) }),
  ("LinearRecurrence", { LinearRecurrence(axis: $1).bind($0, $0) }),
  ("RunningOdds", { RunningOdds(axis: $1).bind($0) }),
  ("LogCumulativeSum", { LogCumulativeSum(axis: $1).bind($0) }),
  ("SearchSorted with batch", { SearchSorted(isRight: true, batchRank: $1).bind($0, $0) }),
]

/// Functions beside those of other files.
nonisolated(unsafe) let functionOperations: [Operation] =
  unary + conditions + binary.flatMap { withOthers($0.0, $0.1) }
  + integers.flatMap { name, apply in forEach(hostileIntegers, name, apply) }
  + forLists("nanSum along axes") { $0.nanSum(axes: $1) } + forLists("median along axes") { $0.median(axes: $1) }
  + forLists("sum(where:) along axes") { $0.sum(where: $0 .> 0, axes: $1) }
  + forLists("dynamicSlice of sizes") { $0.dynamicSlice(at: Tensor([0, 0] as [Int64]), sizes: $1) }
