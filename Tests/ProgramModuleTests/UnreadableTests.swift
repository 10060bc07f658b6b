import Jacobi
import Testing

/// Reading what cannot be read ends with the error of the scope, whatever is done with what was read.
@Suite struct UnreadableTests {
  /// Whether something holds in a scope, which then ends with an error of a kind.
  private func expect(
    _ kind: TensorError.Kind, _ holds: () throws -> Bool, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    var answer = false
    var error: (any Error)?
    do { try catchingTensorErrors { answer = try holds() } } catch let thrown { error = thrown }
    #expect(answer, sourceLocation: sourceLocation)
    #expect((error as? TensorError)?.kind == kind, sourceLocation: sourceLocation)
  }

  @Test func elementsOfAnotherType() {
    let x: Tensor = [1, 2, 3]
    expect(.dtype) { x.scalars(as: Int64.self) == [0, 0, 0] }
    expect(.dtype) { x.scalars(as: Bool.self)[2] == false }
    let whole = Tensor([1, 2] as [Int32])
    expect(.dtype) { whole.scalars(as: Double.self)[1].isNaN }
    expect(.dtype) { whole.scalars(as: Float.self).count == 2 }
  }

  @Test func resultsOfFailedOperations() {
    func fail() -> Tensor { Tensor([1.0, 2]) + Tensor([1.0, 2, 3]) }
    expect(.shape) { fail().scalars(as: Double.self)[999].isNaN }
    expect(.shape) { fail().scalars(as: Int32.self)[2] == 0 }
    expect(.shape) { fail().shape[1] == 1 }
    expect(.shape) { (0..<3).allSatisfy { fail().shape[$0] == 1 } }
    expect(.shape) { fail().count == 1 && fail().rank == 0 }
    expect(.shape) { Double(fail()).isNaN && Int(fail()) == 0 && !Bool(fail()) }
    expect(.shape) { Float(fail()).isNaN }
    expect(.shape) { !"\(fail())".isEmpty }
  }

  @Test func valuesThatTransformsDoNotHave() {
    expect(.tracing) {
      vmap { (x: Tensor) in x * x.scalars(as: Double.self)[1] }(Tensor([[1.0, 2], [3, 4]])).rank >= 0
    }
    var escaped = Tensor(0.0)
    _ = grad { (x: Tensor) -> Tensor in
      escaped = x
      return x
    }(Tensor(1.0))
    expect(.tracing) { escaped.scalars(as: Double.self)[3].isNaN }
    expect(.tracing) { escaped.shape[0] == 1 }
  }

  /// An axis that is not there is an error like others.
  @Test func missingAxes() {
    let x: Tensor = [[1, 2], [3, 4]]
    do {
      _ = try catchingTensorErrors { x.shape[2] }
      Issue.record("no error")
    } catch {
      let error = error as? TensorError
      #expect(error?.kind == .index)
      #expect(error?.message == "there is no axis 2 in the shape [2, 2]")
      #expect(error?.hint == "axes go from 0 to 1")
    }
    #expect(x.shape[1] == 2)
  }

  #if compiler(>=6.2) && (os(Linux) || os(macOS))
    @Test func missingAxesWithoutAScope() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0, 2]).shape[1]
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("shape: there is no axis 1 in the shape [2]"))
    }
  #endif
}
