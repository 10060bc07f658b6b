import Engines

/// Which values become tensors in memory. The others are computed where they are read, in the loops of what reads them.
struct Materialization {
  /// How a value exists.
  enum Storage {
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

  private(set) var storages: [Storage]

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
      case .operation(let index):
        for operand in graph.operations[index].operands {
          isNeeded[operand] = true
          uses[operand] += 1
        }
      case .value(let value):
        guard case .pure(let lowering, let operands) = graph.values[value].origin else { continue }
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
    var storages = [Storage](repeating: .stored, count: count)
    var cost = [Int](repeating: 0, count: count)
    var depth = [Int](repeating: 0, count: count)
    for (index, value) in graph.values.enumerated() where value.type.shape.isScalar { storages[index] = .scalar }
    for item in graph.items {
      guard case .value(let value) = item, case .pure(let lowering, let operands) = graph.values[value].origin,
        !graph.values[value].type.shape.isScalar
      else { continue }
      switch lowering {
      case .reshape:
        if graph.values[operands[0]].type.shape.isScalar {
          storages[value] = .stored
        } else {
          storages[value] = .alias(of: operands[0])
        }
        continue
      case .reduction, .contraction: continue
      default: break
      }
      cost[value] = min(operands.reduce(lowering.ownCost) { $0 + cost[$1] }, 1 << 20)
      depth[value] = 1 + (operands.map { depth[$0] }.max() ?? 0)
      if !isFused || isNeeded[value] || graph.values[value].isLaidOut || depth[value] > Self.largestDepth
        || (isRepeated[value] && cost[value] > 0)
      {
        storages[value] = .stored
      } else if uses[value] > 1 && cost[value] > Self.largestRepeatedCost {
        storages[value] = .shared
      } else {
        storages[value] = .inlined
        continue
      }
      cost[value] = 0
      depth[value] = 0
    }
    self.storages = storages
  }
}
