import Engines

extension UnitEmitter {
  /// Writes totals along an axis, each made of the one before it and of the operands at its place; several lines side by
  /// side where they lie so.
  func writeRunning(
    _ combination: RunningCombination, axis: Int, reversed: Bool, _ type: TensorType, from operands: [String],
    to result: String
  ) {
    if type.shape.dimensions.contains(0) { return }
    let lines = AxisLines(type.shape, axis: axis)
    let dtype = type.dtype
    function.text.loop(from: "0", to: "\(lines.outer)") { slab in
      function.forEachElement(lines.inner, dtype) { index, lanes in
        let total = RunningTotal(function, combination.isRounding ? dtype.widened : dtype, lanes)
        func element(_ base: String, at step: String) -> String {
          let own = reversed ? function.add("sub i64 \(lines.size - 1), \(step)") : step
          let row = function.add("mul i64 \(function.place(slab, lines.size, own)), \(lines.inner)")
          return function.address(base, function.add("add i64 \(row), \(index)"), dtype)
        }
        func load(_ operand: String, at step: String) -> ScalarCode {
          function.convert(function.load(dtype, at: element(operand, at: step), lanes: lanes), total.dtype)
        }
        func set(_ value: ScalarCode, at step: String) {
          total.write(value)
          function.store(function.convert(value, dtype), at: element(result, at: step))
        }
        // What the first total is made of comes last among the operands.
        set(load(operands[operands.count - 1], at: "0"), at: "0")
        function.text.loop(from: "1", to: "\(lines.size)") { step in
          set(combination.next(total.read(), operands.map { load($0, at: step) }, function), at: step)
        }
      }
    }
  }
}

/// A total in the function's frame, from where LLVM puts it into registers.
private struct RunningTotal {
  let dtype: DType
  private let function: FunctionEmitter
  private let lanes: Int
  private let slots: [String]

  init(_ function: FunctionEmitter, _ dtype: DType, _ lanes: Int) {
    (self.function, self.dtype, self.lanes) = (function, dtype, lanes)
    slots = (0..<dtype.partCount).map { _ in
      function.text.frame(laneType(dtype.register, lanes), alignment: 64)
    }
  }

  func read() -> ScalarCode {
    let type = laneType(dtype.register, lanes)
    return ScalarCode(dtype, slots.map { function.add("load \(type), ptr \($0), align 8") }, lanes: lanes)
  }

  func write(_ value: ScalarCode) {
    let type = laneType(dtype.register, lanes)
    for (slot, part) in zip(slots, value.parts) { function.run("store \(type) \(part), ptr \(slot), align 8") }
  }
}

extension RunningCombination {
  /// Whether numbers are rounded, so that those of single precision are combined in double precision.
  fileprivate var isRounding: Bool {
    switch self {
    case .product, .linear: true
    case .maximum, .minimum: false
    }
  }

  /// The next total.
  fileprivate func next(
    _ total: ScalarCode, _ operands: [ScalarCode], _ function: FunctionEmitter
  ) -> ScalarCode {
    switch self {
    case .product: return function.binary(.multiply, total, operands[0])
    case .maximum: return Combination.maximum.combined(total, operands[0], function)
    case .minimum: return Combination.minimum.combined(total, operands[0], function)
    case .linear(let absorbsZeros):
      let product = function.binary(.multiply, operands[0], total)
      guard absorbsZeros else { return function.binary(.add, product, operands[1]) }
      let zero = function.constant(0, total.dtype)
      let isZero = function.binary(
        .or, function.binary(.equal, operands[0], zero), function.binary(.equal, total, zero))
      return function.binary(.add, function.select(isZero, zero, product), operands[1])
    }
  }
}

extension DType {
  /// The type in which numbers of single precision are combined.
  fileprivate var widened: DType {
    switch self {
    case .float32: .float64
    case .complex64: .complex128
    default: self
    }
  }
}
