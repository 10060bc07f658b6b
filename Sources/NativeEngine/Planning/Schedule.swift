import Engines

/// What is computed together, and in which order.
struct Schedule {
  /// One piece of work.
  enum Piece {
    /// A number in a register.
    case scalar(Int)
    /// Loops over one space.
    case loops(LoopGroup)
    /// An operation that is run as a whole.
    case operation(Int)
  }

  /// Values that are computed in the same loops.
  struct LoopGroup {
    /// The sizes of the space: for sums of products with the summed axes last.
    var space: [Int]
    /// The axes along which elements are combined; `nil` where members have the space's shape or combine all of it.
    var reducedAxes: [Int]?
    /// The values, in an order in which they can be computed.
    var members: [Int] = []
    /// The spaces of those members whose own is smaller: from the first place of the group's space on.
    private(set) var smallerSpaces: [Int: [Int]] = [:]

    init(space: [Int], reducedAxes: [Int]?) { (self.space, self.reducedAxes) = (space, reducedAxes) }

    /// The space of a member.
    func space(of member: Int) -> [Int] { smallerSpaces[member] ?? space }
  }

  /// Longer groups are divided: their loops would have more numbers at a time than registers.
  private static var largestMemberCount: Int { 128 }
  /// Among so many open groups one over nearly the same space is looked for.
  private static var largestSearch: Int { 8 }

  private(set) var pieces: [Piece] = []
  /// The values that are in memory after all, and those that are not although they might have been.
  private(set) var isStored: [Bool]

  private let graph: Graph
  private let storages: [Materialization.Storage]
  /// Whether values share loops.
  private let isFused: Bool
  /// Which spaces share them although they are not the same.
  private let sharing: SpaceSharing
  private var open: [Key: LoopGroup] = [:]
  private var openOrder: [Key] = []
  /// The groups that values of nearly the same space have joined.
  private var hosts: [Key: Key] = [:]
  private var groupOfValue: [Int: Key] = [:]
  /// Numbers that nothing has asked for yet: what they are computed from may still share its loops with others.
  private var isDeferred: [Bool]
  /// What each value reads that is not inlined, and whether all of these are read at the value's own place.
  private var leaves: [[Leaf]]

  private struct Key: Hashable {
    var space: [Int]
    var reducedAxes: [Int]?
  }

  private struct Leaf: Hashable {
    var value: Int
    var isSamePlace: Bool
  }

  init(_ graph: Graph, _ materialization: Materialization, _ options: CodeOptions) {
    self.graph = graph
    (isFused, sharing) = (options.isFused, options.sharing)
    storages = materialization.storages
    isStored = storages.map { if case .stored = $0 { true } else { false } }
    leaves = [[Leaf]](repeating: [], count: graph.values.count)
    isDeferred = [Bool](repeating: false, count: graph.values.count)
    for item in graph.items {
      switch item {
      case .operation(let index): add(operation: index)
      case .value(let value): add(value: value)
      }
    }
    for value in isDeferred.indices { compute(value) }
    for key in openOrder { close(key) }
    // What leaves the program must be in memory, however it came about.
    for output in graph.outputs { read(output, from: nil) }
  }

  /// The last piece that reads each value that is not computed where it is read; -1 for none.
  var lastReads: [Int] {
    var lastReads = [Int](repeating: -1, count: graph.values.count)
    for (position, piece) in pieces.enumerated() { for value in reads(piece) { lastReads[value] = position } }
    return lastReads
  }

  /// The values in memory that a piece of work reads.
  func reads(_ piece: Piece) -> [Int] {
    let roots: [[Leaf]] =
      switch piece {
      case .scalar(let value): [leaves[value]]
      case .loops(let group): group.members.map { leaves[$0] }
      case .operation(let index): graph.operations[index].operands.map { leavesSeen(of: $0, isSamePlace: true) }
      }
    return roots.flatMap { $0.map(\.value) }
  }

  /// Whether loops read a value at the place that they compute and at no other, and not after one of their members has been
  /// written there.
  func readsInPlace(_ value: Int, before member: Int, at position: Int) -> Bool {
    guard case .loops(let group) = pieces[position], let last = group.members.firstIndex(of: member) else {
      return false
    }
    return group.members.enumerated().allSatisfy { number, other in
      leaves[other].allSatisfy { $0.value != value || ($0.isSamePlace && number <= last) }
    }
  }

  private mutating func add(operation index: Int) {
    for operand in graph.operations[index].operands { finish(operand) }
    pieces.append(.operation(index))
  }

  /// Makes sure that a value is computed before what comes next, and is in memory.
  private mutating func finish(_ value: Int) {
    for leaf in leavesSeen(of: value, isSamePlace: true) {
      compute(leaf.value)
      read(leaf.value, from: nil)
      if let key = groupOfValue[leaf.value] { close(key) }
    }
  }

  /// Computes a number that is still to be computed, after what it is computed from.
  private mutating func compute(_ value: Int) {
    if !isDeferred[value] { return }
    // A list, since chains of numbers are long.
    var pending = [value]
    while let next = pending.last {
      let before = leaves[next].map(\.value).filter { isDeferred[$0] }
      if !before.isEmpty {
        pending += before
        continue
      }
      pending.removeLast()
      if !isDeferred[next] { continue }
      isDeferred[next] = false
      for leaf in leaves[next] {
        read(leaf.value, from: nil)
        if let key = groupOfValue[leaf.value] { close(key) }
      }
      pieces.append(.scalar(next))
    }
  }

