import Engines

// Operations that libraries compute, of which the run time is one.

extension UnitEmitter {
  /// Writes the places of the elements along an axis in their order; the run time sorts.
  func writeArgSort(
    axis: Int, descending: Bool, _ type: TensorType, from operand: String, to result: String
  ) {
    if type.shape.dimensions.contains(0) { return }
    let lines = AxisLines(type.shape, axis: axis)
    let memory = reserve(LineSorting.scratchByteCount(lines.size))
    let arguments =
      "ptr \(operand), ptr \(result), i64 \(lines.outer), i64 \(lines.size), i64 \(lines.inner), "
      + "i32 \(descending ? 1 : 0), ptr \(memory)"
    function.run(
      "call void \(module.runtimeFunction(LineSorting.function(type.dtype)))(\(arguments))")
  }
}
