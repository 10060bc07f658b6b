import Engines

// Tensors of which few elements change: they may be written where they are.

extension UnitEmitter {
  /// Copies bytes, unless source and destination are one place, which is seen here or when the code runs.
  func copyUnlessSame(_ byteCount: Int, from source: String, to destination: String) {
    if source == destination || byteCount == 0 { return }
    function.text.when(function.add("icmp ne ptr \(source), \(destination)")) {
      copy(byteCount, from: source, to: destination)
    }
  }

  /// Writes parts over the first operand.
  func writeUpdate(_ insertion: Insertion, _ operands: [TensorType], from pointers: [String], to result: String) {
    copyUnlessSame(operands[0].byteCount ?? 0, from: pointers[0], to: result)
    let (type, strides) = (operands[0], operands[0].shape.strides)
    let (dtype, partCount) = (type.dtype.part, type.dtype.partCount)
    for (part, source) in zip(insertion.parts, pointers.dropFirst()) {
      if part.contains(where: { $0.count == 0 }) { continue }
      let first = zip(part, strides).reduce(0) { $0 + $1.0.start * $1.1 }
      /// The loops over the axes from one on; `to` and `from` are the places so far, in elements.
      func write(_ axis: Int, to: String, from: String) {
        guard axis < part.count else {
          for number in 0..<partCount {
            func address(_ base: String, _ place: String) -> String {
              function.address(base, function.place(place, partCount, "\(number)"), dtype)
            }
            function.store(function.load(dtype, at: address(source, from)), at: address(result, to))
          }
          return
        }
        let place = part[axis]
        if place.count == 1 { return write(axis + 1, to: to, from: from) }
        function.text.loop(from: "0", to: "\(place.count)") { index in
          let offset = function.add("mul i64 \(index), \(place.step * strides[axis])")
          write(
            axis + 1, to: function.add("add i64 \(to), \(offset)"), from: function.place(from, place.count, index))
        }
      }
      write(0, to: "\(first)", from: "0")
    }
  }
}
