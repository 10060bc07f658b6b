import Jacobi

/// Draws the operands of a sample.
///
/// All numbers of all operands come from one shuffled list of places, evenly spread, so that no two are close to each
/// other: `max(x, y)` and a sort are then differentiable. None is close to a multiple of 1/2, where functions such as
/// `abs` and `round` have a kink.
package struct OperandDrawing {
  private let sample: PrimitiveSample
  private let dtype: DType
  private var random: CountingGenerator
  private var places: [Double] = []

  package init(_ sample: PrimitiveSample, _ dtype: DType, seed: UInt64) {
    self.sample = sample
    self.dtype = dtype
    random = CountingGenerator(seed: seed).split("operands")
    let count = sample.operands.reduce(0) { $0 + 2 * $1.shape.count }
    places = (0..<count).map { (Double($0) + 0.25 + 0.5 * random.unit()) / Double(count) }
    places.shuffle(using: &random)
  }

  /// The operands.
  package func tensors() throws(TensorError) -> [Tensor] {
    var drawing = self
    var tensors: [Tensor] = []
    for operand in sample.operands {
      if let derived = operand.derived {
        tensors.append(derived(tensors))
      } else {
        tensors.append(try drawing.draw(operand))
      }
    }
    return tensors
  }

  private mutating func draw(_ operand: OperandSample) throws(TensorError) -> Tensor {
    let type = TensorType(operand.dtype ?? dtype, operand.shape)
    var coordinates: [Double] = []
    for _ in 0..<operand.shape.count {
      let place = places.popLast() ?? random.unit()
      if type.dtype.isComplex {
        coordinates += complexNumber(operand.domain, place, places.popLast() ?? random.unit())
      } else if type.dtype.isDifferentiable {
        coordinates.append(Self.number(operand.domain, place))
      } else {
        coordinates.append(integer(operand.domain, isFlag: type.dtype == .bool))
      }
    }
    if operand.domain.isOfMatrices { operand.domain.form(&coordinates, type) }
    return Tensor(try HostTensor(type, coordinates: coordinates))
  }

  /// The number of a domain at a place between 0 and 1.
  private static func number(_ domain: OperandSample.Domain, _ place: Double) -> Double {
    switch domain {
    case .any, .positiveDefinite, .wellConditioned, .invertible, .separated:
      // Four intervals of each sign, between the multiples of 1/2.
      let position = 8 * place
      let interval = Swift.min(7, Int(position))
      let size = Double(interval / 2) * 0.5 + 0.08 + 0.36 * (position - Double(interval))
      return interval % 2 == 0 ? size : -size
    case .positive: return 0.5 + 1.5 * place
    case .probability: return place < 0.5 ? 0.1 + 0.7 * place : 0.2 + 0.7 * place
    case .unit: return (place < 0.5 ? -0.9 : 0.05) + 1.7 * (place < 0.5 ? place : place - 0.5)
    case .aboveOne: return 1.55 + 1.4 * place
    case .negative: return -0.05 - 0.25 * place
    case .indices(let limit): return Double(Int(place * Double(limit)))
    case .flags: return place < 0.5 ? 0 : 1
    }
  }

  /// Real and imaginary part of a number, away from the branch cuts of the elementary functions.
  private func complexNumber(_ domain: OperandSample.Domain, _ first: Double, _ second: Double) -> [Double] {
    switch domain {
    case .any, .positiveDefinite, .wellConditioned, .invertible, .separated:
      [Self.number(.any, first), Self.number(.any, second)]
    case .unit: [Self.number(.unit, first) * 0.7, Self.number(.unit, second) * 0.7]
    case .positive, .aboveOne, .probability, .negative: [Self.number(domain, first), Self.number(.unit, second)]
    case .indices, .flags: [Self.number(domain, first), 0]
    }
  }

  private mutating func integer(_ domain: OperandSample.Domain, isFlag: Bool) -> Double {
    if isFlag { return random.next() & 1 == 0 ? 0 : 1 }
    switch domain {
    case .any, .positiveDefinite, .wellConditioned, .invertible, .separated:
      return Double(Int.random(in: 1...5, using: &random)) * (random.next() & 1 == 0 ? 1 : -1)
    case .positive: return Double(Int.random(in: 1...5, using: &random))
    case .unit, .probability: return Double(Int.random(in: 0...1, using: &random))
    case .aboveOne: return Double(Int.random(in: 2...5, using: &random))
    case .negative: return -Double(Int.random(in: 1...5, using: &random))
    case .indices(let limit): return limit > 0 ? Double(Int.random(in: 0..<limit, using: &random)) : 0
    case .flags: return Double(Int.random(in: 0...1, using: &random))
    }
  }
}
