import Jacobi

/// What a transform gave, in the roles that the laws know.
struct Findings {
  /// Must be the function's own value, to the last bit.
  var values: [Tensor] = []
  /// Must have the type of the function's value.
  var likeValue: [Tensor] = []
  /// Must have the type of the argument.
  var likeArgument: [Tensor] = []
  /// Must have the shape of two values, one for each example.
  var batches: [Tensor] = []
  /// Must only be tensors that make sense.
  var others: [Tensor] = []

  var all: [Tensor] { values + likeValue + likeArgument + batches + others }
}

/// A transform, or a composition of some, that is applied to each operation at each input.
struct Transform {
  let name: String
  /// Whether the operation's own errors must come through: its numbers are computed as without the transform.
  let isEager: Bool
  let apply: (_ function: @escaping (Tensor) -> Tensor, _ x: Tensor) -> Findings

  init(
    _ name: String, isEager: Bool = true, _ apply: @escaping (@escaping (Tensor) -> Tensor, Tensor) -> Findings
  ) {
    self.name = name
    self.isEager = isEager
    self.apply = apply
  }
}

/// The function followed by a sum that is a real number, for the transforms that need one.
private func scalar(_ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
  { x in
    let y = function(x)
    if y.dtype.isComplex { return realPart(y).sum() }
    return (y.dtype.isDifferentiable ? y : y.asType(.float64)).sum()
  }
}

/// The eager application first, whose result the others are compared with.
nonisolated(unsafe) let hostileTransforms: [Transform] = [
  Transform("eager") { Findings(values: [$0($1)]) },
  Transform("program", isEager: false) { f, x in
    let program = program(of: f, at: x)
    let results = program(x)
    _ = program.text
    return Findings(values: results.isEmpty ? [] : [results[0]], others: results)
  },
  Transform("jvp") { f, x in
    let (value, tangent) = jvp(f, at: x, along: .ones(like: x))
    return Findings(values: [value], likeValue: [tangent])
  },
  Transform("linearize") { f, x in
    let (value, differential) = linearize(f, at: x)
    return Findings(values: [value], likeValue: [differential(.ones(like: x))])
  },
  Transform("vjp") { f, x in
    let (value, pullback) = vjp(f, at: x)
    return Findings(values: [value], likeArgument: [pullback(.ones(like: value))])
  },
  Transform("grad") { Findings(likeArgument: [grad(scalar($0))($1)]) },
  Transform("grad without a sum") { Findings(likeArgument: [grad($0)($1)]) },
  Transform("valueAndGrad") { f, x in
    let (value, gradient) = valueAndGrad(scalar(f))(x)
    return Findings(likeArgument: [gradient], others: [value])
  },
  Transform("jacobian") { Findings(others: [jacobian($0)($1)]) },
  Transform("reverse jacobian") { Findings(others: [jacobian($0, mode: .reverse, memoryBudget: 0)($1)]) },
  Transform("hessian") { Findings(others: [hessian(scalar($0))($1)]) },
  Transform("hvp") { f, x in Findings(likeArgument: [hvp(scalar(f), at: x, along: .ones(like: x))]) },
  Transform("vmap", isEager: false) { f, x in Findings(batches: [vmap(f)(.stacked([x, x]))]) },
  Transform("vmap of no example", isEager: false) { f, x in
    Findings(others: [vmap(f)(x.broadcast(to: [0] + x.shape.dimensions))])
  },
  Transform("subprogram") { f, x in
    let named = subprogram("attacked", f)
    let (value, tangent) = jvp({ named($0) }, at: x, along: .ones(like: x))
    return Findings(values: [value], likeValue: [tangent])
  },
  Transform("calls of calls") { f, x in
    let named = subprogram("attacked", f)
    let twice = subprogram("twice") { named($0) + named($0 * 1) }
    return Findings(others: [jvp({ twice($0) * twice(x) }, at: x, along: .ones(like: x)).tangent])
  },
  Transform("jit") { f, x in
    let compiled = jit(f)
    return Findings(values: [compiled(x), compiled(x)])
  },
  Transform("jit(grad)") { f, x in
    let compiled = jit(grad(scalar(f)))
    return Findings(likeArgument: [compiled(x), compiled(x)])
  },
  Transform("grad(jit)") { f, x in
    let compiled = jit(scalar(f))
    return Findings(likeArgument: [grad(compiled)(x), grad(compiled)(x)])
  },
  Transform("vmap(jit)", isEager: false) { f, x in Findings(batches: [vmap(jit(f))(.stacked([x, x]))]) },
  Transform("vmap(grad)", isEager: false) { f, x in Findings(others: [vmap(grad(scalar(f)))(.stacked([x, x]))]) },
  Transform("grad(vmap)", isEager: false) { f, x in
    Findings(others: [grad(scalar(vmap(f)))(.stacked([x, x]))])
  },
  Transform("jvp(grad)") { f, x in
    Findings(likeArgument: [jvp(grad(scalar(f)), at: x, along: .ones(like: x)).tangent])
  },
]
