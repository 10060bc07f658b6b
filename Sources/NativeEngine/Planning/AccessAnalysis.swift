import Engines

/// How the members of a group of loops read and write memory, from which the loops' order and form follow.
struct AccessAnalysis {
  /// The places of all reads and writes, as linear functions of the space's indices.
  private(set) var accesses: [AffineIndex] = []
  /// For each axis, the indices at which another part of an insertion begins.
  private(set) var breaks: [Set<Int>]
  /// For each axis, the indices at which something ends that is not computed in the whole space.
  private(set) var ends: [Set<Int>]
  /// The axes of which an index decides at run time what is computed.
  private(set) var isGuarded: [Bool]
  /// The axes whose own index matters, so that they cannot be made one with others.
  private(set) var isSeparate: [Bool]
  /// The size of the largest element, in bytes; of complex ones that of a part, as parts are in registers of their own.
  private(set) var largestElement = 1
  /// About how many simple operations a place takes.
  private(set) var cost = 0
  /// Whether a number at run time decides what is computed.
  private(set) var hasDynamicGuard = false

  private let graph: Graph
  private let isInline: (Int) -> Bool
  private var seen: Set<Visit> = []

  private struct Visit: Hashable {
    var value: Int
    var places: [AffineIndex]
  }

  /// - Parameter isInline: whether a value is computed in these loops.
  init(_ graph: Graph, space: [Int], isInline: @escaping (Int) -> Bool) {
    self.graph = graph
    self.isInline = isInline
    breaks = [Set<Int>](repeating: [], count: space.count)
    ends = breaks
    isGuarded = [Bool](repeating: false, count: space.count)
    isSeparate = isGuarded
  }

  /// Notes what computing the element of a value at a place reads.
  mutating func read(_ value: Int, at places: [AffineIndex]) {
    let type = graph.values[value].type
    note(type.dtype)
    if type.shape.isScalar { return }
    guard seen.insert(Visit(value: value, places: places)).inserted else { return }
    guard isInline(value), case .pure(let lowering, let operands) = graph.values[value].origin else {
      accesses.append(linear(places, type.shape))
      return
    }
    switch lowering {
    case .elementwise, .linearIndices:
      if case .elementwise(let expression) = lowering {
        cost += expression.cost
        for axis in expression.indexedAxes { separate(places[axis]) }
      }
      for operand in operands { read(operand, at: places) }
    case .view(let maps): read(operands[0], at: maps.map { places.mapped($0) })
    case .insertion(let insertion): read(insertion, operands, at: places)
    case .gather(let axis, let batchRank):
      let parts = GatherIndices(places, axis: axis, batchRank: batchRank, graph.values[operands[1]].type.shape.rank)
      read(operands[1], at: parts.indices)
      for place in parts.indices { separate(place) }
      var own = parts.own(AffineIndex(0))
      // The number at run time stands for any place.
      own[axis].dynamics = [AffineIndex.Dynamic(name: "index", lanes: 1, factor: 1)]
      read(operands[0], at: own)
    case .reshape: read(operands[0], at: [])
    default: break
    }
  }

  private mutating func read(_ insertion: Insertion, _ operands: [Int], at places: [AffineIndex]) {
    let first = insertion.hasBase ? 1 : 0
    if insertion.hasBase { read(operands[0], at: places) }
    for (part, operand) in zip(insertion.parts, operands.dropFirst(first)) {
      var own: [AffineIndex] = []
      for (region, place) in zip(part, places) {
        guard region.isAxis || region.count == 1 else { continue }
        breakUp(place, region)
        if region.isAxis {
          own.append(
            abs(region.step) == 1 ? place.mapped(start: -region.start * region.step, step: region.step) : AffineIndex(0)
          )
        }
      }
      read(operand, at: own)
    }
  }

  /// Notes where the part of an insertion begins and ends along the axis that a place follows.
  private mutating func breakUp(_ place: AffineIndex, _ region: Insertion.Region) {
    separate(place)
    let low = region.step > 0 ? region.start : region.start + region.step * (region.count - 1)
    let high = region.step > 0 ? region.start + region.step * (region.count - 1) : region.start
    guard place.terms.count == 1, place.dynamics.isEmpty, abs(place.terms[0].factor) == 1,
      abs(region.step) == 1 || region.count <= 1
    else {
      for term in place.terms { isGuarded[term.axis] = true }
      if !place.dynamics.isEmpty { hasDynamicGuard = true }
      return
    }
    let (axis, factor) = (place.terms[0].axis, place.terms[0].factor)
    if factor == 1 {
      breaks[axis].formUnion([low - place.constant, high + 1 - place.constant])
    } else {
      breaks[axis].formUnion([place.constant - high, place.constant - low + 1])
    }
  }

  /// Notes that something is computed in a part of the space, from its first place on.
  mutating func compute(only part: [Int], of space: [Int]) {
    for axis in space.indices where part[axis] < space[axis] {
      ends[axis].insert(part[axis])
      isSeparate[axis] = true
    }
  }

  private mutating func separate(_ place: AffineIndex) {
    for term in place.terms { isSeparate[term.axis] = true }
  }

  /// Notes that a place is written.
  mutating func write(_ type: TensorType, at places: [AffineIndex]) {
    note(type.dtype)
    accesses.append(linear(places, type.shape))
  }

  private mutating func note(_ dtype: DType) {
    largestElement = max(largestElement, dtype.part.byteCount)
  }
}

/// The place in memory of an element of a dense tensor.
func linear(_ places: [AffineIndex], _ shape: Shape) -> AffineIndex {
  var result = AffineIndex(0)
  for (place, stride) in zip(places, shape.strides) { result = result + place.mapped(start: 0, step: stride) }
  return result
}

extension [AffineIndex] {
  /// Where an axis of an operand is read.
  func mapped(_ map: AxisMap) -> AffineIndex {
    guard let axis = map.axis else { return AffineIndex(map.start) }
    return self[axis].mapped(start: map.start, step: map.step)
  }
}

/// The places of a gather's operands for a place of its result.
struct GatherIndices {
  /// Those of the indices.
  let indices: [AffineIndex]
  private let before: [AffineIndex]
  private let after: [AffineIndex]

  init(_ places: [AffineIndex], axis: Int, batchRank: Int, _ indexRank: Int) {
    let picked = places[axis..<(axis + indexRank - batchRank)]
    indices = Array(places[..<batchRank] + picked)
    before = Array(places[..<axis])
    after = Array(places[(axis + indexRank - batchRank)...])
  }

  /// Those of the operand, with the place that an index names.
  func own(_ place: AffineIndex) -> [AffineIndex] { before + [place] + after }
}
