import ProgramModule

extension Tensor: ExpressibleByArrayLiteral {
  /// A tensor with the elements along a new first axis; nested literals make matrices and so on. All elements must have
  /// one shape, and one element type.
  public init(arrayLiteral elements: Tensor...) { self = Tensor.arrayLiteral(elements) }

  private static func arrayLiteral(_ elements: [Tensor]) -> Tensor {
    if elements.allSatisfy({ $0.isLiteral && $0.dtype == .float64 }) {
      return reporting { () throws(TensorError) in
        if let integers = try exactIntegers(elements) {
          return Tensor(.integerLiteral(try stackedLiterals(integers, Int64.self)))
        }
        return Tensor(.literal(try stackedLiterals(elements.compactMap(\.host), Double.self)))
      }
    }
    if elements.contains(where: \.isInvalid) { return poisoned("array literal") }
    return reporting { () throws(TensorError) in
      do throws(TensorError) { return try Tensor.stacking(elements, axis: 0, "array literal") } catch {
        // Who writes tensors of different types between brackets means a list.
        var error = error
        error.hint = (error.hint.map { "\($0); " } ?? "") + "a list of tensors is written [x, y] as [Tensor]"
        throw error
      }
    }
  }

  /// All elements as int64 when one of them is an integer that a `Double` does not have, and all others are integers.
  private static func exactIntegers(_ elements: [Tensor]) throws(TensorError) -> [HostTensor]? {
    guard elements.contains(where: { $0.integerLiteral != nil }) else { return nil }
    var integers: [HostTensor] = []
    for element in elements {
      guard let exact = try? element.literal(adopting: .int64, "array literal").host else { return nil }
      integers.append(exact)
    }
    return integers
  }

  private static func stackedLiterals<Scalar: TensorScalar>(
    _ elements: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> HostTensor {
    guard let first = elements.first else { return try HostTensor([0], [Scalar]()) }
    for (index, element) in elements.enumerated() where element.shape != first.shape {
      throw TensorError(
        .shape, "array literal", "element \(index) has shape \(element.shape) where element 0 has \(first.shape)",
        hint: "all rows of a nested literal must have one length; a list of tensors is written [x, y] as [Tensor]")
    }
    return try HostTensor(first.shape.prepending(elements.count), elements.flatMap { $0.elements(as: Scalar.self) })
  }
}
