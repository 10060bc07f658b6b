import Jacobi
import Testing

/// Functions that NumPy and SciPy have give what these give: eagerly, compiled, and in a batch.
@Suite struct FunctionReferenceTests {
  let fixtures: FunctionFixtures
  init() throws { fixtures = try FunctionFixtures.load() }

  @Test func everyFunctionIsThere() {
    #expect(Set(fixtures.arrays.keys) == Set(referenceFunctions.map(\.name)))
  }

  @Test(arguments: referenceFunctions) func eagerly(_ function: ReferenceFunction) throws {
    for fixture in try #require(fixtures.arrays[function.name]) {
      check(function.apply(fixture.inputs.map(\.tensor), fixture), fixture, "\(function.name) \(fixture.options)")
    }
  }

  @Test(arguments: referenceFunctions.filter { !$0.readsValues }) func compiled(_ function: ReferenceFunction) throws {
    for fixture in try #require(fixtures.arrays[function.name]).prefix(3) {
      let results = jit { (x: [Tensor]) in function.apply(x, fixture) }(fixture.inputs.map(\.tensor))
      check(results, fixture, "compiled \(function.name) \(fixture.options)")
    }
  }

  @Test(arguments: referenceFunctions.filter { !$0.readsValues }) func batched(_ function: ReferenceFunction) throws {
    for fixture in try #require(fixtures.arrays[function.name]) {
      let batches = fixture.inputs.map { Tensor.stacked([$0.tensor, $0.tensor]) }
      let results = vmap { (x: [Tensor]) in function.apply(x, fixture) }(batches)
      check(results.map { $0[1] }, fixture, "batched \(function.name) \(fixture.options)")
    }
  }

  private func check(_ actual: [Tensor], _ fixture: FunctionFixtures.Case, _ comment: String) {
    #expect(actual.count == fixture.outputs.count, "\(comment)")
    for (actual, output) in zip(actual, fixture.outputs) {
      let expected = output.tensor
      guard actual.type == expected.type else {
        Issue.record("\(comment): \(actual.type), expected \(expected.type)")
        continue
      }
      let (a, b) = (numbers(actual), numbers(expected))
      let wrong = zip(a, b).filter { x, y in
        !(x == y || (x.isNaN && y.isNaN) || abs(x - y) <= 1e-13 * max(1, abs(y)))
      }
      if !wrong.isEmpty { Issue.record("\(comment): \(a), expected \(b)") }
    }
  }
}
