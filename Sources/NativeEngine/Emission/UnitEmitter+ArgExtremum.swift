import Engines

extension UnitEmitter {
  /// Writes the first place of the largest or smallest element of each line along an axis, or of its first `nan`.
  func writeArgExtremum(
    axis: Int, isLargest: Bool, _ type: TensorType, from operand: String, to result: String
  ) {
    if type.shape.dimensions.contains(0) { return }
    let lines = AxisLines(type.shape, axis: axis)
    let search = ExtremumSearch(function, type.dtype, isLargest: isLargest)
    let width = module.processor.width
    function.text.loop(from: "0", to: "\(lines.outer)") { slab in
      let base = function.add("mul i64 \(slab), \(lines.size * lines.inner)")
      if lines.inner == 1 && lines.size >= 4 * width {
        search.writeLine(lines.size, width, from: operand, base, to: result, slab)
        return
      }
      // Lines side by side.
      let whole = lines.inner / width * width
      func columns(from first: Int, to end: Int, lanes: Int) {
        function.text.loop(from: "\(first)", to: "\(end)", step: lanes) { column in
          search.begin(at: function.address(operand, function.add("add i64 \(base), \(column)"), type.dtype), lanes)
          function.text.loop(from: "1", to: "\(lines.size)") { step in
            let place = function.add("add i64 \(base), \(function.place(step, lines.inner, column))")
            search.meet(
              function.load(type.dtype, at: function.address(operand, place, type.dtype), lanes: lanes),
              at: ScalarCode(.int64, [step], lanes: 1))
          }
          let line = function.place(slab, lines.inner, column)
          function.store(search.best(lanes).place, at: function.address(result, line, .int64))
        }
      }
      if whole > 0 { columns(from: 0, to: whole, lanes: width) }
      if whole < lines.inner { columns(from: whole, to: lines.inner, lanes: 1) }
    }
  }
}

/// The best elements so far and their places, in the function's frame, from where LLVM puts them into registers.
private struct ExtremumSearch {
  private let function: FunctionEmitter
  private let dtype: DType
  private let isLargest: Bool
  private let element: String
  private let place: String

  init(_ function: FunctionEmitter, _ dtype: DType, isLargest: Bool) {
    self.function = function
    self.dtype = dtype
    self.isLargest = isLargest
    let width = function.module.processor.width
    element = function.text.frame(laneType(dtype.register, width))
    place = function.text.frame(laneType("i64", width))
  }

  /// Begins with elements, at place 0.
  func begin(at address: String, _ lanes: Int) {
    set(
      function.load(dtype, at: address, lanes: lanes), function.spread(function.constant(0, .int64), to: lanes))
  }

  private func set(_ best: ScalarCode, _ at: ScalarCode) {
    function.store(best, at: element)
    function.store(at, at: place)
  }

  func best(_ lanes: Int) -> (element: ScalarCode, place: ScalarCode) {
    (function.load(dtype, at: element, lanes: lanes), function.load(.int64, at: place, lanes: lanes))
  }

  /// Compares with elements that come later.
  func meet(_ other: ScalarCode, at position: ScalarCode) {
    let (known, at) = best(other.lanes)
    let isBetter = replaces(other, known)
    set(function.select(isBetter, other, known), function.select(isBetter, position, at))
  }

  /// Whether an element comes before the best one so far: a `nan` before every number, and none before a `nan`.
  private func replaces(_ other: ScalarCode, _ known: ScalarCode) -> ScalarCode {
    let type = laneType(dtype.register, other.lanes)
    if !dtype.isReal { return isLargest ? function.binary(.less, known, other) : function.binary(.less, other, known) }
    let better = function.add("fcmp \(isLargest ? "ugt" : "ult") \(type) \(other.parts[0]), \(known.parts[0])")
    return function.binary(
      .and, ScalarCode(.bool, [better], lanes: other.lanes), function.binary(.equal, known, known))
  }

  /// One line that is contiguous: every lane has the elements of its own places, and the best of them are compared.
  func writeLine(
    _ size: Int, _ width: Int, from operand: String, _ base: String, to result: String, _ line: String
  ) {
    let whole = size / width * width
    begin(at: function.address(operand, base, dtype), width)
    func address(_ index: String) -> String {
      function.address(operand, function.add("add i64 \(base), \(index)"), dtype)
    }
    function.text.loop(from: "\(width)", to: "\(whole)", step: width) { index in
      meet(
        function.load(dtype, at: address(index), lanes: width),
        at: function.spread(ScalarCode(.int64, [index], lanes: 1), to: width))
    }
    // The places were those of the first lane.
    let (elements, starts) = best(width)
    let candidates = (0..<width).map { lane in
      let start = function.place(lane, of: starts)
      return (
        function.place(lane, of: elements),
        function.binary(.add, start, ScalarCode(.int64, ["\(lane)"], lanes: 1))
      )
    }
    set(candidates[0].0, candidates[0].1)
    for (other, at) in candidates.dropFirst() {
      let (known, place) = best(1)
      var ties = function.binary(.equal, other, known)
      if dtype.isReal {
        let bothNaN = function.unary(
          .not, function.binary(.or, function.binary(.equal, other, other), function.binary(.equal, known, known)))
        ties = function.binary(.or, ties, bothNaN)
      }
      let isFirst = function.binary(.and, ties, function.binary(.less, at, place))
      let isBetter = function.binary(.or, replaces(other, known), isFirst)
      set(function.select(isBetter, other, known), function.select(isBetter, at, place))
    }
    for index in whole..<size {
      meet(function.load(dtype, at: address("\(index)")), at: ScalarCode(.int64, ["\(index)"], lanes: 1))
    }
    function.store(best(1).place, at: function.address(result, line, .int64))
  }
}
