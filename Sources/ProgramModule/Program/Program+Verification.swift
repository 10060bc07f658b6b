extension Program {
  /// Checks the invariants.
  ///
  /// - Throws: an error that names the first equation or variable that is not well formed.
  public func verify() throws(TensorError) {
    var isDefined = [Bool](repeating: false, count: types.count)
    func define(_ variable: Int, _ what: String) throws(TensorError) {
      guard isDefined.indices.contains(variable) else {
        throw malformed("\(what) is variable \(variable) of \(types.count)")
      }
      if isDefined[variable] { throw malformed("\(what) defines variable \(variable) again") }
      isDefined[variable] = true
    }
    func use(_ variable: Int32, _ what: String) throws(TensorError) {
      guard isDefined.indices.contains(Int(variable)), isDefined[Int(variable)] else {
        throw malformed("\(what) uses variable \(variable) before it is defined")
      }
    }
    for (variable, type) in types.enumerated() {
      if type.shape.hasNegativeSize { throw malformed("variable \(variable) of type \(type) has a negative size") }
      guard let bytes = type.byteCount, bytes <= Self.largestByteCount else {
        throw malformed("variable \(variable) of type \(type) is larger than any memory")
      }
    }
    for input in inputs { try define(Int(input), "an input") }
    for constant in constants {
      try define(Int(constant.variable), "a constant")
      let type = types[Int(constant.variable)]
      if constant.value.type != type {
        throw malformed("constant \(constant.variable) of type \(type) holds \(constant.value.type)")
      }
    }
    for (index, equation) in equations.enumerated() {
      let what = "equation \(index) (\(type(of: equation.primitive).name))"
      guard operandTable.indices.contains(equation.operandRange) || equation.operandRange.isEmpty else {
        throw malformed("\(what) has operands outside the operand table")
      }
      for operand in operands(of: equation) { try use(operand, what) }
      let stated = try equation.primitive.resultTypes(of: operands(of: equation).map { types[Int($0)] })
      for result in equation.results { try define(result, what) }
      let kept = equation.results.map { types[$0] }
      if stated != kept { throw malformed("\(what) gives \(stated) but its variables have types \(kept)") }
    }
    for output in outputs { try use(output, "the list of outputs") }
  }

  /// More than a processor can address, and so little that sums of sizes do not overflow.
  private static var largestByteCount: Int { 1 << 47 }

  private func malformed(_ message: String) -> TensorError { TensorError(.program, "program \(name)", message) }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
