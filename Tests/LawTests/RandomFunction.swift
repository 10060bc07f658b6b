import Jacobi
import JacobiTesting

/// A random well-typed function of float64 tensors, made from the samples of the catalogue's primitives.
///
/// Before each step the operands are brought to the shapes that the sample has, by repeating and leaving out elements,
/// and into its domain, by smooth functions; so that any primitive may follow any other.
struct RandomFunction: CustomStringConvertible {
  private struct Operand {
    /// The variable that is used, or a constant.
    var variable: Int?
    var constant: Tensor?
    var shape: Shape
    var domain: OperandSample.Domain
    var derived: (@Sendable ([Tensor]) -> Tensor)?
  }

  private struct Step {
    var primitive: any Primitive
    var operands: [Operand]
    /// Which of the results become variables.
    var kept: [Int]
  }

  let inputShapes: [Shape]
  private var steps: [Step] = []
  private let seed: UInt64

  /// The function of a seed.
  init(seed: UInt64, stepCount: Int = 8) throws {
    self.seed = seed
    var random = CountingGenerator(seed: seed)
    inputShapes = [[3], [2, 2]]
    var types = inputShapes.map { TensorType(.float64, $0) }
    while steps.count < stepCount {
      let sample = Self.samples[Int(random.next() % UInt64(Self.samples.count))]
      let constants = try OperandDrawing(sample, .float64, seed: random.next()).tensors()
      let operands = zip(sample.operands, constants).map { operand, constant in
        let isFree = operand.dtype == nil
        // Mostly the newest variables, so that functions become deep.
        let place = types.count - 1 - Int(Double(types.count) * random.unit() * random.unit())
        return Operand(
          variable: isFree ? place : nil, constant: isFree ? nil : constant, shape: operand.shape,
          domain: operand.domain, derived: operand.derived)
      }
      let results = try sample.primitive.resultTypes(
        of: zip(operands, constants).map { TensorType($1.dtype, $0.shape) })
      let kept = results.indices.filter { results[$0].dtype == .float64 && results[$0].shape.count > 0 }
      if kept.isEmpty { continue }
      steps.append(Step(primitive: sample.primitive, operands: operands, kept: kept))
      types += kept.map { results[$0] }
    }
  }

  /// The samples that take float64 and have elements.
  private static let samples: [PrimitiveSample] =
    (PrimitiveCatalog.elementwise + PrimitiveCatalog.structural + PrimitiveCatalog.indexing
    + PrimitiveCatalog.reduction + PrimitiveCatalog.linearAlgebra + PrimitiveCatalog.composite
    + PrimitiveCatalog.factorizations)
    .flatMap { $0.samples }
    .filter { sample in
      sample.dtypes.contains(.float64) && sample.operands.contains { $0.dtype == nil }
        && sample.operands.allSatisfy { $0.shape.count > 0 }
        && !sample.primitive.traits.contains(.discrete)
    }

  /// The last variables, which depend on most of the others.
  func callAsFunction(_ inputs: [Tensor]) -> [Tensor] {
    var variables = inputs
    for step in steps {
      var operands: [Tensor] = []
      for operand in step.operands {
        operands.append(
          operand.derived?(operands)
            ?? operand.variable.map { Self.adapted(variables[$0], operand.shape, operand.domain) }
            ?? operand.constant ?? Tensor(Double.nan))
      }
      let results = step.primitive.bind(operands)
      variables += step.kept.map { results.indices.contains($0) ? results[$0] : results[0] }
    }
    return Array(variables.suffix(3))
  }

  /// A tensor as an operand of a shape, with numbers of a domain.
  private static func adapted(_ x: Tensor, _ shape: Shape, _ domain: OperandSample.Domain) -> Tensor {
    let count = x.count
    let places = (0..<shape.count).map { Int64(($0 * 7 + 2) % count) }
    let moved = x.shape == shape ? x : x.flattened().take(Tensor(places)).reshaped(shape.dimensions)
    // Numbers at different places must differ, or a maximum has a kink there; and a zero, such as the logarithm of the softmax of one
    // element, must not stay one, where a root has an infinite slope.
    let offsets = Tensor(shape: shape.dimensions, scalars: places.indices.map { 0.05 + 0.13 * Double($0 % 8) })
    let spread = moved * 0.9 + offsets
    switch domain {
    case .positive: return 0.5 + 1.5 * sigmoid(spread)
    case .probability: return 0.1 + 0.8 * sigmoid(spread)
    case .unit: return 0.9 * tanh(0.8 * spread)
    case .aboveOne: return 1.55 + 1.4 * sigmoid(spread)
    case .negative: return -0.05 - 0.25 * sigmoid(spread)
    case .any, .indices, .flags: return 1.9 * tanh(0.6 * spread)
    case .positiveDefinite, .wellConditioned, .invertible, .separated:
      return 1.9 * tanh(0.6 * spread) + large(shape, domain)
    }
  }

  /// Large numbers on the diagonals of matrices, or beside them.
  private static func large(_ shape: Shape, _ domain: OperandSample.Domain) -> Tensor {
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    var numbers = [Double](repeating: 0, count: rows * columns)
    for column in 0..<min(rows, columns) {
      let row = domain == .invertible ? (column + 1) % rows : column
      let size = domain == .separated ? 4 * (column + 1) : 3 * max(rows, columns)
      numbers[row * columns + column] = Double(size)
    }
    return Tensor(shape: [rows, columns], scalars: numbers)
  }

  /// The names of the primitives that take part.
  var primitiveNames: Set<String> { Set(steps.map { type(of: $0.primitive).name }) }

  var description: String {
    let lines = steps.enumerated().map { number, step in
      let operands = step.operands.map { $0.variable.map { "v\($0)" } ?? "constant" }.joined(separator: ", ")
      return "  step \(number): \(step.primitive) of \(operands)"
    }
    return (["random function of seed \(seed) over \(inputShapes):"] + lines).joined(separator: "\n")
  }
}
