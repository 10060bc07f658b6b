// Reading and writing parts of a tensor. What `x[...]` means is in `Selection`. Where integers alone stand in the brackets
// their subscripts win; the general ones are disfavored, so that computed indices are never ambiguous.

extension Tensor {
  /// The element or sub-tensor at an index of the first axis; a negative index counts from the end.
  public subscript(index: Int) -> Tensor {
    get { element { $0.float64Element(index) } ?? tracedElement(index) ?? selected([TensorIndex(.element(index))]) }
    set {
      if setElement(newValue, { $0.setFloat64Element(index, $1) }) { return }
      select([TensorIndex(.element(index))], newValue)
    }
  }

  /// The element or sub-tensor at indices of the first two axes; negative indices count from the end.
  public subscript(first: Int, second: Int) -> Tensor {
    get {
      element { $0.float64Element(first, second) }
        ?? selected([TensorIndex(.element(first)), TensorIndex(.element(second))])
    }
    set {
      if setElement(newValue, { $0.setFloat64Element(first, second, $1) }) { return }
      select([TensorIndex(.element(first)), TensorIndex(.element(second))], newValue)
    }
  }

  /// A part of a tensor: one index for each axis, as far as they go.
  ///
  /// - Integers take one element and drop the axis; ranges and ``TensorIndexConvertible/strided(from:to:by:)`` take
  ///   several. Negative ones count from the end.
  /// - ``TensorIndexConvertible/newAxis`` puts in an axis of size 1; ``TensorIndexConvertible/ellipsis`` stands for all axes
  ///   that are left.
  /// - An integer tensor (or array) takes the elements at its places: its axes replace the axis. Several of them next to each
  ///   other broadcast, and name one element together.
  /// - A boolean tensor takes the elements where it holds. Its value is read, so it must not depend on a batch.
  ///
  /// Assigning broadcasts the new elements to the part's shape. It changes this variable alone; where an index tensor names
  /// an element twice, the last one stays. An index out of range is an error.
  @_disfavoredOverload
  public subscript(_ indices: any TensorIndexConvertible...) -> Tensor {
    get { selected(indices.map(\.tensorIndex)) }
    set { select(indices.map(\.tensorIndex), newValue) }
  }

  /// A part of a tensor, `...` standing for the axes that no other index takes.
  @_disfavoredOverload
  public subscript(_ ellipsis: UnboundedRange, _ indices: any TensorIndexConvertible...) -> Tensor {
    get { selected([TensorIndex(.ellipsis)] + indices.map(\.tensorIndex)) }
    set { select([TensorIndex(.ellipsis)] + indices.map(\.tensorIndex), newValue) }
  }

  /// A part of a tensor, `...` standing for the axes that no other index takes.
  @_disfavoredOverload
  public subscript(
    _ first: any TensorIndexConvertible, _ ellipsis: UnboundedRange, _ indices: any TensorIndexConvertible...
  ) -> Tensor {
    get { selected([first.tensorIndex, TensorIndex(.ellipsis)] + indices.map(\.tensorIndex)) }
    set { select([first.tensorIndex, TensorIndex(.ellipsis)] + indices.map(\.tensorIndex), newValue) }
  }
}

// MARK: - Reading

extension Tensor {
  func selected(_ indices: [TensorIndex]) -> Tensor {
    if isInvalid { return poisoned("subscript") }
    return reporting { () throws(TensorError) in
      let (x, indices) = try resolvingMasks(indices)
      let selection = try Selection(indices, of: x.shape)
      let slice = x.sliced(selection.slices)
      if selection.tensors.isEmpty { return slice.reshaped(to: Shape(selection.result)) }
      let sliced = selection.sliced
      return try naming("subscript") {
        Gather(axis: selection.tensorAxis)
          .bind(slice.reshaped(to: selection.merged(sliced)), selection.linearIndices(sliced))
          .reshaped(to: Shape(selection.result))
      }
    }
  }

  /// The slice, or the tensor itself when it takes everything.
  private func sliced(_ slices: [AxisSlice]) -> Tensor {
    let shape = shape
    return zip(slices, shape.dimensions).allSatisfy { $0 == .all($1) } ? self : Slice(axes: slices).bind(self)
  }

  /// The tensor and the indices without masks: a mask becomes the places where it holds, and the axes it covers one.
  private func resolvingMasks(_ indices: [TensorIndex]) throws(TensorError) -> (Tensor, [TensorIndex]) {
    var x = self
    var resolved: [TensorIndex] = []
    for index in indices {
      guard case .tensor(let mask) = index.kind else {
        resolved.append(index)
        continue
      }
      if mask.isInvalid {
        throw TensorError(.tracing, "subscript", "an index is the result of an operation that failed")
      }
      guard mask.dtype == .bool else {
        resolved.append(index)
        continue
      }
      let covered = mask.shape
      if covered.isScalar {
        throw TensorError(
          .index, "subscript", "a single truth value is not a mask",
          hint: "a mask has one truth value for each element, as in x[x .> 0]; use where(flag, a, b) to choose by one")
      }
      guard covered.rank == 1 || indices.count == 1 && covered.rank > 0 else {
        throw TensorError(
          .index, "subscript", "a mask of shape \(covered) among other indices",
          hint: "a mask of several axes stands alone: x[mask]; use where(mask, a, b) to choose element by element")
      }
      if covered.rank > 1 {
        guard x.shape.dimensions.prefix(covered.rank) == covered.dimensions[...] else {
          throw TensorError(
            .shape, "subscript", "a mask of shape \(covered) does not fit a tensor of shape \(shape)",
            hint: "a mask has the sizes of the axes that it covers")
        }
        x = x.reshaped(to: Shape([covered.count] + x.shape.dimensions.dropFirst(covered.rank)))
      }
      let flags = try mask.hostValue().elements(as: Bool.self)
      let places = Tensor(flags.indices.filter { flags[$0] }.map(Int64.init))
      resolved.append(TensorIndex(.places(places, size: flags.count)))
    }
    return (x, resolved)
  }
}

