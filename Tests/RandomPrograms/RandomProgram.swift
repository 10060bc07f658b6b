import Jacobi
import JacobiTesting

/// The error that a closure throws.
package func errorThrown(by body: () throws -> Any) -> TensorError? {
  do { _ = try body() } catch { return error as? TensorError }
  return nil
}

/// A random program over float64 scalars, vectors and matrices, with calls of others and loops.
package func randomProgram(
  seed: UInt64, equations: Int = 20, nesting: Int = 2
) throws -> Program {
  var generator = CountingGenerator(seed: seed)
  return try randomProgram(&generator, equations, nesting)
}

/// Random arguments for a program.
package func randomArguments(for program: Program, seed: UInt64) throws -> [HostTensor] {
  var generator = CountingGenerator(seed: seed &+ 1)
  return try program.inputTypes.map { try randomTensor($0.shape, &generator) }
}

private func randomTensor(_ shape: Shape, _ generator: inout CountingGenerator) throws -> HostTensor {
  let special: [Double] = [.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude]
  return try HostTensor(
    shape,
    (0..<shape.count).map { _ in
      Int.random(in: 0..<12, using: &generator) == 0
        ? special.randomElement(using: &generator) ?? 0 : Double.random(in: -2...2, using: &generator)
    })
}

private func randomProgram(
  _ generator: inout CountingGenerator, _ equations: Int, _ nesting: Int
) throws -> Program {
  var builder = ProgramBuilder(name: ["f", "g", "layer 1", "h"].randomElement(using: &generator) ?? "f")
  let shapes: [Shape] = [[], [3], [2, 3]]
  var variables: [ProgramBuilder.Variable] = []
  for shape in shapes { variables.append(builder.input(TensorType(.float64, shape))) }
  for shape in shapes { variables.append(builder.constant(try randomTensor(shape, &generator))) }
  let inner = nesting > 0 ? try randomProgram(&generator, equations / 2, nesting - 1) : nil
  for _ in 0..<equations {
    let primitives: [any Primitive] = [
      Add(), Multiply(), Subtract(), Negate(), Sin(), Cos(), Sum(axes: [0]), Sum(axes: [1]),
      Broadcast(shape: [2, 3], axes: [1]), Broadcast(shape: [3], axes: []), Transpose(permutation: [1, 0]),
      Slice(axes: [AxisSlice(start: 2, count: 3, step: -1)]), Slice(axes: [AxisSlice(index: 1)]), StopGradient(),
    ]
    let primitive = primitives.randomElement(using: &generator) ?? Add()
    if let inner, Int.random(in: 0..<8, using: &generator) == 0 {
      let operands = try inner.inputTypes.map { type in
        try variables.filter { try builder.type(of: $0) == type }.randomElement(using: &generator)
      }
      variables += try builder.add(Call(inner), operands.compactMap { $0 })
      continue
    }
    if Int.random(in: 0..<8, using: &generator) == 0 {
      variables += try builder.addRandomLoop(over: variables, &generator)
      continue
    }
    // Operands that the primitive refuses are left out.
    for _ in 0..<8 {
      let x = variables.randomElement(using: &generator) ?? variables[0]
      let type = try builder.type(of: x)
      let others = try variables.filter { try builder.type(of: $0) == type }
      let y = others.randomElement(using: &generator) ?? x
      let isBinary = primitive.traits.contains(.bilinear) || primitive is Add || primitive is Subtract
      if let results = try? builder.add(primitive, isBinary ? [x, y] : [x]) {
        variables += results
        break
      }
    }
  }
  let outputs = (0..<3).map { _ in variables.randomElement(using: &generator) ?? variables[0] }
  return try builder.finish(outputs)
}
