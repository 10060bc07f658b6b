import Jacobi

/// Several drawings of the operands of a sample, as the examples of a batch.
struct LawExamples {
  /// The operands of each example.
  private var lanes: [[Tensor]] = []

  /// The subject's own operands as example 0, and others beside them.
  init(_ subject: LawSubject, count: Int) throws {
    lanes = [subject.operands]
    for lane in 1..<count {
      let seed = subject.random.seed &+ UInt64(lane)
      lanes.append(try OperandDrawing(subject.sample, subject.dtype, seed: seed).tensors())
    }
  }

  /// The operands of an example, where only some differ from those of example 0.
  func operands(_ lane: Int, batched places: [Int]) -> [Tensor] {
    operands(0, replacing: places, with: places.map { lanes[lane][$0] })
  }

  /// The operands of an example with others at some places.
  func operands(_ lane: Int, replacing places: [Int], with tensors: [Tensor]) -> [Tensor] {
    var all = lanes[lane]
    for (place, tensor) in zip(places, tensors) { all[place] = tensor }
    return all
  }

  /// For each place, the operands of the first examples as a batch along an axis; -1 is the last.
  func batches(_ places: [Int], size: Int, axis: Int = 0) throws -> [Tensor] {
    let stacked = try Self.stacked(
      lanes.prefix(size).map { lane in places.map { lane[$0] } }, types: places.map { lanes[0][$0].type })
    return try stacked.map { try Self.movingFirstAxis($0, to: axis < 0 ? axis + $0.rank : axis) }
  }

  /// Lists of tensors stacked along a new first axis, without any operation that is being checked.
  static func stacked(_ lists: [[Tensor]], types: [TensorType]) throws -> [Tensor] {
    var stacks: [Tensor] = []
    for (index, type) in types.enumerated() {
      var numbers: [Double] = []
      for list in lists {
        guard list.indices.contains(index), list[index].type == type else {
          throw TensorError(.shape, "laws", "an example has types \(list.map(\.type)), not \(types)")
        }
        numbers += try list[index].coordinates()
      }
      stacks.append(Tensor(try HostTensor(type.batched(lists.count), coordinates: numbers)))
    }
    return stacks
  }

  private static func movingFirstAxis(_ tensor: Tensor, to axis: Int) throws -> Tensor {
    if axis == 0 { return tensor }
    let shape = tensor.shape
    let width = tensor.dtype.isComplex ? 2 : 1
    let source = try tensor.coordinates()
    let batch = shape[0]
    let inner = shape.dimensions[(axis + 1)...].reduce(width, *)
    let outer = shape.dimensions[1...axis].reduce(1, *)
    var moved: [Double] = []
    for position in 0..<outer {
      for lane in 0..<batch {
        let start = (lane * outer + position) * inner
        moved += source[start..<(start + inner)]
      }
    }
    let sizes = Array(shape.dimensions[1...axis]) + [batch] + Array(shape.dimensions[(axis + 1)...])
    return Tensor(try HostTensor(TensorType(tensor.dtype, Shape(sizes)), coordinates: moved))
  }
}
