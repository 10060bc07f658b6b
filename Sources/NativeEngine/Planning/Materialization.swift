import Engines

/// Which values become tensors in memory. The others are computed where they are read, in the loops of what reads them.
struct Materialization {
  /// How a value exists.
  enum Form {
    /// A number in a register: every value of rank 0.
    case scalar
    /// In memory, because something needs it there.
    case stored
    /// In memory, unless everything that reads it is in the same loop.
    case shared
    /// The memory of another value, with other axes.
    case alias(of: Int)
    /// Computed where it is read.
    case inlined
  }

  private(set) var forms: [Form]

  /// More operations than that are not done twice rather than kept.
  private static var largestRepeatedCost: Int { 10 }
  /// Longer chains of inlined values are broken, since code is written recursively.
  private static var largestDepth: Int { 48 }

  init(_ graph: Graph, isFused: Bool) {
    let count = graph.values.count
    var isNeeded = [Bool](repeating: false, count: count)
    var isRepeated = [Bool](repeating: false, count: count)
    var uses = [Int](repeating: 0, count: count)
    for output in graph.outputs {
      isNeeded[output] = true
      uses[output] += 1
    }
    for item in graph.items.reversed() {
      switch item {
      case .step(let index):
        for operand in graph.steps[index].operands {
          isNeeded[operand] = true
          uses[operand] += 1
        }
      case .value(let value):
        guard case .pure(let lowering, let operands) = graph.values[value].source else { continue }
        for operand in operands { uses[operand] += 1 }
        switch lowering {
        case .view(let maps):
          let followed = Set(maps.compactMap(\.axis))
          let sizes = graph.values[value].type.shape.dimensions
          let repeats = sizes.indices.contains { !followed.contains($0) && sizes[$0] > 1 }
          if repeats || isRepeated[value] { isRepeated[operands[0]] = true }
        case .contraction:
          for operand in operands where graph.values[operand].type.shape.rank > 0 { isRepeated[operand] = true }
        case .reshape:
          // The memory of the operand is that of the result.
          isNeeded[operands[0]] = true
        case .gather:
          isNeeded[operands[1]] = true
        default: break
        }
      }
    }
    var forms = [Form](repeating: .stored, count: count)
    var cost = [Int](repeating: 0, count: count)
    var depth = [Int](repeating: 0, count: count)
    for (index, value) in graph.values.enumerated() where value.type.shape.isScalar { forms[index] = .scalar }
    for item in graph.items {
      guard case .value(let value) = item, case .pure(let lowering, let operands) = graph.values[value].source,
        !graph.values[value].type.shape.isScalar
      else { continue }
      switch lowering {
      case .reshape:
        if graph.values[operands[0]].type.shape.isScalar {
          forms[value] = .stored
        } else {
          forms[value] = .alias(of: operands[0])
        }
        continue
      case .reduction, .contraction: continue
      default: break
      }
      cost[value] = min(operands.reduce(lowering.ownCost) { $0 + cost[$1] }, 1 << 20)
      depth[value] = 1 + (operands.map { depth[$0] }.max() ?? 0)
      if !isFused || isNeeded[value] || depth[value] > Self.largestDepth || (isRepeated[value] && cost[value] > 0) {
        forms[value] = .stored
      } else if uses[value] > 1 && cost[value] > Self.largestRepeatedCost {
        forms[value] = .shared
      } else {
        forms[value] = .inlined
        continue
      }
      cost[value] = 0
      depth[value] = 0
    }
    self.forms = forms
  }
}

extension Lowering {
  /// About how many simple operations one element takes beside those of the operands.
  fileprivate var ownCost: Int {
    switch self {
    case .elementwise(let expression): expression.cost
    case .assembly(let assembly): 1 + assembly.parts.count
    case .gather, .linearIndices: 3
    default: 0
    }
  }
}

extension ScalarExpression {
  /// About how many simple operations it takes. What is used several times counts once, as it is computed once.
  var cost: Int {
    var seen: Set<ObjectIdentifier> = []
    return cost(&seen)
  }

  private func cost(_ seen: inout Set<ObjectIdentifier>) -> Int {
    guard seen.insert(ObjectIdentifier(self)).inserted else { return 0 }
    return parts.reduce(ownCost) { $0 + $1.cost(&seen) }
  }

  /// The expressions that it is computed from.
  private var parts: [ScalarExpression] {
    switch node {
    case .operand, .constant: []
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
      case .power, .atan2, .hypot: 30
      default: 1
      }
    case .integerPower(_, let exponent): exponent.magnitude <= 3 ? 2 : 30
    case .select, .convert: 1
    case .routine: 50
    }
  }
}
