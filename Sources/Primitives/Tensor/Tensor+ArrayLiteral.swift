import ProgramModule

extension Tensor: ExpressibleByArrayLiteral {
  /// A tensor with the elements along a new first axis; nested literals make matrices and so on. All elements must have
  /// one shape, and one element type.
  public init(arrayLiteral elements: Tensor...) { self = Tensor.arrayLiteral(elements) }

  private static func arrayLiteral(_ elements: [Tensor]) -> Tensor {
    if elements.allSatisfy({ $0.isLiteral && $0.dtype == .float64 }) {
      return reporting { () throws(TensorError) in
        Tensor(.literal(try stackedLiterals(elements.compactMap(\.host))))
      }
    }
    return Tensor.stacked(elements)
  }

  private static func stackedLiterals(_ elements: [HostTensor]) throws(TensorError) -> HostTensor {
    guard let first = elements.first else { return try HostTensor([0], [Double]()) }
    for (index, element) in elements.enumerated() where element.shape != first.shape {
      throw TensorError(
        .shape, "array literal", "element \(index) has shape \(element.shape) where element 0 has \(first.shape)",
        hint: "all rows of a nested literal must have one length")
    }
    return try HostTensor(first.shape.prepending(elements.count), elements.flatMap { $0.elements(as: Double.self) })
  }
}
