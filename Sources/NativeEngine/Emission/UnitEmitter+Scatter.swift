import Engines

// What puts elements where integers say.

extension UnitEmitter {
  /// Writes elements added into zeros: the operand is [batches, rows, picked, inner], the indices [batches, picked], the
  /// result [batches, rows, size, inner]. Elements of one place are added in the order of their indices.
  func writeScatterAdd(
    axis: Int, batchRank: Int, _ operands: [TensorType], _ type: TensorType, from pointers: [String], to result: String
  ) {
    clear(type.byteCount ?? 0, at: result)
    scatter(
      axis: axis, batchRank: batchRank, type, indices: operands[1], from: pointers[0], at: pointers[1], to: result
    ) { function.binary(.add, $0(), $1) }
  }

  /// Writes elements over those of another tensor; see `Lowering.scatter`.
  func writeScatter(
    axis: Int, batchRank: Int, _ operands: [TensorType], from pointers: [String], to result: String
  ) {
    copyUnlessSame(operands[0].byteCount ?? 0, from: pointers[0], to: result)
    scatter(
      axis: axis, batchRank: batchRank, operands[0], indices: operands[2], from: pointers[1], at: pointers[2],
      to: result
    ) { $1 }
  }

  /// Puts elements where indices say; the closure makes the new element of what there is and what comes.
  private func scatter(
    axis: Int, batchRank: Int, _ type: TensorType, indices: TensorType, from operand: String, at numbers: String,
    to result: String, _ combined: (() -> ScalarCode, ScalarCode) -> ScalarCode
  ) {
    let batches = type.shape.dimensions[..<batchRank].reduce(1, &*)
    let rows = type.shape.dimensions[batchRank..<axis].reduce(1, &*)
    let lines = AxisLines(type.shape, axis: axis)
    let picked = indices.shape.dimensions[batchRank...].reduce(1, &*)
    if batches == 0 || picked == 0 { return }
    // Complex numbers are moved and added part by part.
    let (dtype, width) = (type.dtype.part, lines.inner &* type.dtype.partCount)
    let failure = FailureFlag(function)
    func place(_ batch: String, _ index: String) -> String {
      let own = function.address(numbers, function.place(batch, picked, index), indices.dtype)
      let (place, isInside) = function.place(ofIndex: function.load(indices.dtype, at: own), size: lines.size)
      failure.require(isInside)
      return place.parts[0]
    }
    function.text.loop(from: "0", to: "\(batches)") { batch in
      // Indices are looked at even where there is nothing to move.
      if rows == 0 || width == 0 || lines.size == 0 {
        function.text.loop(from: "0", to: "\(picked)") { _ = place(batch, $0) }
        return
      }
      function.text.loop(from: "0", to: "\(rows)") { row in
        let line = function.place(batch, rows, row)
        function.text.loop(from: "0", to: "\(picked)") { index in
          let to = function.place(line, lines.size, place(batch, index))
          let from = function.place(line, picked, index)
          let starts = [to, from].map { width == 1 ? $0 : function.add("mul i64 \($0), \(width)") }
          let bases = zip([result, operand], starts).map { function.address($0, $1, dtype) }
          function.forEachElement(width, dtype) { offset, lanes in
            let places = bases.map { function.address($0, offset, dtype) }
            let new = combined(
              { function.load(dtype, at: places[0], lanes: lanes) }, function.load(dtype, at: places[1], lanes: lanes))
            function.store(new, at: places[0])
          }
        }
      }
    }
    failure.note()
  }

  /// Fills memory with zeros.
  private func clear(_ byteCount: Int, at address: String) {
    if byteCount == 0 { return }
    let name = module.function(
      "@llvm.memset.p0.i64", declaration: "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)")
    function.run("call void \(name)(ptr \(address), i8 0, i64 \(byteCount), i1 false)")
  }
}
