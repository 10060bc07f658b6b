import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// The index along an axis as a part of scalar expressions: of ranges of numbers, and of masks.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct IndexNodeTests {
  /// A range of numbers along each axis: the sum of the index along an axis and so many times that along the next one.
  struct Ramp: Primitive {
    static let name = "ramp"
    var shape: [Int]
    var traits: PrimitiveTraits { .discrete }
    func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
      guard operands.isEmpty else { throw TensorError(.program, Self.name, "takes no operands") }
      return [TensorType(.float64, Shape(shape))]
    }
    func lowering(of operands: [TensorType]) -> Lowering {
      let sum = shape.indices.reduce(ScalarExpression.constant(0.5).converted(to: .float64)) {
        sum, axis in
        sum * .constant(100) + ScalarExpression.index(axis: axis).converted(to: .float64)
      }
      return .elementwise(sum)
    }
    func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
      let strides = Shape(shape).strides
      let numbers = (0..<Shape(shape).count).map { place in
        zip(shape, strides).reduce(0.5) { $0 * 100 + Double(place / $1.1 % $1.0) }
      }
      return [try HostTensor(Shape(shape), numbers)]
    }
    func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }
    func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }
    static var samples: [PrimitiveSample] {
      [[], [3], [2, 3, 2], [0]].map { PrimitiveSample(Ramp(shape: $0), [], dtypes: [.float64]) }
    }
  }

  /// The lower triangle of the last two axes, with so many diagonals above it; zero elsewhere.
  struct LowerTriangle: Primitive {
    static let name = "lowerTriangle"
    var diagonal = 0
    var traits: PrimitiveTraits { .structural }
    func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
      guard operands.count == 1, operands[0].shape.rank >= 2, operands[0].dtype == .float64 else {
        throw TensorError(.shape, Self.name, "takes one matrix")
      }
      return operands
    }
    func lowering(of operands: [TensorType]) -> Lowering {
      let rank = operands[0].shape.rank
      let row = ScalarExpression.index(axis: rank - 2) + .constant(Double(diagonal))
      let isBelow = ScalarExpression.isLessOrEqual(.index(axis: rank - 1), row)
      return .elementwise(.select(isBelow, .operand(0), .constant(0)))
    }
    func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
      let sizes = Array(operands[0].shape.dimensions.suffix(2))
      let numbers = operands[0].elements(as: Double.self).enumerated().map { place, x in
        place % sizes[1] <= place / sizes[1] % sizes[0] + diagonal ? x : 0
      }
      return [try HostTensor(operands[0].shape, numbers)]
    }
    func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
      .rule { [bind($0)] }
    }
    func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }
    static var samples: [PrimitiveSample] {
      [[2, 3], [1, 1], [2, 4, 4]].map {
        PrimitiveSample(
          LowerTriangle(diagonal: $0.count - 2), [OperandSample(Shape($0))], dtypes: [.float64])
      }
    }
  }

  @Test func expressionsMeanWhatIsEvaluated() {
    let report = checkLaws(of: [Ramp.self, LowerTriangle.self], laws: [ExpressionLaw()])
    #expect(report.isPassed, "\(report)")
  }

  /// A range times the input: as it is, turned, and summed. An equation without operands cannot be traced.
  private func ramps(_ size: Int, _ other: Int) throws -> Program {
    var builder = ProgramBuilder(name: "ramps")
    let x = builder.input(TensorType(.float64, [size, other]))
    let ramp = try builder.add(Ramp(shape: [size, other]), [])[0]
    let product = try builder.add(Multiply(), [ramp, x])[0]
    let turned = try builder.add(Transpose(permutation: [1, 0]), [ramp])[0]
    let sums = try builder.add(Sum(axes: [0]), [product])[0]
    return try builder.finish([product, turned, sums, builder.add(Sum(axes: [1]), [turned])[0]])
  }

  /// At all sizes around those of vectors, and as what loops read: turned, in part, repeated, and in sums.
  @Test func agreesInAllLoops() throws {
    for size in [1, 2, 3, 4, 5, 8, 9, 17, 33, 100] {
      for other in [1, 2, 3, 7, 16] {
        let x = Tensor.arange(size * other).reshaped([size, other]) * 0.25
        try expectAgreement(ramps(size, other), [x.hostValue()])
        let triangle = LowerTriangle(diagonal: 1)
        try expectAgreement(
          { x in
            let lower = triangle.bind(exp(x[0] * 0.01))
            let turned = triangle.bind(x[0].transposed())
            return [
              lower, lower.transposed() + turned, lower.sum(), lower.flipped(axis: 0),
              turned[..., 0],
              (lower * x[0]).sum(axes: [1]),
            ]
          }, at: [x])
      }
    }
  }

  /// As an equation of its own, without operands.
  @Test func standsAlone() throws {
    for shape in [[], [1], [7], [3, 40], [5, 2, 9], [0]] as [[Int]] {
      var builder = ProgramBuilder(name: "alone")
      let results = try builder.add(Ramp(shape: shape), [])
      try expectAgreement(builder.finish(results), [], tolerance: 0)
    }
  }
}
