import Engines

// Whole numbers: places in memory, and indices that come from tensors.

extension FunctionEmitter {
  /// outer · size + inner: the place of an index behind another one.
  func place(_ outer: String, _ size: Int, _ inner: String) -> String {
    let start = size == 1 ? outer : add("mul i64 \(outer), \(size)")
    return inner == "0" ? start : add("add i64 \(start), \(inner)")
  }

  /// The place that an index names, which may count from the end: 0 for one that is outside; and whether it is inside.
  func place(ofIndex index: ScalarCode, size: Int) -> (place: ScalarCode, isInside: ScalarCode) {
    let wide = convert(index, .int64)
    let size = ScalarCode(.int64, ["\(size)"], lanes: 1)
    let zero = constant(0, .int64)
    let place = select(binary(.less, wide, zero), binary(.add, wide, size), wide)
    let isInside = binary(.and, binary(.lessOrEqual, zero, place), binary(.less, place, size))
    return (select(isInside, place, zero), isInside)
  }

  /// Writes code for consecutive elements: for several side by side as long as there are so many, then one by one.
  func forEachElement(_ count: Int, _ dtype: DType, _ write: (_ index: String, _ lanes: Int) -> Void) {
    let width = module.processor.width * (dtype.part.byteCount <= 4 ? 2 : 1)
    let whole = count / width * width
    if whole > 0 { text.loop(from: "0", to: "\(whole)", step: width) { write($0, width) } }
    if whole < count { text.loop(from: "\(whole)", to: "\(count)") { write($0, 1) } }
  }
}

/// The elements of a dense tensor as lines along one axis.
struct AxisLines {
  /// The number of places before the axis.
  let outer: Int
  /// The size of the axis.
  let size: Int
  /// The number of places behind the axis, which is the distance of elements of a line.
  let inner: Int

  init(_ shape: Shape, axis: Int) {
    outer = shape.dimensions[..<axis].reduce(1, &*)
    size = shape[axis]
    inner = shape.dimensions[(axis + 1)...].reduce(1, &*)
  }
}

/// A flag in the function's frame that says whether something went wrong in a loop, so that a failure is noted once.
struct FailureFlag {
  private let slot: String
  private let function: FunctionEmitter

  init(_ function: FunctionEmitter) {
    self.function = function
    slot = function.text.frame("i8", alignment: 1)
    function.run("store i8 0, ptr \(slot), align 1")
  }

  /// Sets it where a flag does not hold.
  func require(_ flag: ScalarCode) {
    let failed = function.convert(function.unary(.not, flag), .int32).parts[0]
    let before = function.add("load i8, ptr \(slot), align 1")
    let after = function.add("or i8 \(before), \(function.add("trunc i32 \(failed) to i8"))")
    function.run("store i8 \(after), ptr \(slot), align 1")
  }

  /// Notes the failure, if there was one.
  func note() {
    let flag = function.load(.bool, at: slot).parts[0]
    function.fail(where: flag, lanes: 1)
  }
}
