// What element types primitives of all families ask for.

/// Checks that there is one operand, and that its elements have an order.
func checkOrdered(_ operands: [TensorType], _ operation: String) throws(TensorError) {
  guard operands.count == 1 else {
    throw TensorError(.program, operation, "takes one operand, not \(operands.count)")
  }
  let dtype = operands[0].dtype
  guard dtype.isReal || dtype.isInteger else {
    throw TensorError(
      .dtype, operation, "is not defined for \(dtype), which has no order",
      hint: dtype.isComplex ? "compare magnitudes or real parts" : "convert first: x.asType(.int64)")
  }
}

/// Checks that elements are numbers, not `bool`.
func checkNumeric(_ operand: TensorType, _ operation: String) throws(TensorError) {
  guard operand.dtype == .bool else { return }
  throw TensorError(
    .dtype, operation, "is not defined for bool", hint: "convert first: x.asType(.int64) makes true 1 and false 0")
}
