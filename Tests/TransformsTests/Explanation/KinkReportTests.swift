import Jacobi
import TestSupport
import Testing

/// The operations that are evaluated at a kink are found, with their places.
@Suite struct KinkReportTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let kink: [Double]
    let elsewhere: [Double]
    let function: @Sendable (Tensor) -> Tensor

    init(_ name: String, at kink: [Double], not elsewhere: [Double], _ function: @escaping @Sendable (Tensor) -> Tensor)
    {
      (self.name, self.kink, self.elsewhere, self.function) = (name, kink, elsewhere, function)
    }

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case("abs", at: [0, 1], not: [2, 1]) { abs($0) },
    Case("relu", at: [0, 1], not: [2, 1]) { relu($0) },
    Case("sign", at: [0, 1], not: [2, 1]) { sign($0) },
    Case("max", at: [1, 0], not: [2, 0]) { max($0, 1) },
    Case("min", at: [1, 0], not: [2, 0]) { min($0, 1) },
    Case("hypot", at: [0, 1], not: [2, 1]) { hypot($0, 2 * $0) },
    Case("atan2", at: [0, 1], not: [2, 1]) { atan2($0, 2 * $0) },
    Case("norm", at: [0, 0], not: [0, 1]) { $0.norm() },
    Case("reduceMax", at: [3, 3], not: [2, 3]) { $0.max() },
    Case("reduceMin", at: [3, 3], not: [2, 3]) { $0.min() },
    Case("floor", at: [1, 0.5], not: [0.5, 1.5]) { floor($0) },
    Case("ceil", at: [1, 0.5], not: [0.5, 1.5]) { ceil($0) },
    Case("trunc", at: [1, 0.5], not: [0, 1.5]) { trunc($0) },
    Case("round", at: [0.5, 1], not: [1, 2]) { round($0) },
    Case("less", at: [0, 1], not: [0.5, 1]) { $0.clipped(to: 0...2) },
    Case("modulus", at: [0, 1], not: [2, 1]) { abs(complex($0, 2 * $0)) },
  ]

  @Test(arguments: cases)
  func found(_ example: Case) {
    let reports = kinks(of: example.function, at: Tensor(example.kink))
    #expect(reports.map(\.operation).contains(example.name), "\(reports)")
    #expect(reports.allSatisfy { $0.count >= 1 })
    #if os(Linux)
      #expect(reports.allSatisfy { $0.place?.hasPrefix("KinkReportTests.swift:") == true }, "\(reports)")
    #endif
    #expect(kinks(of: example.function, at: Tensor(example.elsewhere)).isEmpty)
  }

  @Test func whatIsConstantIsNoKink() {
    #expect(kinks(of: { (x: Tensor) in x * abs(Tensor(0.0)) }, at: 3).isEmpty)
    #expect("\(kinks(of: { (x: Tensor) in abs(x) }, at: [0, 0, 1])[0])".hasPrefix("abs at a kink in 2 of 3 elements"))
  }
}
