/// The walk that gather and scatter share: over batch, leading elements and indices, in blocks of trailing elements.
struct IndexedWalk {
  /// The number of batches.
  let batches: Int
  /// The number of places before the axis, after the batch axes.
  let outer: Int
  /// The size of the axis.
  let size: Int
  /// The number of indices in each batch.
  let picked: Int
  /// The number of elements after the axis: the length of a block.
  let inner: Int
  /// The axis, for messages.
  let axis: Int

  /// The walk over a tensor of shape `whole` with indices of shape `indices`.
  init(whole: Shape, axis: Int, batchRank: Int, picked indices: Shape) {
    batches = whole.dimensions[..<batchRank].reduce(1, &*)
    outer = whole.dimensions[batchRank..<axis].reduce(1, &*)
    size = whole[axis]
    inner = whole.dimensions[(axis + 1)...].reduce(1, &*)
    picked = indices.dimensions[batchRank...].reduce(1, &*)
    self.axis = axis
  }

  /// The indices as places from 0.
  ///
  /// - Throws: an error that names the first index outside the axis.
  func places(_ indices: HostTensor, _ operation: String) throws(TensorError) -> [Int] {
    func read<Index: TensorScalar & FixedWidthInteger>(_: Index.Type) throws(TensorError) -> [Int] {
      var outside: Index?
      let places = indices.withElements(as: Index.self) { elements in
        elements.map { element in
          let place = Int(element) < 0 ? Int(element) &+ size : Int(element)
          if place < 0 || place >= size {
            outside = outside ?? element
            return 0
          }
          return place
        }
      }
      if let outside {
        throw TensorError(
          .index, operation, "index \(outside) is outside axis \(axis), which has size \(size)",
          hint: size == 0 ? "the axis is empty" : "indices go from 0 to \(size - 1), or from -1 down to -\(size)")
      }
      return places
    }
    return indices.dtype == .int32 ? try read(Int32.self) : try read(Int64.self)
  }

  /// Calls the closure with the block's number in the whole tensor and in the picked one; for the indices of each row in
  /// order, or from the last one to the first.
  @inline(__always)
  func forEach(_ places: [Int], reversed: Bool = false, _ body: (_ whole: Int, _ picked: Int) -> Void) {
    if inner == 0 || picked == 0 || outer == 0 || batches == 0 { return }
    for batch in 0..<batches {
      for row in 0..<outer {
        let line = batch &* outer &+ row
        for position in 0..<picked {
          let index = reversed ? picked &- 1 &- position : position
          body(line &* size &+ places[batch &* picked &+ index], line &* picked &+ index)
        }
      }
    }
  }
}
