import Engines

/// Where the values of a graph are in memory while the code runs.
struct BufferPlan {
  /// A place for a tensor.
  enum Location: Equatable {
    /// What the caller gives.
    case input(Int)
    /// Part of the program.
    case constant(HostTensor)
    /// What the caller gets.
    case output(Int)
    /// In the function's frame.
    case frame
    /// In the memory of the call, so many bytes from its beginning.
    case arena(Int)
    /// In registers alone.
    case none
  }

  private(set) var locations: [Location]
  /// The size of the memory of a call.
  private(set) var arenaByteCount = 0
  /// The outputs that must be copied to their place in the end, by number.
  private(set) var copiedOutputs: [Int] = []

  /// Smaller tensors live in the frame, from where LLVM can put them into registers.
  private static var largestFrameByteCount: Int { 256 }
  static var alignment: Int { 64 }

  /// - Parameter hasFrame: whether small tensors may live in the function's frame.
  init(_ graph: Graph, _ materialization: Materialization, _ schedule: Schedule, hasFrame: Bool) {
    locations = [Location](repeating: .none, count: graph.values.count)
    for (index, value) in graph.values.enumerated() {
      switch value.origin {
      case .input(let number): locations[index] = .input(number)
      case .constant(let constant): locations[index] = .constant(constant)
      case .pure, .result: break
      }
    }
    let isScalar = graph.values.map(\.type.shape.isScalar)
    for (number, output) in graph.outputs.enumerated() {
      let root = materialization.root(of: output)
      if isScalar[output] || isScalar[root] || locations[root] != .none {
        copiedOutputs.append(number)
      } else {
        locations[root] = .output(number)
      }
    }
    // When each value is made, and when it is read for the last time.
    var made: [(value: Int, at: Int)] = []
    var lastRead = schedule.lastReads
    for (position, piece) in schedule.pieces.enumerated() {
      switch piece {
      case .scalar: break
      case .loops(let group):
        for member in group.members where !isScalar[member] && (group.reducedAxes != nil || schedule.isStored[member]) {
          made.append((member, position))
        }
      case .operation(let index):
        for result in graph.operations[index].results { made.append((result, position)) }
      }
    }
    for output in graph.outputs { lastRead[materialization.root(of: output)] = schedule.pieces.count }
    var blocks: [ArenaPlan.Block] = []
    for (value, at) in made where locations[value] == .none {
      let byteCount = max(graph.values[value].type.byteCount ?? .max / 2, 1)
      if hasFrame && byteCount <= Self.largestFrameByteCount {
        locations[value] = .frame
        continue
      }
      let size = (byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
      blocks.append(ArenaPlan.Block(value: value, size: size, lifetime: at...max(lastRead[value], at)))
      // Seen once only.
      locations[value] = .arena(0)
    }
    let arena = ArenaPlan(blocks)
    for (block, offset) in zip(blocks, arena.offsets) { locations[block.value] = .arena(offset) }
    arenaByteCount = arena.byteCount
  }

  /// Puts a value into the memory of an output.
  mutating func put(_ value: Int, inOutput number: Int) { locations[value] = .output(number) }

  /// Sets aside more memory that is used by one piece at a time.
  ///
  /// - Parameter alignment: of what lies there; numbers lie side by side.
  mutating func reserve(_ byteCount: Int, alignment: Int = BufferPlan.alignment) -> Int {
    let offset = (arenaByteCount + alignment - 1) / alignment * alignment
    arenaByteCount = offset + byteCount
    return offset
  }
}

extension Materialization {
  /// The value whose memory a value has.
  func root(of value: Int) -> Int {
    var root = value
    while case .alias(let original) = storages[root] { root = original }
    return root
  }
}
