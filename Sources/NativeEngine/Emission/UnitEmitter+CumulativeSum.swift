import Engines

extension UnitEmitter {
  /// Writes running sums along an axis, added in the order of the axis.
  func writeCumulativeSum(
    axis: Int, reversed: Bool, _ type: TensorType, from operand: String, to result: String
  ) {
    if type.shape.dimensions.contains(0) { return }
    let lines = AxisLines(type.shape, axis: axis)
    // Complex numbers are added part by part.
    let dtype = type.dtype.part
    let width = lines.inner * type.dtype.partCount
    function.text.loop(from: "0", to: "\(lines.outer)") { slab in
      func row(_ step: String) -> String {
        let own = reversed ? function.add("sub i64 \(lines.size - 1), \(step)") : step
        return function.add("mul i64 \(function.place(slab, lines.size, own)), \(width)")
      }
      if width == 1 {
        let total = function.text.frame(dtype.register, alignment: 8)
        let first = row("0")
        let start = function.load(dtype, at: function.address(operand, first, dtype))
        function.store(start, at: function.address(result, first, dtype))
        function.store(start, at: total)
        function.text.loop(from: "1", to: "\(lines.size)") { step in
          let place = row(step)
          let element = function.load(dtype, at: function.address(operand, place, dtype))
          let sum = function.binary(.add, function.load(dtype, at: total), element)
          function.store(sum, at: total)
          function.store(sum, at: function.address(result, place, dtype))
        }
        return
      }
      let first = row("0")
      copy(
        width * dtype.byteCount, from: function.address(operand, first, dtype),
        to: function.address(result, first, dtype))
      function.text.loop(from: "1", to: "\(lines.size)") { step in
        let start = row(step)
        let before = function.add("\(reversed ? "add" : "sub") i64 \(start), \(width)")
        function.forEachElement(width, dtype) { index, lanes in
          func element(_ base: String, _ start: String) -> String {
            function.address(base, function.add("add i64 \(start), \(index)"), dtype)
          }
          let sum = function.binary(
            .add, function.load(dtype, at: element(result, before), lanes: lanes),
            function.load(dtype, at: element(operand, start), lanes: lanes))
          function.store(sum, at: element(result, start))
        }
      }
    }
  }
}
