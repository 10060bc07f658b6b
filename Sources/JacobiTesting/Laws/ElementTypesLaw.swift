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

  /// The short forms of the evaluation, which check the types themselves, must refuse the type as well.
  private func refuses(_ operands: [Tensor], _ dtype: DType, _ subject: inout LawSubject) throws {
    let primitive = subject.primitive
    let hosts = operands.compactMap { try? $0.hostValue() }
    var result: HostTensor?
    if hosts.count == 1 { result = try? primitive.evaluate(hosts[0]) }
    if hosts.count == 2 { result = try? primitive.evaluate(hosts[0], hosts[1]) }
    try subject.expect(result == nil, "the evaluation takes \(dtype), which is refused by resultTypes(of:)")
  }
}
