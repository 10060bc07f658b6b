import Jacobi
import NativeEngine
import Testing

@Suite struct NativeEngineTests {
  @Test func saysWhetherItIsThere() {
    switch NativeEngine().availability {
    case .available(let details): #expect(details.hasPrefix("LLVM "))
    case .unavailable(let reason, let remedy):
      #expect(!reason.isEmpty && remedy?.contains("libllvm19") == true)
      let program = program(of: { x in sin(x) }, at: Tensor(1.5))
      #expect(throws: TensorError.self) { try NativeEngine().compile(program) }
    }
  }

  @Test(.enabled(if: NativeEngine().availability.isAvailable)) func talk() throws {
    let f: (Tensor) -> Tensor = { x in log(x[0]) + x[0] * x[1] - sin(x[1]) }
    let x = try HostTensor([2], [2.0, 5.0])
    let value = try program(of: f, at: [2, 5]).run([x], on: NativeEngine())
    #expect(value == [try HostTensor(.scalar, [11.652071455223084])])
    let gradient = try program(of: grad(f), at: [2, 5]).run([x], on: NativeEngine())
    #expect(gradient == [try HostTensor([2], [5.5, 1.7163378145367738])])
  }

  /// What fails is what fails on the reference engine, with its words.
  @Test(.enabled(if: NativeEngine().availability.isAvailable)) func errors() throws {
    let failing: [(program: Program, argument: HostTensor)] = [
      (program(of: { x in Tensor([1.0, 2.0, 3.0]).take(x) }, at: Tensor(Int64(0))), Int64(7).hostScalar),
      (program(of: { x in x.asType(.int32) }, at: [1, 2]), try HostTensor([2], [1, 1e20])),
      (program(of: { x in x.asType(.int64) }, at: [1, 2]), try HostTensor([2], [.nan, 1])),
    ]
    for (program, argument) in failing {
      let expected = #expect(throws: TensorError.self) { try program.run([argument]) }
      let actual = #expect(throws: TensorError.self) { try program.run([argument], on: NativeEngine()) }
      #expect(actual == expected)
    }
    let program = program(of: { x in sin(x) }, at: [1, 2])
    #expect(throws: TensorError.self) { try program.run([try HostTensor([3], [1.0, 2.0, 3.0])], on: NativeEngine()) }
    #expect(throws: TensorError.self) { try program.run([], on: NativeEngine()) }
  }

  /// Many threads call one executable at once.
  @Test(.enabled(if: NativeEngine().availability.isAvailable)) func threads() async throws {
    let f: (Tensor) -> Tensor = { x in (matmul(x, x) + x.sum(axes: [0])).max(axes: [1]) }
    let point = Tensor((0..<400).map { Double($0 % 11) }).reshaped(20, 20)
    let program = program(of: f, at: point)
    let executable = try NativeEngine().compile(program)
    let argument = try point.hostValue()
    let expected = try program.run([argument])
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<200).allSatisfy { _ in try executable.run([argument]) == expected } }
      }
      for try await agrees in group { #expect(agrees) }
    }
  }

  /// Numbers that nobody would write: they compile at once, and nothing overflows.
  @Test(.enabled(if: NativeEngine().availability.isAvailable)) func extremeParameters() throws {
    let power = program(of: { x in IntegerPower(exponent: 1 << 57).bind(x) }, at: Tensor([2, 3] as [Int64]))
    let integers = try HostTensor([2], [2, 3] as [Int64])
    #expect(try power.run([integers], on: NativeEngine()) == power.run([integers]))
    for start in [Int.min, -2, .max] {
      let slice = [AxisSlice(start: start, count: 0, step: .min)]
      let parts = program(
        of: { x -> [Tensor] in
          let empty = Slice(axes: slice).bind(x)
          return [empty, Embed(axes: slice, shape: [2]).bind(empty)]
        }, at: Tensor([1.0, 2.0]))
      let numbers = try HostTensor([2], [1.0, 2.0])
      #expect(try parts.run([numbers], on: NativeEngine()) == parts.run([numbers]))
    }
  }

  /// A formula that uses each of its parts twice is a graph, not a tree.
  @Test(.enabled(if: NativeEngine().availability.isAvailable)) func sharedFormulas() throws {
    try expectAgreement({ [SquaredSixtyTimes().bind($0[0])] }, at: [Tensor([1.0, 0.5, 1 + 1e-19])], tolerance: 0)
  }

  @Test(.enabled(if: NativeEngine().availability.isAvailable)) func textOfTheCode() throws {
    let (written, optimized) = try NativeEngine().assembly(of: program(of: { x in sin(x) * x }, at: Tensor(0.5)))
    for text in [written, optimized] { #expect(text.contains("_entry(ptr") && text.contains("@sin(double")) }
  }
}

private struct SquaredSixtyTimes: RealUnary {
  static let name = "squaredSixtyTimes"
  static var samples: [PrimitiveSample] { [] }
  func scalar<S: RealSemantics>(_ x: S) -> S { (0..<60).reduce(x) { y, _ in y * y } }
  func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
}
