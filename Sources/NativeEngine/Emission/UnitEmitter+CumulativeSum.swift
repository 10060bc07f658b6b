import Engines

extension UnitEmitter {
  /// Writes running sums along an axis, added in the order of the axis; those of single precision in double precision.
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
      if dtype == .float32 {
        function.forEachElement(width, dtype) { index, lanes in
          let total = function.text.frame("[\(lanes) x double]", alignment: 64)
          func address(_ base: String, _ step: String) -> String {
            function.address(base, function.add("add i64 \(row(step)), \(index)"), dtype)
          }
          let start = function.load(dtype, at: address(operand, "0"), lanes: lanes)
          function.store(start, at: address(result, "0"))
          function.store(function.convert(start, .float64), at: total)
          function.text.loop(from: "1", to: "\(lines.size)") { step in
            let element = function.convert(function.load(dtype, at: address(operand, step), lanes: lanes), .float64)
            let sum = function.binary(.add, function.load(.float64, at: total, lanes: lanes), element)
            function.store(sum, at: total)
            function.store(function.convert(sum, dtype), at: address(result, step))
          }
        }
        return
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
