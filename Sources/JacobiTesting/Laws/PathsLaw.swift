import Jacobi

/// A function under `jit` that reads values in Swift, one of them computed from the primitive's results, takes the path
/// that these values say: in itself, its derivatives in both modes, and its second derivative, compiled outside or inside
/// of the transforms, when it is traced and when its programs run.
///
/// The function is `s > 0 ? f(x) : 2 f(x) + f(x)`, with a second choice by whether the results are numbers.
public struct PathsLaw: Law {
  public static let name = "paths"
  private let engine: any Engine

  /// The law for an engine.
  public init(_ engine: any Engine) { self.engine = engine }

  public func check(_ subject: inout LawSubject) throws {
    let active = subject.active
    if active.isEmpty || subject.primitive.traits.contains(.discrete) { return }
    let primitive = subject.function(of: active)
    let point = subject.operands(at: active)
    let types = primitive(point).map(\.type)
    if types.isEmpty { return }
    let direction = try subject.random.tensors(point.map(\.type))
    let weights = try subject.random.tensors(types)
    let function = { (x: [Tensor]) -> [Tensor] in
      let results = primitive(Array(x.dropFirst()))
      let isNumber = Bool((results[0] .== results[0]).all())
      if Bool(x[0] .> 0) { return results }
      return results.map { isNumber ? 2 * $0 + $0 : $0 }
    }
    let compiled = jit(function, engine: engine)
    // What is differentiated, and what is compiled outside, each with the one that is not compiled.
    func gradient(_ f: @escaping ([Tensor]) -> [Tensor]) -> ([Tensor]) -> [Tensor] {
      { x in vjp({ f([x[0]] + $0) }, at: Array(x.dropFirst())).pullback(weights) }
    }
    func tangent(_ f: @escaping ([Tensor]) -> [Tensor]) -> ([Tensor]) -> [Tensor] {
      { x in jvp({ f([x[0]] + $0) }, at: Array(x.dropFirst()), along: direction).tangent }
    }
    let second = { (f: @escaping ([Tensor]) -> [Tensor]) in tangent(gradient(f)) }
    let pairs = [
      ("value", function, compiled), ("gradient of compiled", gradient(function), gradient(compiled)),
      ("compiled gradient", gradient(function), jit(gradient(function), engine: engine)),
      ("tangent of compiled", tangent(function), tangent(compiled)),
      ("second derivative of compiled", second(function), second(compiled)),
      ("compiled second derivative", second(function), jit(second(function), engine: engine)),
    ]
    for (name, plain, fast) in pairs {
      for sign in [1.0, -1, 1, -1] {
        let x = [Tensor(sign)] + point
        let expected = plain(x)
        try subject.expectEqual(
          fast(x), expected, tolerance: subject.rounding(expected) / 10, floor: 1e-6, "\(name), path \(sign)")
      }
    }
  }
}
