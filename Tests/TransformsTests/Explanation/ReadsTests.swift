import HostTensors
import Jacobi
import Synchronization
import TestSupport
import Testing

/// Numbers that are read are constants: the library says where, and warns where nothing of the derivative is left.
@Suite(.serialized) struct ReadsTests {
  private final class Texts: Sendable {
    private let texts = Mutex<[String]>([])
    func add(_ text: String) { texts.withLock { $0.append(text) } }
    var all: [String] { texts.withLock { $0 } }
  }

  private func warnings(_ body: () -> Void) -> [String] {
    let texts = Texts()
    Warnings.redirected(to: { if $0.contains("does not depend on the argument") { texts.add($0) } }, body)
    return texts.all
  }

  @Test func readsWithPlaces() {
    let found = reads(of: { (x: Tensor) in x * Double(x[0]) + Tensor(x.scalars(as: Double.self)) }, at: [3, 4])
    #expect(found.map(\.type) == [TensorType(.float64, []), TensorType(.float64, [2])])
    #if os(Linux)
      #expect(found.allSatisfy { $0.place?.hasPrefix("ReadsTests.swift:") == true }, "\(found)")
    #endif
    #expect(reads(of: { (x: Tensor) in x * x }, at: 3).isEmpty)
    // What stopGradient gave, and what has no derivative, may be read.
    #expect(reads(of: { (x: Tensor) in x * Double(stopGradient(x)) }, at: 3).isEmpty)
    #expect(reads(of: { (x: Tensor) in Bool(x .> 0) ? x : -x }, at: 3).isEmpty)
  }

  /// A solver of Swift numbers: its gradient is 0, which is not what anybody wants.
  @Test func aSolverOfNumbers() {
    func root(_ a: Tensor) -> Tensor {
      var (y, a) = (1.0, Double(a))
      for _ in 0..<20 { y = (y + a / y) / 2 }
      a = 0
      return Tensor(y)
    }
    var gradient: Tensor = 1
    let texts = warnings { gradient = grad(root)(4) }
    expectClose(gradient, Tensor(0.0))
    #expect(texts.count == 1)
    #expect(texts.first?.contains("Compute with tensors; reads(of: f, at: x) says where numbers are read") == true)
    #expect(
      warnings { _ = valueAndGrad { (x: Tensor) in Tensor(x.scalars(as: Double.self)).sum() }([1, 2]) }.count == 1)
    #expect(warnings { _ = jit(grad(root))(4) }.count == 1)
  }

  @Test func noWarningWithoutAReason() {
    let texts = warnings {
      _ = grad { (x: Tensor) in Double(x) > 0 ? x : -x }(3)
      _ = grad { (x: Tensor) in Bool(x .> 0) ? 1 : 0 }(3)
      _ = grad { (x: Tensor) in Tensor(Double(stopGradient(x))) }(3)
      _ = grad { (x: Tensor) in Tensor(2.0) }(3)
      _ = hessian { (x: Tensor) in 3 * x * (Double(x) > 1 ? 1 : 2) }(3)
    }
    #expect(texts.isEmpty, "\(texts)")
  }
}