  private mutating func read(_ value: Int, from key: Key?) {
    if case .alias(let original) = storages[value] { return read(original, from: key) }
    if case .shared = storages[value], key == nil || groupOfValue[value] != key { isStored[value] = true }
  }

  /// What reading a value reads.
  private func leavesSeen(of value: Int, isSamePlace: Bool) -> [Leaf] {
    switch storages[value] {
    case .inlined:
      return isSamePlace ? leaves[value] : leaves[value].map { Leaf(value: $0.value, isSamePlace: false) }
    case .alias(let original): return leavesSeen(of: original, isSamePlace: false)
    case .scalar, .stored, .shared: return [Leaf(value: value, isSamePlace: isSamePlace)]
    }
  }

  private mutating func add(value: Int) {
    guard case .pure(let lowering, let operands) = graph.values[value].origin else { return }
    var seen: [Leaf] = []
    for (position, operand) in operands.enumerated() {
      seen += leavesSeen(of: operand, isSamePlace: readsSamePlace(lowering, position, value, operand))
    }
    if seen.count > 1 {
      var known: Set<Leaf> = []
      seen = seen.filter { known.insert($0).inserted }
    }
    leaves[value] = seen
    switch storages[value] {
    case .inlined: return
    case .alias(let original):
      finish(original)
      return
    case .scalar:
      if let key = reductionKey(value, lowering, operands) { return join(value, key, seen) }
      isDeferred[value] = true
    case .stored, .shared:
      let key =
        reductionKey(value, lowering, operands)
        ?? Key(space: graph.values[value].type.shape.dimensions, reducedAxes: nil)
      join(value, key, seen)
    }
  }

  /// Whether an operand is read at the place of the space that is computed.
  private func readsSamePlace(_ lowering: Lowering, _ position: Int, _ value: Int, _ operand: Int) -> Bool {
    switch lowering {
    case .elementwise, .linearIndices, .reduction: true
    case .contraction(let product):
      // The product of two vectors; others have a space that is none of the operands'.
      graph.values[value].type.shape.isScalar && product.contracting.allSatisfy { $0.lhs == $0.rhs }
        && zip(product.contracting, product.contracting.dropFirst()).allSatisfy { $0.lhs < $1.lhs }
    default: false
    }
  }

  /// The loops of a value that combines elements.
  private func reductionKey(_ value: Int, _ lowering: Lowering, _ operands: [Int]) -> Key? {
    let types = operands.map { graph.values[$0].type.shape }
    switch lowering {
    case .reduction(_, let axes):
      if types[0].isScalar { return nil }
      return axes.count == types[0].rank
        ? Key(space: types[0].dimensions, reducedAxes: nil)
        : Key(space: types[0].dimensions, reducedAxes: axes)
    case .contraction(let product):
      let summed = product.contracting.map { types[0][$0.lhs] }
      let kept = graph.values[value].type.shape.dimensions
      if summed.isEmpty && kept.isEmpty { return nil }
      if kept.isEmpty { return Key(space: summed, reducedAxes: nil) }
      return Key(space: kept + summed, reducedAxes: Array(kept.count..<(kept.count + summed.count)))
    default: return nil
    }
  }

  private mutating func join(_ value: Int, _ own: Key, _ seen: [Leaf]) {
    for leaf in seen { compute(leaf.value) }
    for leaf in seen {
      guard let other = groupOfValue[leaf.value] else { continue }
      let isRegister =
        other == (hosts[own] ?? own) && leaf.isSamePlace && graph.values[leaf.value].type.shape.rank > 0
        && own.reducedAxes == nil
      if !isRegister { close(other) }
    }
    let key = host(of: own, reading: seen)
    if open[key] == nil {
      open[key] = LoopGroup(space: key.space, reducedAxes: key.reducedAxes)
      openOrder.append(key)
    }
    for leaf in seen { read(leaf.value, from: key) }
    open[key]?.add(value, over: own.space)
    groupOfValue[value] = key
    if !isFused || (open[key]?.members.count ?? 0) >= Self.largestMemberCount { close(key) }
  }

  /// The group that a value joins: one over its space, or one over nearly the same that reads the same memory.
  private mutating func host(of key: Key, reading leaves: [Leaf]) -> Key {
    if open[key] != nil { return key }
    if let host = hosts[key] { return host }
    guard isFused, key.reducedAxes == nil else { return key }
    let tensors = Set(leaves.map(\.value)).filter { !graph.values[$0].type.shape.isScalar }
    for other in openOrder.suffix(Self.largestSearch).reversed() {
      guard let group = open[other], group.reducedAxes == nil, sharing.allows(group.space, key.space) else { continue }
      guard group.members.contains(where: { self.leaves[$0].contains { tensors.contains($0.value) } }) else { continue }
      hosts[key] = other
      return other
    }
    return key
  }

  private mutating func close(_ key: Key) {
    guard let group = open.removeValue(forKey: key) else { return }
    openOrder.removeAll { $0 == key }
    if !hosts.isEmpty { hosts = hosts.filter { $0.value != key } }
    for member in group.members { groupOfValue[member] = nil }
    pieces.append(.loops(group))
  }
}

// MARK: - Spaces of nearly one size

extension Schedule.LoopGroup {
  /// Adds a value over a space that is the group's but for the last indices of an axis. The group's may grow by that.
  fileprivate mutating func add(_ value: Int, over own: [Int]) {
    let all = zip(space, own).map { max($0, $1) }
    if all != space {
      for member in members where smallerSpaces[member] == nil { smallerSpaces[member] = space }
      space = all
    }
    if own != space { smallerSpaces[value] = own }
    members.append(value)
  }
}
