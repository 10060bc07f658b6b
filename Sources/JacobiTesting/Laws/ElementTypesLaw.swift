import Jacobi

/// The primitive takes the element types that its sample names, and refuses all others with an error that names them.
public struct ElementTypesLaw: Law {
  public static let name = "element types"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let sample = subject.sample
    _ = try subject.primitive.resultTypes(of: subject.types)
    // The other types are the same for each of the sample's, so that once is enough.
    guard subject.dtype == sample.dtypes.first, sample.operands.contains(where: { $0.dtype == nil }) else { return }
    for dtype in DType.allCases where !sample.dtypes.contains(dtype) {
      let operands = try OperandDrawing(sample, dtype, seed: subject.random.seed).tensors()
      do {
        let types = try subject.primitive.resultTypes(of: operands.map(\.type))
        throw subject.violation("\(dtype) is not among the sample's types, but it is taken; the results are \(types)")
      } catch let error as TensorError {
        try subject.expect(
          error.description.contains(dtype.description), "the error does not name \(dtype): \(error)")
      }
      try refuses(operands, dtype, &subject)
    }
  }

  /// The evaluation, which may have a short form without a check of its own, must refuse the type as well.
  private func refuses(_ operands: [Tensor], _ dtype: DType, _ subject: inout LawSubject) throws {
    var isRefused = false
    do {
      _ = try catchingTensorErrors {
        switch operands.count {
        case 1: [subject.primitive.bind(operands[0])]
        case 2: [subject.primitive.bind(operands[0], operands[1])]
        default: subject.primitive.bind(operands)
        }
      }
    } catch is TensorError {
      isRefused = true
    }
    try subject.expect(isRefused, "the evaluation takes \(dtype), which is refused by resultTypes(of:)")
  }
}
