/// A sum of products in Einstein's notation: `einsum("ij,jk->ik", a, b)` is the matrix product.
///
/// Each operand has one label, a letter, for each axis. Axes with one label have one size and run together. Labels that are
/// not in the result are summed over; a label that an operand has twice takes its diagonal. `...` stands for any number of
/// leading (or middle) axes, which broadcast. Without `->` the result has the labels that occur once, in alphabetical order.
/// Operands are multiplied from left to right; put them in a good order. Complex numbers are not conjugated.
public func einsum(_ notation: String, _ operands: Tensor...) -> Tensor { einsum(notation, operands) }

/// A sum of products in Einstein's notation of operands in an array.
public func einsum(_ notation: String, _ operands: [Tensor]) -> Tensor {
  if operands.contains(where: \.isInvalid) { return poisoned("einsum") }
  return reporting { () throws(TensorError) in
    let operands = try sharingDType("einsum", operands)
    let parsed = try EinsteinNotation(notation, shapes: operands.map(\.shape))
    let sizes = try labelSizes(parsed, operands.map(\.shape), notation)
    var terms: [Labelled] = []
    for (labels, tensor) in zip(parsed.operands, operands) {
      var term = Labelled(tensor: tensor, labels: labels)
      term.takeDiagonals()
      term.dropStretchedAxes(sizes)
      terms.append(term)
    }
    guard var product = terms.first else {
      throw TensorError(.value, "einsum", "there are no operands", hint: "give at least one")
    }
    for (index, term) in terms.enumerated().dropFirst() {
      let later = Set(terms[(index + 1)...].flatMap(\.labels)).union(parsed.result)
      product.multiply(by: term, keeping: later)
    }
    product.sum(keeping: Set(parsed.result))
    return product.arranged(parsed.result, sizes)
  }
}

/// The size of each label.
private func labelSizes(
  _ notation: EinsteinNotation, _ shapes: [Shape], _ text: String
) throws(TensorError) -> [EinsteinNotation.Label: Int] {
  var sizes: [EinsteinNotation.Label: Int] = [:]
  for (position, (labels, shape)) in zip(notation.operands, shapes).enumerated() {
    for (label, size) in zip(labels, shape.dimensions) {
      let known = sizes[label] ?? size
      if case .ellipsis = label, known == 1 || size == 1 {
        sizes[label] = known == 1 ? size : known
        continue
      }
      guard known == size else {
        throw TensorError(
          .shape, "einsum",
          "label \(label) of \"\(text)\" has size \(known), and size \(size) in operand \(position) of shape \(shape)",
          hint: "axes with one label must have one size")
      }
      sizes[label] = size
    }
  }
  return sizes
}

/// A tensor with a label for each axis.
private struct Labelled {
  var tensor: Tensor
  var labels: [EinsteinNotation.Label]

  /// Takes the diagonal of axes with one label.
  mutating func takeDiagonals() {
    var place = 0
    while place < labels.count {
      if let second = labels[(place + 1)...].firstIndex(of: labels[place]) {
        tensor = tensor.diagonal(axes: (place, second))
        let label = labels[place]
        labels.remove(at: second)
        labels.remove(at: place)
        labels.append(label)
      } else {
        place += 1
      }
    }
  }

  /// Leaves out axes of size 1 that broadcast to a larger size.
  mutating func dropStretchedAxes(_ sizes: [EinsteinNotation.Label: Int]) {
    if tensor.isInvalid { return }
    let shape = tensor.shape
    let stretched = labels.indices.filter { shape[$0] == 1 && sizes[labels[$0]] != 1 }
    if stretched.isEmpty { return }
    tensor = tensor.reshaped(to: shape.removing(stretched))
    labels = labels.indices.filter { !stretched.contains($0) }.map { labels[$0] }
  }

  /// Sums over the labels that are not kept.
  mutating func sum(keeping kept: Set<EinsteinNotation.Label>) {
    let axes = labels.indices.filter { !kept.contains(labels[$0]) }
    if axes.isEmpty { return }
    tensor = Sum(axes: axes).bind(tensor)
    labels.removeAll { !kept.contains($0) }
  }

  /// Multiplies by another term; labels that are not kept are summed over.
  mutating func multiply(by other: Labelled, keeping kept: Set<EinsteinNotation.Label>) {
    var other = other
    // What only one of the two has and nobody needs later is summed first: it makes the product smaller.
    sum(keeping: kept.union(other.labels))
    other.sum(keeping: kept.union(labels))
    let shared = labels.filter(other.labels.contains)
    let batch = shared.filter(kept.contains)
    let contracted = shared.filter { !kept.contains($0) }
    func places(_ wanted: [EinsteinNotation.Label], _ all: [EinsteinNotation.Label]) -> [Int] {
      wanted.compactMap { all.firstIndex(of: $0) }
    }
    tensor = DotGeneral(
      contracting: (places(contracted, labels), places(contracted, other.labels)),
      batch: (places(batch, labels), places(batch, other.labels))
    ).bind(tensor, other.tensor)
    labels = batch + labels.filter { !shared.contains($0) } + other.labels.filter { !shared.contains($0) }
  }

  /// The tensor with its axes in the order of the result, which broadcasts what an ellipsis covers.
  func arranged(_ result: [EinsteinNotation.Label], _ sizes: [EinsteinNotation.Label: Int]) -> Tensor {
    if tensor.isInvalid { return tensor }
    let order = result.compactMap { labels.firstIndex(of: $0) }
    let ordered = tensor.transposed(order)
    // Labels of which every operand was stretched away cannot be: a size above 1 comes from an operand that has it.
    let sizes = result.map { sizes[$0] ?? 1 }
    return ordered.shape.dimensions == sizes ? ordered : ordered.reshaped(to: Shape(sizes))
  }
}
