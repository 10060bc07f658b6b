// Estimates from shapes alone. An operation is about what an addition takes.

extension Lowering {
  /// About how many operations one element takes beside those of the operands.
  package var ownCost: Int {
    switch self {
    case .elementwise(let expression): expression.cost
    case .insertion(let insertion): 1 + insertion.parts.count
    case .gather, .linearIndices: 3
    default: 0
    }
  }

  /// Whether each element of the result is computed from single elements of the operands.
  package var isFunctionOfElements: Bool {
    switch self {
    case .elementwise, .view, .reshape, .insertion, .gather: true
    default: false
    }
  }

  /// About how many operations all results take; for loops of unknown length those of one step.
  package func operationCount(_ operands: [TensorType], _ results: [TensorType]) -> Int {
    let count = results.first?.shape.count ?? 0
    switch self {
    case .elementwise, .insertion, .gather, .linearIndices: return count &* ownCost
    case .view, .reshape, .host: return 0
    case .reduction, .cumulativeSum, .running, .argExtremum, .scatterAdd:
      return operands.first?.shape.count ?? 0
    case .library(.argSort(let axis, _)):
      let shape = operands.first?.shape ?? .scalar
      let length = axis < shape.rank ? shape[axis] : 1
      return shape.count &* (Int.bitWidth - length.leadingZeroBitCount)
    case .library(let operation): return operation.operationCount(operands)
    case .scatter: return operands[1].shape.count
    case .contraction(let product):
      return 2 &* count &* product.contracting.reduce(1) { $0 &* operands[0].shape[$1.lhs] }
    case .accumulation: return operands.reduce(0) { $0 &+ $1.shape.count }
    case .switch(let branches): return branches.map(\.program.operationCount).max() ?? 0
    case .program, .whileLoop, .loop:
      return parts.reduce(0) { $0 &+ ($1.runs ?? 1) &* $1.program.program.operationCount }
    }
  }

  /// The programs that are run, with what they are, and how often, where that is known.
  package var parts: [(title: String, runs: Int?, program: Subprogram)] {
    switch self {
    case .program(let program): [("program", 1, program)]
    case .switch(let branches): branches.enumerated().map { ("branch \($0)", nil, $1) }
    case .whileLoop(let shape): [("condition", nil, shape.condition), ("step", nil, shape.body)]
    case .loop(let shape):
      shape.sweeps.enumerated().map { number, sweep in
        (shape.sweeps.count == 1 ? "step" : "step of pass \(number + 1)", shape.length, sweep.step)
      }
    default: []
    }
  }
}

extension Program {
  /// About how many operations all equations take.
  package var operationCount: Int {
    equations.reduce(0) { sum, equation in
      let operands = operands(of: equation).map { types[Int($0)] }
      let lowering = equation.primitive.lowering(of: operands)
      return sum &+ lowering.operationCount(operands, equation.results.map { types[$0] })
    }
  }
}

extension ScalarExpression {
  /// About how many simple operations it takes. What is used several times counts once, as it is computed once.
  package var cost: Int {
    var seen: Set<ObjectIdentifier> = []
    return cost(&seen)
  }

  private func cost(_ seen: inout Set<ObjectIdentifier>) -> Int {
    guard seen.insert(ObjectIdentifier(self)).inserted else { return 0 }
    return parts.reduce(ownCost) { $0 + $1.cost(&seen) }
  }

  /// The axes whose indices it depends on.
  package var indexedAxes: Set<Int> {
    var axes: Set<Int> = []
    var seen: Set<ObjectIdentifier> = []
    func visit(_ expression: ScalarExpression) {
      if case .index(let axis) = expression.node { axes.insert(axis) }
      for part in expression.parts where seen.insert(ObjectIdentifier(part)).inserted {
        visit(part)
      }
    }
    visit(self)
    return axes
  }

  /// The expressions that it is computed from.
  private var parts: [ScalarExpression] {
    switch node {
    case .operand, .constant, .index: []
    case .unary(_, let x), .integerPower(let x, _), .convert(let x, _): [x]
    case .binary(_, let x, let y), .complex(let x, let y): [x, y]
    case .select(let mask, let x, let y): [mask, x, y]
    case .routine(_, let arguments): arguments
    }
  }

  private var ownCost: Int {
    switch node {
    case .operand, .constant, .complex: 0
    case .unary(let function, _):
      switch function {
      case .negate, .not, .realPart, .imaginaryPart, .conjugate, .floor: 1
      case .sqrt: 6
      default: 20
      }
    case .binary(let function, _, _):
      switch function {
      case .divide: 5
      case .power, .remainder, .atan2, .hypot: 30
      default: 1
      }
    case .integerPower(_, let exponent): exponent.magnitude <= 3 ? 2 : 30
    case .select, .convert, .index: 1
    case .routine: 50
    }
  }
}

extension LibraryOperation {
  /// About how many operations on numbers it takes.
  fileprivate func operationCount(_ operands: [TensorType]) -> Int {
    let shape = operands.first?.shape ?? .scalar
    switch self {
    case .fourierTransform(let axis, _, _), .realFourierTransform(let axis, _),
      .inverseRealFourierTransform(let axis, _, _):
      // Five for each number and halving of the length.
      let length = axis < shape.rank ? shape[axis] : 1
      return 5 &* shape.count &* (Int.bitWidth - length.leadingZeroBitCount)
    default: break
    }
    guard shape.rank >= 2 else { return shape.count }
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    switch self {
    case .argSort, .fourierTransform, .realFourierTransform, .inverseRealFourierTransform: return shape.count
    case .cholesky: return shape.count &* rows / 3
    case .qr: return 4 &* shape.count &* Swift.min(rows, columns)
    case .lu: return shape.count &* Swift.min(rows, columns)
    case .triangularSolve: return operands[1].shape.count &* rows
    case .factoredSolve: return 2 &* operands[1].shape.count &* rows
    case .adjugate: return shape.count &* rows
    case .symmetricEigen(let vectors): return (vectors ? 9 : 2) &* shape.count &* rows
    case .svd(let vectors): return (vectors ? 20 : 4) &* shape.count &* Swift.min(rows, columns)
    case .eigen(let vectors): return (vectors ? 25 : 10) &* shape.count &* rows
    }
  }
}
