import Engines

extension UnitEmitter {
  /// Writes a sum of whole tensors and of parts, which are added where they lie.
  func accumulate(_ sum: Accumulation, _ operation: Graph.Operation, _ operands: [String], to result: String) {
    let type = graph.values[operation.results[0]].type
    let byteCount = type.byteCount ?? 0
    if byteCount == 0 { return }
    if sum.wholeCount > 0 {
      copy(byteCount, from: operands[0], to: result)
    } else {
      let name = module.function(
        "@llvm.memset.p0.i64", declaration: "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)")
      function.run("call void \(name)(ptr \(result), i8 0, i64 \(byteCount), i1 false)")
    }
    let everywhere = type.shape.dimensions.map { Insertion.Region(start: 0, count: $0) }
    for index in 0..<operands.count where index > 0 || sum.wholeCount == 0 {
      let places = index < sum.wholeCount ? everywhere : sum.parts[index - sum.wholeCount]
      add(operation.operands[index], operands[index], at: places, to: result, type)
    }
  }

  /// Adds a part.
  private func add(
    _ value: Int, _ operand: String, at places: [Insertion.Region], to result: String, _ type: TensorType
  ) {
    let strides = type.shape.strides
    var offset = 0
    var axes: [(count: Int, stride: Int)] = []
    for (place, stride) in zip(places, strides) {
      offset += place.start * stride
      if place.count != 1 { axes.append((place.count, place.step * stride)) }
    }
    if axes.contains(where: { $0.count == 0 }) { return }
    func add(_ axis: Int, _ source: String, _ target: String) {
      guard axis < axes.count else {
        let term =
          graph.values[value].type.shape.isScalar
          ? scalar(value) : function.load(type.dtype, at: function.address(operand, source, type.dtype))
        let address = function.address(result, target, type.dtype)
        function.store(function.binary(.add, function.load(type.dtype, at: address), term), at: address)
        return
      }
      let inner = axes[(axis + 1)...].reduce(1) { $0 * $1.count }
      function.text.loop(from: "0", to: "\(axes[axis].count)") { index in
        let from = function.add("add i64 \(source), \(function.add("mul i64 \(index), \(inner)"))")
        let to = function.add("add i64 \(target), \(function.add("mul i64 \(index), \(axes[axis].stride)"))")
        add(axis + 1, from, to)
      }
    }
    add(0, "0", "\(offset)")
  }
}
