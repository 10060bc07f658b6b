import Engines

// How elements are combined in registers.

extension Combination {
  /// What changes nothing when it is combined with a number.
  func neutral(_ dtype: DType, _ function: FunctionEmitter) -> ScalarCode {
    switch self {
    // Not 0, which would make a sum of negative zeros positive.
    case .sum: return function.constant(dtype.isReal || dtype.isComplex ? -0.0 : 0, dtype).negatingBothZeros
    case .product: return function.constant(1, dtype)
    case .all: return function.constant(1, .bool)
    case .any: return function.constant(0, .bool)
    case .maximum, .minimum:
      if dtype.isReal { return function.constant(self == .maximum ? -.infinity : .infinity, dtype) }
      let bits = dtype == .int32 ? 32 : 64
      let limit = self == .maximum ? Int64.min >> (64 - bits) : Int64.max >> (64 - bits)
      return ScalarCode(dtype, ["\(limit)"], lanes: 1)
    }
  }

  /// The result where there is nothing to combine.
  func empty(_ dtype: DType, _ function: FunctionEmitter) -> ScalarCode {
    self == .sum ? function.constant(0, dtype) : neutral(dtype, function)
  }

  /// Two numbers, combined.
  func combined(_ a: ScalarCode, _ b: ScalarCode, _ function: FunctionEmitter) -> ScalarCode {
    switch self {
    case .sum: return function.binary(.add, a, b)
    case .product: return function.binary(.multiply, a, b)
    case .all: return function.binary(.and, a, b)
    case .any: return function.binary(.or, a, b)
    case .maximum, .minimum:
      let isBetter = self == .maximum ? function.binary(.less, a, b) : function.binary(.less, b, a)
      let better = function.select(isBetter, b, a)
      if !a.dtype.isReal { return better }
      let isNumber = function.binary(.equal, b, b)
      return function.select(isNumber, better, b)
    }
  }
}

extension ScalarCode {
  /// A complex zero whose imaginary part is negative, too.
  fileprivate var negatingBothZeros: ScalarCode {
    dtype.isComplex ? ScalarCode(dtype, [parts[0], parts[0]], lanes: lanes) : self
  }
}

/// A number that loops combine into, in the function's frame, from where LLVM puts it into registers.
struct Accumulator {
  let combination: Combination
  let dtype: DType
  let lanes: Int
  private let slots: [String]

  init(_ combination: Combination, _ dtype: DType, lanes: Int, _ function: FunctionEmitter) {
    self.combination = combination
    self.dtype = dtype
    self.lanes = lanes
    slots = (0..<dtype.partCount).map { _ in
      function.text.frame(laneType(dtype.register, lanes), alignment: 64)
    }
  }

  /// Begins anew.
  func reset(_ function: FunctionEmitter) {
    write(function.spread(combination.neutral(dtype, function), to: lanes), function)
  }

  /// Combines with one more.
  func add(_ value: ScalarCode, _ function: FunctionEmitter) {
    write(combination.combined(read(function), function.spread(value, to: lanes), function), function)
  }

  /// What there is so far.
  func read(_ function: FunctionEmitter) -> ScalarCode {
    ScalarCode(
      dtype, slots.map { function.add("load \(laneType(dtype.register, lanes)), ptr \($0), align 8") }, lanes: lanes)
  }

  private func write(_ value: ScalarCode, _ function: FunctionEmitter) {
    for (slot, part) in zip(slots, value.parts) {
      function.run("store \(laneType(dtype.register, lanes)) \(part), ptr \(slot), align 8")
    }
  }
}

extension FunctionEmitter {
  /// Several accumulators of as many places each, combined into one number: first one with another, then half of the
  /// places with the other half.
  func total(_ accumulators: [Accumulator]) -> ScalarCode {
    var values = accumulators.map { $0.read(self) }
    let combination = accumulators[0].combination
    while values.count > 1 {
      let half = (values.count + 1) / 2
      values = (0..<half).map { index in
        index + half < values.count ? combination.combined(values[index], values[index + half], self) : values[index]
      }
    }
    var places = (0..<values[0].lanes).map { place($0, of: values[0]) }
    while places.count > 1 {
      let half = places.count / 2
      places = (0..<half).map { combination.combined(places[$0], places[$0 + half], self) }
    }
    return places[0]
  }
}
