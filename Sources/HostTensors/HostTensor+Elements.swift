// Single elements of float64 vectors and matrices, without a walk: the hot path of indexing.

extension HostTensor {
  /// The element of a float64 vector; a negative index counts from the end. Nothing for other tensors, and out of
  /// range.
  package func float64Element(_ index: Int) -> Double? {
    guard case .buffer(let buffer) = representation, let place = buffer.place(index) else { return nil }
    return buffer.pointer.assumingMemoryBound(to: Double.self)[place]
  }

  /// The element of a float64 matrix; negative indices count from the end. Nothing for other tensors, and out of range.
  package func float64Element(_ row: Int, _ column: Int) -> Double? {
    guard case .buffer(let buffer) = representation, let place = buffer.place(row, column) else { return nil }
    return buffer.pointer.assumingMemoryBound(to: Double.self)[place]
  }

  /// Sets an element of a float64 vector, in place when the memory is not shared. False for other tensors, when it
  /// is out of
  /// range, and when memory for a copy is not to be had.
  package mutating func setFloat64Element(_ index: Int, _ value: Double) -> Bool {
    guard let place = place(index) else { return false }
    return setFloat64(place, value)
  }

  /// Sets an element of a float64 matrix, in place when the memory is not shared. False for other tensors, when it
  /// is out of
  /// range, and when memory for a copy is not to be had.
  package mutating func setFloat64Element(_ row: Int, _ column: Int, _ value: Double) -> Bool {
    guard let place = place(row, column) else { return false }
    return setFloat64(place, value)
  }

  /// Adds to an element of a float64 vector in place, only when the memory is not shared. False, with nothing done,
  /// else.
  package mutating func addToFloat64Element(_ index: Int, _ value: Double) -> Bool {
    guard case .buffer(var buffer) = representation else { return false }
    // The enum's own reference must go before uniqueness can be seen.
    representation = .bool(false)
    defer { representation = .buffer(buffer) }
    guard isKnownUniquelyReferenced(&buffer), let place = buffer.place(index) else { return false }
    buffer.pointer.assumingMemoryBound(to: Double.self)[place] += value
    return true
  }

  // Functions of their own, so that no reference to the memory is left when it is asked whether it is shared.

  private func place(_ index: Int) -> Int? {
    if case .buffer(let buffer) = representation { return buffer.place(index) }
    return nil
  }

  private func place(_ row: Int, _ column: Int) -> Int? {
    if case .buffer(let buffer) = representation { return buffer.place(row, column) }
    return nil
  }

  private mutating func setFloat64(_ place: Int, _ value: Double) -> Bool {
    do {
      try withMutableElements(as: Double.self) { $0[place] = value }
      return true
    } catch {
      return false
    }
  }
}

extension TensorBuffer {
  /// The place of an element of a float64 vector.
  @inline(__always)
  fileprivate func place(_ index: Int) -> Int? {
    let sizes = shape.dimensions
    guard dtype == .float64, sizes.count == 1 else { return nil }
    let place = index < 0 ? index &+ sizes[0] : index
    return place >= 0 && place < sizes[0] ? place : nil
  }

  /// The place of an element of a float64 matrix.
  @inline(__always)
  fileprivate func place(_ row: Int, _ column: Int) -> Int? {
    let sizes = shape.dimensions
    guard dtype == .float64, sizes.count == 2 else { return nil }
    let (i, j) = (row < 0 ? row &+ sizes[0] : row, column < 0 ? column &+ sizes[1] : column)
    return i >= 0 && i < sizes[0] && j >= 0 && j < sizes[1] ? i &* sizes[1] &+ j : nil
  }
}
