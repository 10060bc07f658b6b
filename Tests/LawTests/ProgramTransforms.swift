import Jacobi
import JacobiTesting

/// A transform from functions to functions, and the same computed from values of the function alone.
struct ProgramTransform: Sendable, CustomStringConvertible {
  typealias Function = (Tensor) -> Tensor

  var description: String
  /// The transform.
  var apply: @Sendable (@escaping Function) -> Function
  /// The result of the transformed function at a point, by loops and differences; for second derivatives by differences
  /// of the gradient, which has been checked by itself.
  var expected: @Sendable (@escaping Function, Tensor) throws -> [Double]
  /// Whether it maps over a batch, so that the function cannot read values.
  var isBatched = false
}

/// Numbers that depend on a type and a name alone: a direction, or a cotangent.
private func numbers(_ type: TensorType, _ name: String) -> Tensor {
  var random = CountingGenerator(seed: 7).split("\(name) \(type.shape)")
  return (try? random.tensor(type)) ?? Tensor(Double.nan)
}

/// The derivative of the coordinates of a function's result along a direction.
private func derivative(_ f: ProgramTransform.Function, _ x: Tensor, _ direction: Tensor) throws -> [Double] {
  try differences({ [f($0[0])] }, at: [x], along: [direction])[0].coordinates()
}

/// The derivatives by each coordinate of the point, one after the other.
private func columns(_ f: ProgramTransform.Function, _ x: Tensor) throws -> [[Double]] {
  let count = x.type.coordinateCount
  return try (0..<count).map { active in
    let unit = (0..<count).map { $0 == active ? 1.0 : 0 }
    return try derivative(f, x, Tensor(try HostTensor(x.type, coordinates: unit)))
  }
}

/// Columns as the rows of one matrix, in row-major order.
private func rows(_ columns: [[Double]]) -> [Double] {
  guard let height = columns.first?.count else { return [] }
  return (0..<height).flatMap { row in columns.map { $0[row] } }
}

/// A function's result as one real number: its dot product with fixed weights.
private func projected(_ f: @escaping ProgramTransform.Function) -> ProgramTransform.Function {
  { x in
    let y = f(x)
    return (y * numbers(y.type, "projection")).sum()
  }
}

extension ProgramTransform {
  /// All transforms that are multiplied with each other.
  static let all: [ProgramTransform] = [identity, subprogram, program, compiled] + derivatives + batches

  private static let identity = ProgramTransform(description: "identity", apply: { $0 }, expected: value)
  private static let subprogram = ProgramTransform(
    description: "subprogram", apply: { f in Jacobi.subprogram("f", f) }, expected: value)
  private static let program = ProgramTransform(
    description: "program", apply: { f in { x in Jacobi.program(of: f, at: x)(x)[0] } }, expected: value)

  private static let compiled = ProgramTransform(description: "jit", apply: { f in jit(f) }, expected: value)

  private static let derivatives = [
    ProgramTransform(
      description: "jvp", apply: { f in { x in jvp(f, at: x, along: numbers(x.type, "tangent")).tangent } },
      expected: tangent),
    ProgramTransform(
      description: "linearize", apply: { f in { x in linearize(f, at: x).differential(numbers(x.type, "tangent")) } },
      expected: tangent),
    ProgramTransform(
      description: "vjp",
      apply: { f in
        { x in
          let (y, pullback) = vjp(f, at: x)
          return pullback(numbers(y.type, "projection"))
        }
      }, expected: { f, x in rows(try columns(projected(f), x)) }),
    ProgramTransform(
      description: "grad", apply: { f in grad(projected(f)) },
      expected: { f, x in rows(try columns(projected(f), x)) }),
    ProgramTransform(
      description: "jacobian forward", apply: { f in jacobian(f, mode: .forward) },
      expected: { f, x in rows(try columns(f, x)) }),
    ProgramTransform(
      description: "jacobian reverse", apply: { f in jacobian(f, mode: .reverse) },
      expected: { f, x in rows(try columns(f, x)) }),
    ProgramTransform(
      description: "hvp", apply: { f in { x in hvp(projected(f), at: x, along: numbers(x.type, "tangent")) } },
      expected: { f, x in try derivative(grad(projected(f)), x, numbers(x.type, "tangent")) }),
    ProgramTransform(
      description: "hessian", apply: { f in hessian(projected(f)) },
      expected: { f, x in rows(try columns(grad(projected(f)), x)) }),
  ]

  private static let batches = [
    ProgramTransform(
      description: "vmap", apply: { f in { x in vmap(f)(Tensor.stacked([x, 1.1 * x])) } },
      expected: { f, x in try f(x).coordinates() + f(1.1 * x).coordinates() }, isBatched: true)
  ]

  private static let value: @Sendable (@escaping Function, Tensor) throws -> [Double] = { f, x in
    try f(x).coordinates()
  }
  private static let tangent: @Sendable (@escaping Function, Tensor) throws -> [Double] = { f, x in
    try derivative(f, x, numbers(x.type, "tangent"))
  }
}
