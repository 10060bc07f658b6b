import Primitives
import Testing

/// The kernels for short lines give what the bodies give.
@Suite("Composites line by line")
struct LineTests {
  /// Lines of all kinds, of length 4: ordinary, huge, tiny, zero, infinite, not a number.
  static let lines: [[Double]] = [
    [1, -2, 3, 0.5], [1e200, -1e200, 2e200, 1], [1e-200, 3e-200, 0, 0], [0, 0, 0, 0], [7, 7, 7, 7],
    [.infinity, 1, 2, 3], [-.infinity, 1, 2, 3], [.infinity, -.infinity, 0, 0],
    [-.infinity, -.infinity, -.infinity, -.infinity], [.nan, 1, 2, 3], [1, .nan, .infinity, 2], [800, -800, 0, 799],
  ]

  private func expectSame(_ primitive: some CompositePrimitive, _ x: HostTensor) throws {
    let kernel = try primitive.evaluate([x])[0]
    let body = primitive.body([Tensor(x)])[0]
    let type = try primitive.resultTypes(of: [x.type])[0]
    #expect(kernel.type == body.type && kernel.type == type)
    let (actual, expected) = (
      Tensor(kernel).asType(.float64).scalars(as: Double.self), body.asType(.float64).scalars(as: Double.self)
    )
    let tolerance = x.dtype == .float64 ? 1e-15 : 1e-6
    for (a, e) in zip(actual, expected) {
      #expect(a == e || a.isNaN && e.isNaN || abs(a - e) <= tolerance * 4 * max(abs(e), 1e-300), "\(a), \(e), \(x)")
    }
  }

  @Test("alone, in a matrix, in float32, and at lengths where the body takes over")
  func agree() throws {
    let long = (0..<1000).map { Double($0 % 17) - 8 }
    var operands = Self.lines.map { ([4], $0) }
    operands += [([12, 4], Self.lines.flatMap { $0 }), ([1000], long), ([2, 500], long), ([1], [-3]), ([3, 0], [])]
    for (shape, numbers) in operands {
      for isSingle in [false, true] {
        let x =
          isSingle
          ? try HostTensor(Shape(shape), numbers.map { Float($0) })
          : try HostTensor(Shape(shape), numbers)
        let axes = [shape.count - 1]
        try expectSame(Norm(axes: axes), x)
        try expectSame(LogSumExp(axes: axes), x)
        try expectSame(Softmax(axes: axes), x)
        try expectSame(LogSoftmax(axes: axes), x)
      }
    }
  }
}
