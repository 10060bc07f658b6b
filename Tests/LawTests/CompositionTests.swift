import Jacobi
import JacobiTesting
import Testing

/// Ten small programs, times every transform, times every transform again, against loops and differences.
@Suite struct CompositionTests {
  @Test(arguments: SmallProgram.all, ProgramTransform.all)
  func everyTransformOfATransform(_ program: SmallProgram, _ first: ProgramTransform) throws {
    let once = first.apply(program.function)
    if program.readsValues && first.isBatched { return try expectRefusal(once, program) }
    try expect(once(program.point), try first.expected(program.function, program.point), "\(first)")
    for second in ProgramTransform.all {
      let twice = second.apply(once)
      if program.readsValues && second.isBatched {
        try expectRefusal(twice, program)
        continue
      }
      try expect(twice(program.point), try second.expected(once, program.point), "\(second) of \(first)")
    }
  }

  private func expect(_ actual: Tensor, _ expected: [Double], _ what: String) throws {
    let actual = try actual.coordinates()
    guard actual.count == expected.count else {
      Issue.record("\(what): \(actual.count) numbers instead of \(expected.count)")
      return
    }
    let size = expected.reduce(1) { max($0, $1.magnitude) }
    for (a, b) in zip(actual, expected) where relativeError(a - b, size: size) > 1e-7 {
      Issue.record("\(what): \(actual) instead of \(expected)")
      return
    }
  }

  /// Reading the value of a batch must be an error that says what to write.
  private func expectRefusal(_ function: (Tensor) -> Tensor, _ program: SmallProgram) throws {
    let error = #expect(throws: TensorError.self) { try catchingTensorErrors { function(program.point) } }
    #expect(error?.kind == .tracing)
  }
}
