import Foundation
import Numerics
import HostTensors
import Testing

@Suite struct PrintingTests {
  private static let nan = Double.nan
  private static let inf = Double.infinity

  private static func vector<Scalar: TensorScalar>(_ scalars: [Scalar]) throws -> HostTensor {
    try HostTensor([scalars.count], scalars)
  }

  private static func range(_ shape: Shape, over divisor: Double = 1) throws -> HostTensor {
    try HostTensor(shape, (0..<shape.count).map { Double($0) / divisor })
  }

  /// The tensors of `numpy_printing.py`, in the same order.
  private static func cases() throws -> [HostTensor] {
    [
      try vector([1, 2.25, -3.5]),
      try HostTensor([2, 2], [1, 1e-10, 3, 4]),
      try vector([nan, inf, -inf, 1.5]),
      try vector([nan, nan]),
      try vector([inf, -inf]),
      try vector([1e20, 1.0]),
      try vector([1e16, 2e300, -Double.leastNonzeroMagnitude]),
      try vector([0.0, -0.0, 12345678.0]),
      try vector([0.0001, 0.05]),
      try vector([123.456, 0.1]),
      try vector([Float(1.0 / 3), Float(2.0 / 3)]),
      try vector([Float(1e6), Float(1e5 + 0.5)]),
      try range([30], over: 29),
      try range([2, 2, 2]),
      try HostTensor([2, 2], [1, -20, 300, 4] as [Int64]),
      try vector([Complex(1, 2), Complex(-1.5, -0.25)]),
      try vector([Complex(1, 2), Complex(nan, inf)]),
      try HostTensor([1, 2], [Complex(1e10, 1), Complex(2, -1e-10)]),
      try range([1001]),
      try HostTensor([2, 1000], (0..<2000).map { Int64($0) }),
      try range([30, 10, 10]),
      try vector((0..<100).map { Int64($0 * 1000) }),
      try range([4, 16], over: 7),
    ]
  }

  private static func expected() throws -> [String] {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    let text = try String(contentsOf: fixtures.appendingPathComponent("numpy_printing.txt"), encoding: .utf8)
    return text.trimmingCharacters(in: .newlines).components(separatedBy: "\n----\n")
  }

  @Test func layoutIsThatOfNumPy() throws {
    let (cases, expected) = (try Self.cases(), try Self.expected())
    #expect(cases.count == expected.count)
    for (tensor, text) in zip(cases, expected) { #expect(tensor.description == text) }
  }

  @Test func scalarsPrintAsSwiftWritesThem() throws {
    #expect(1.0.hostScalar.description == "1.0")
    #expect(Float(0.1).hostScalar.description == "0.1")
    #expect(1e-300.hostScalar.description == "1e-300")
    #expect((-Double.nan).hostScalar.description == "nan")
    #expect(Int32(-7).hostScalar.description == "-7")
    #expect(true.hostScalar.description == "true")
    #expect(Complex(1.0, 2.0).hostScalar.description == "1.0+2.0j")
    #expect(Complex(1.0, -0.0).hostScalar.description == "1.0-0.0j")
    #expect(Complex(Double.nan, -.infinity).hostScalar.description == "nan-infj")
  }

  @Test func booleansAndEmptyTensors() throws {
    #expect(try Self.vector([true, false]).description == "[ true false]")
    #expect(try HostTensor([0, 3], [Double]()).description == "[]")
    #expect(try HostTensor([2, 0], [Float]()).debugDescription == "Tensor([], shape: [2, 0], dtype: float32)")
  }

  @Test func debugDescriptionsSayHowToMakeThem() throws {
    #expect(2.0.hostScalar.debugDescription == "Tensor(2.0)")
    #expect(try Self.vector([1.0, 2.5]).debugDescription == "Tensor([1.0, 2.5])")
    #expect(try Self.vector([Float(1), 2]).debugDescription == "Tensor([1.0, 2.0], dtype: float32)")
    #expect(
      try HostTensor([2, 2], [1, -20, 300, 4] as [Int32]).debugDescription == """
        Tensor([[  1, -20],
                [300,   4]], dtype: int32)
        """)
  }

  @Test func anyShapePrints() throws {
    let deep = try HostTensor(Shape([Int](repeating: 1, count: 10_000)), [1.0])
    #expect(deep.description.hasPrefix("tensor of float64[1, 1"))
    #expect(!deep.debugDescription.isEmpty)
    let deepest = try HostTensor(Shape([Int](repeating: 1, count: 64)), [1.0])
    #expect(deepest.description == String(repeating: "[", count: 64) + "1." + String(repeating: "]", count: 64))
    let large = try HostTensor([1000, 1000], filledWith: Float(1))
    #expect(large.description.split(separator: "\n").count == 7)
  }
}
