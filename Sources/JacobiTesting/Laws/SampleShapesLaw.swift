import Jacobi

/// The samples of a primitive have scalars, empty tensors and sizes of 1, where the primitive takes them; so that the
/// other laws are checked there too.
public struct SampleShapesLaw: Law {
  public static let name = "sample shapes"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    guard subject.dtype == subject.sample.dtypes.first else { return }
    let samples = type(of: subject.primitive).samples.map { $0.operands.map(\.shape) }
    func demand(_ what: String, _ shapes: [[Shape]], where holds: ([Shape]) -> Bool) throws {
      let taken = shapes.first { shapes in
        let types = zip(subject.types, shapes).map { TensorType($0.dtype, $1) }
        return holds(shapes) && (try? subject.primitive.resultTypes(of: types)) != nil
      }
      try subject.expect(
        taken == nil || samples.contains(where: holds),
        "no sample has \(what), but operands of shapes \(taken ?? []) are taken")
    }
    let own = subject.sample.operands.map(\.shape)
    try demand("a scalar", [own.map { _ in Shape.scalar }]) { $0.contains(where: \.isScalar) }
    try demand("an empty operand", resized(own, to: 0)) { $0.contains { $0.dimensions.contains(0) } }
    try demand("a size of 1", resized(own, to: 1)) { $0.contains { $0.dimensions.contains(1) } }
  }

  /// The shapes with each size, wherever it stands, replaced; and with all sizes replaced.
  private func resized(_ shapes: [Shape], to size: Int) -> [[Shape]] {
    let sizes = Set(shapes.flatMap(\.dimensions))
    let replaced = sizes.map { old in shapes.map { Shape($0.dimensions.map { $0 == old ? size : $0 }) } }
    let single = shapes.indices.flatMap { operand in
      shapes[operand].dimensions.indices.map { axis in
        var changed = shapes
        var dimensions = shapes[operand].dimensions
        dimensions[axis] = size
        changed[operand] = Shape(dimensions)
        return changed
      }
    }
    return replaced + single + [shapes.map { Shape($0.dimensions.map { _ in size }) }]
  }
}