// MARK: - Writing

extension Tensor {
  private mutating func select(_ indices: [TensorIndex], _ newValue: Tensor) {
    if isInvalid || newValue.isInvalid {
      self = poisoned("subscript")
      return
    }
    do throws(TensorError) {
      if try selectInPlace(indices, newValue) { return }
      let (x, value) = try sharingDType("subscript", self, newValue)
      let (target, indices) = try x.settled.resolvingMasks(indices)
      let selection = try Selection(indices, of: target.shape)
      let elements = try value.settled.filling(selection, beside: target)
      self =
        selection.tensors.isEmpty
        ? UpdateSlice(axes: selection.slices).bind(target, elements)
        : try naming("subscript") { target.replacing(selection, elements).reshaped(to: x.shape) }
    } catch {
      self = invalidTensor(error)
    }
  }

  /// Elements broadcast to what a selection takes, without its new axes.
  private func filling(_ selection: Selection, beside target: Tensor) throws(TensorError) -> Tensor {
    let (own, part) = (shape, Shape(selection.result))
    guard Shape.broadcast(own, part) == part else {
      throw TensorError(
        .shape, "subscript", "a tensor of shape \(own) does not fit a part of shape \(part)",
        hint: "its shape must broadcast to that of the part")
    }
    return lifted(beside: target).broadcast(to: part, for: "subscript").reshaped(to: Shape(selection.gathered))
  }

  /// Writes a slice into this tensor's own memory, which is copied only when it is shared. False when it is traced, when an
  /// index is a tensor, and when this tensor is a literal that has to adopt another element type.
  private mutating func selectInPlace(_ indices: [TensorIndex], _ newValue: Tensor) throws(TensorError) -> Bool {
    if isTraced || newValue.isTraced { return false }
    for index in indices { if case .tensor = index.kind { return false } }
    let (type, isLiteral) = (type, isLiteral && newValue.isLiteral)
    let value = try newValue.literal(adopting: type.dtype, "subscript")
    guard value.dtype == type.dtype else { return false }
    let selection = try Selection(indices, of: type.shape)
    guard let elements = try value.filling(selection, beside: newValue).host else { return false }
    let view = sliceView(selection.slices, of: type.shape)
    return try writeHost(staysLiteral: isLiteral) { (host) throws(TensorError) in
      try host.write(elements, at: view)
      return true
    }
  }

  /// With the elements that index tensors name replaced.
  private func replacing(_ selection: Selection, _ elements: Tensor) -> Tensor {
    let slice = sliced(selection.slices)
    let sliced = selection.sliced
    let merged = slice.reshaped(to: selection.merged(sliced))
    let axis = selection.tensorAxis
    let count = selection.tensors[0].count
    var sizes = merged.shape.dimensions
    sizes[axis] = count
    let indices = selection.linearIndices(sliced).reshaped(to: [count])
    let scattered = Scatter(axis: axis).bind([merged, elements.reshaped(to: Shape(sizes)), indices])
    let replaced = scattered[0].reshaped(to: sliced)
    if sliced == shape { return replaced }
    return UpdateSlice(axes: selection.slices).bind(self, replaced)
  }

  /// An element of a traced vector: one slice, without the general way's selection.
  private func tracedElement(_ index: Int) -> Tensor? {
    guard isTraced else { return nil }
    let shape = shape
    guard shape.rank == 1 else { return nil }
    let position = index < 0 ? index &+ shape[0] : index
    return (0..<shape[0]).contains(position) ? Slice(axes: [AxisSlice(index: position)]).bind(self) : nil
  }

  /// An element that the closure finds among this tensor's numbers.
  @inline(__always)
  private func element(_ find: (HostTensor) -> Double?) -> Tensor? {
    replacingNumbers { find($0).map { HostTensor(.float64($0)) } }
  }

  /// Writes a number by the closure into this tensor's own numbers. False when it has none, or the closure says so.
  @inline(__always)
  private mutating func setElement(_ newValue: Tensor, _ write: (inout HostTensor, Double) -> Bool) -> Bool {
    guard let value = newValue.host, case .float64(let number) = value.representation else { return false }
    return writeHost(staysLiteral: newValue.isLiteral) { write(&$0, number) }
  }
}
