import Jacobi

// A derivative that an engine compiles is one program. If the function alone were compiled, and then differentiated, each of
// its intermediate values would be a result of a program, and code with thousands of results takes very long to optimize.

extension Problem {
  /// The gradient of the only output.
  var gradient: [Tensor] {
    let f = only
    return engine.prepared { (x: [Tensor]) in grad(f)(x) }(point)
  }

  /// The derivative along a direction, as a function of the direction.
  var differential: ([Tensor]) -> [Tensor] {
    let f = { [function] (x: [Tensor]) in function(x) }
    if engine.compiler == nil { return linearize(f, at: point).differential }
    return withPoint { x, dx in jvp(f, at: x, along: dx).tangent }
  }

  /// The transposed derivative, as a function of the cotangents.
  var pullback: ([Tensor]) -> [Tensor] {
    let f = { [function] (x: [Tensor]) in function(x) }
    if engine.compiler == nil { return vjp(f, at: point).pullback }
    return withPoint { x, ct in vjp(f, at: x).pullback(ct) }
  }

  /// The second derivatives of the only output times a direction, as a function of the direction.
  var gradientDifferential: ([Tensor]) -> [Tensor] {
    let f = only
    if engine.compiler == nil { return linearize(grad(f), at: point).differential }
    return withPoint { x, dx in hvp(f, at: x, along: dx) }
  }

  private var only: ([Tensor]) -> Tensor { { [function] (x: [Tensor]) in function(x)[0] } }

  /// A function of the point and of further tensors, compiled, as a function of the latter.
  private func withPoint(_ function: @escaping ([Tensor], [Tensor]) -> [Tensor]) -> ([Tensor]) -> [Tensor] {
    let count = point.count
    let compiled = engine.prepared { all in function(Array(all[..<count]), Array(all[count...])) }
    return { [point] in compiled(point + $0) }
  }
}
