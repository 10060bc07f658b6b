import Jacobi

/// An engine gives, to rounding, what the reference engine gives: for the primitive, its derivatives in both modes, its
/// second derivative, and a batch, each as a program.
public struct EngineLaw: Law {
  public static let name = "engine"
  private let engine: any Engine
  private let batchSize: Int

  /// The law for an engine, with batches of a size.
  public init(_ engine: any Engine, batchSize: Int = 3) {
    self.engine = engine
    self.batchSize = batchSize
  }

  public func check(_ subject: inout LawSubject) throws {
    let primitive = subject.primitive
    let active = subject.active
    let types = subject.types
    let operands = subject.operands
    var parts: [String] = []
    let isDiscrete = active.isEmpty || primitive.traits.contains(.discrete)
    let direction = try subject.random.tensors(active.map { types[$0] })
    let resultTypes = subject.function(of: active)(subject.operands(at: active)).map(\.type)
    let weights = try subject.random.tensors(resultTypes)
    let all = program(
      of: { (x: [Tensor]) -> [Tensor] in
        func function(_ moving: [Tensor]) -> [Tensor] {
          var all = x
          for (place, tensor) in zip(active, moving) { all[place] = tensor }
          return primitive.bind(all).filter { $0.dtype.isDifferentiable }
        }
        let point = active.map { x[$0] }
        var results = primitive.bind(x)
        parts = results.map { _ in "result" }
        if isDiscrete || resultTypes.isEmpty { return results }
        func add(_ name: String, _ more: [Tensor]) {
          results += more
          parts += more.map { _ in name }
        }
        add("tangent", jvp(function, at: point, along: direction).tangent)
        let gradient = { (x: [Tensor]) in vjp(function, at: x).pullback(weights) }
        add("cotangent", gradient(point))
        add("second derivative", jvp(gradient, at: point, along: direction).tangent)
        return results
      }, at: operands)
    try compare(all, try subject.hosts(), parts, &subject)

    let places = Array(operands.indices)
    if places.isEmpty { return }
    let batches = operands.map { Tensor.stacked([Tensor](repeating: $0, count: batchSize)) }
    let batched = program(
      of: { (x: [Tensor]) -> [Tensor] in vmap { (x: [Tensor]) in primitive.bind(x) }(x) }, at: batches)
    var hosts: [HostTensor] = []
    for batch in batches { hosts.append(try batch.hostValue()) }
    try compare(batched, hosts, batched.outputTypes.map { _ in "batch" }, &subject)
  }

  private func compare(
    _ program: Program, _ arguments: [HostTensor], _ parts: [String], _ subject: inout LawSubject
  ) throws {
    let expected = try program.run(arguments).map { Tensor($0) }
    let actual = try program.run(arguments, on: engine).map { Tensor($0) }
    for (index, part) in parts.enumerated() {
      try subject.expectEqual(
        [actual[index]], [expected[index]], tolerance: subject.rounding([expected[index]]) / 10,
        "\(part) on engine \(engine.name) of\n\(program)")
    }
  }
}
