extension Tensor {
  /// A scalar with the element type of the Swift value.
  public init<Scalar: TensorScalar>(_ value: Scalar) { self.init(value.hostScalar) }

  /// A vector with the element type of the Swift values.
  public init<Scalar: TensorScalar>(_ values: [Scalar]) { self.init(shape: [values.count], scalars: values) }

  /// A matrix with the element type of the Swift values; all rows must have one length.
  public init<Scalar: TensorScalar>(_ rows: [[Scalar]]) {
    let width = rows.first?.count ?? 0
    self = reporting { () throws(TensorError) in
      for (index, row) in rows.enumerated() where row.count != width {
        throw TensorError(
          .shape, "Tensor",
          "row \(index) has \(row.count) \(row.count == 1 ? "element" : "elements") where row 0 has \(width)",
          hint: "all rows must have one length")
      }
      return Tensor(try HostTensor([rows.count, width], rows.flatMap { $0 }))
    }
  }

  /// A tensor with the given shape and elements in row-major order; their number must be that of the shape.
  public init<Scalar: TensorScalar>(shape: [Int], scalars: [Scalar]) {
    self = reporting { () throws(TensorError) in
      Tensor(try HostTensor(try Shape(checking: shape, for: "Tensor"), scalars))
    }
  }
}

extension Shape {
  /// A shape from sizes that may be invalid.
  package init(checking sizes: [Int], for operation: String) throws(TensorError) {
    if let axis = sizes.firstIndex(where: { $0 < 0 }) {
      throw TensorError(
        .shape, operation, "size \(sizes[axis]) of axis \(axis) in \(sizes) is negative", hint: "sizes are at least 0")
    }
    self.init(sizes)
  }
}
