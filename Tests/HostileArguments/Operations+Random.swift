import Jacobi

/// The attacked tensor as a parameter, as a key and as what is shuffled, and sizes and ranges that are hostile.
nonisolated(unsafe) let randomOperations: [Operation] =
  forEach(hostileIntegers, "uniform of") { $0.sum() * Tensor.uniform([$1], key: key) }
  + forEach(hostileIntegers, "split of") { $0.sum() * key.split(into: $1).words.asType(.float64).sum() }
  + forEach(hostileIntegers, "keys of a seed") { $0 + Tensor.normal(key: RandomKey(seed: $1).folding(in: $1)) }
  + forEach(hostileIntegers, "permutation of") { $0.sum() * key.permutation($1).asType(.float64) }
  + forEach(hostileIntegers, "choice along") { $0.choice([2], key: key, axis: $1) }
  + forEach(hostileIntegers, "choice of") { $0.choice([$1], key: key, replacing: false) }
  + forEach(hostileIntegers, "shuffled along") { $0.shuffled(key: key, axis: $1, independently: true) }
  + forPairs("integers") { $0 + Tensor.randomIntegers(key: key, in: min($1, $2)...max($1, $2)).asType(.float64) }
  + forPairs("short integers") {
    $0 + Tensor.randomIntegers([2], key: key, in: min($1, $2)..<max($1, $2), dtype: .int32).asType(.float64)
  }
  + forLists("normal of") { Tensor.normal($1, key: key, mean: $0) }
  + DType.allCases.flatMap { dtype in
    [
      Operation("bits of \(dtype)") { $0.sum() + Tensor.bits([2], key: key, dtype: dtype).asType(.float64) },
      Operation("uniform of \(dtype)") { Tensor.uniform([2], key: key, from: $0, dtype: dtype) },
      Operation("complex normal of \(dtype)") { Tensor.normal(key: key, mean: $0, dtype: dtype) },
    ]
  }
  + [
    Operation("uniform from") { .uniform(key: key, from: $0) },
    Operation("normal with the deviation") { .normal(key: key, standardDeviation: $0) },
    Operation("truncatedNormal") { .truncatedNormal(key: key, from: $0, to: $0 + 1) },
    Operation("exponential") { .exponential(key: key, rate: $0) },
    Operation("gumbel") { .gumbel(key: key, location: $0) },
    Operation("laplace") { .laplace(key: key, scale: $0) },
    Operation("logistic") { .logistic(key: key, scale: $0) },
    Operation("cauchy") { .cauchy(key: key, location: $0) },
    Operation("bernoulli") { Tensor.bernoulli(key: key, probability: $0).asType(.float64) },
    Operation("categorical") { Tensor.categorical(key: key, logits: $0).asType(.float64) },
    Operation("choice with weights") { Tensor([1.0, 2, 3]).choice(key: key, weights: $0) },
    Operation("choice with weights, once") { Tensor([1.0, 2]).choice([2], key: key, replacing: false, weights: $0) },
    Operation("folding") { Tensor.normal(key: key.folding(in: $0)) },
    Operation("words") { Tensor.normal(key: RandomKey(words: $0)) },
    Operation("a key of a batch") { Tensor.normal(key: RandomKey(words: $0.asType(.int32))[0]) },
  ]

/// A key that no other draw has.
private var key: RandomKey { RandomKey(seed: 1) }
