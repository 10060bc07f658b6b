import Jacobi
import Testing

/// The place of an error is the innermost line that is not Jacobi's.
@Suite struct CallSiteTests {
  /// Where the error of a closure is, if there is one.
  private func place(_ body: () throws -> Void) -> String? {
    do { try catchingTensorErrors(body) } catch let error as TensorError { return error.location } catch {}
    Issue.record("no error")
    return nil
  }

  @Test func functionsAndClosures() {
    let x: Tensor = [1, 2, 3]
    var expected = ""
    func local(_ x: Tensor) {
      expected = here(+1)
      _ = x * [1, 2]
    }
    expect(here()) { _ = x + [1, 2] }
    expect(here()) { _ = [x].map { $0 + [1, 2] } }
    #expect(place { local(x) } == expected)
    expect(Holder.place) { _ = Holder(tensor: x).product }
  }

  /// What somebody adds to Jacobi's types is not Jacobi's.
  @Test func extensions() {
    let x: Tensor = [1, 2, 3]
    expect(Tensor.placeOfPlusTwo) { _ = x.plusTwo }
    expect(here()) { _ = x.combined { $0 + $1 } }
    expect(Tensor.placeOfCombined) { _ = x.combined(+) }
  }

  /// Below functions of Jacobi's there is somebody's again.
  @Test func transforms() {
    let x: Tensor = [1, 2, 3]
    expect(here()) { _ = grad { (x: Tensor) in (x * [1, 2]).sum() }(x) }
    expect(Tensor.placeOfPlusTwo) { _ = vmap { (x: Tensor) in grad { (x: Tensor) in x.plusTwo.sum() }(x) }([x, x]) }
    expect(here()) { _ = jit { (x: Tensor) in x[7] }(x) }
    expect(here()) { _ = scan({ (x: Tensor, _: Tensor) in (x + [1, 2], x) }, x, over: x) }
  }

  /// A place is the same each time, and another one in another line.
  @Test func again() {
    let x: Tensor = [1, 2, 3]
    for _ in 0..<3 {
      expect(here()) { _ = x + [1, 2] }
      expect(here()) { _ = x + [1, 2] }
    }
  }

  private func expect(_ place: String, _ body: () throws -> Void) {
    let found = self.place(body)
    #expect(found == place)
  }
}

/// The place of its call, or some lines further.
private func here(_ lines: Int = 0, _ line: Int = #line) -> String { "CallSiteTests.swift:\(line + lines)" }

private struct Holder {
  let tensor: Tensor
  static let place = here(+1)
  var product: Tensor { matmul(tensor, [1, 2]) }
}

extension Tensor {
  fileprivate static let placeOfPlusTwo = here(+1)
  fileprivate var plusTwo: Tensor { self + [1, 2] }

  fileprivate static let placeOfCombined = here(+1)
  fileprivate func combined(_ f: (Tensor, Tensor) -> Tensor) -> Tensor { f(self, [1, 2]) }
}
