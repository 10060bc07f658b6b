import Engines

// Functions that are called: of the C library, of a vector library, of the host.

extension FunctionEmitter {
  /// A call of a function of the C library, or of its vector form where there is one.
  func mathCall(_ name: String, _ arguments: [ScalarCode]) -> ScalarCode {
    let dtype = arguments[0].dtype
    let symbol = dtype == .float32 ? name + "f" : name
    if let result = vectorCall(symbol, arguments) { return result }
    let function = module.scalarFunction(symbol, dtype, arguments.count)
    return eachPlace(arguments) { places in
      let list = places.map { "\(dtype.register) \($0.parts[0])" }.joined(separator: ", ")
      return ScalarCode(dtype, [add("call \(dtype.register) \(function)(\(list)) #1")], lanes: 1)
    }
  }

  /// A call of a vector library's function, or two of them where that takes half as many numbers; `nil` where it has none.
  private func vectorCall(_ symbol: String, _ arguments: [ScalarCode]) -> ScalarCode? {
    let (dtype, lanes) = (arguments[0].dtype, arguments[0].lanes)
    if lanes == 1 { return nil }
    if let vector = module.vectorFunction(symbol, dtype, lanes, arguments.count) {
      let type = laneType(dtype.register, lanes)
      let list = arguments.map { "\(type) \($0.parts[0])" }.joined(separator: ", ")
      return ScalarCode(dtype, [add("call \(type) \(vector)(\(list)) #1")], lanes: lanes)
    }
    guard lanes > 2, lanes % 2 == 0 else { return nil }
    func half(_ first: Int) -> ScalarCode? {
      guard module.processor.vectorFunction(symbol, dtype, lanes / 2, arguments.count) != nil else { return nil }
      return vectorCall(symbol, arguments.map { picked($0, from: first, step: 1, count: lanes / 2) })
    }
    guard let low = half(0), let high = half(lanes / 2) else { return nil }
    let type = laneType(dtype.register, lanes / 2)
    let places = (0..<lanes).map { "i32 \($0)" }.joined(separator: ", ")
    return ScalarCode(
      dtype, [add("shufflevector \(type) \(low.parts[0]), \(type) \(high.parts[0]), <\(lanes) x i32> <\(places)>")],
      lanes: lanes)
  }

  /// A function of the host, which is one of doubles; several numbers at once by its vector form, where it has one.
  func call(_ routine: ScalarRoutine, _ given: [ScalarCode], _ dtype: DType) -> ScalarCode {
    let lanes = given.map(\.lanes).max() ?? 1
    let arguments = given.map { spread($0, to: lanes) }
    if lanes > 1, module.processor.usesVectorMath {
      switch routine.many {
      case .library(let name):
        let symbol = dtype == .float32 ? name + "f" : name
        if let result = vectorCall(symbol, arguments.map { convert($0, dtype) }) { return result }
      case .form(let form):
        let result = together(
          routine.name, arguments.map { convert($0, .float64) }, isValid: form.isValid, values: [form.value]
        ) { $0.callAlone(routine, $1) }
        return convert(result, dtype)
      case nil: break
      }
    }
    return eachPlace(arguments) { convert(callAlone(routine, $0), dtype) }
  }

  /// A call for one number.
  private func callAlone(_ routine: ScalarRoutine, _ arguments: [ScalarCode]) -> ScalarCode {
    let function = module.routine(routine)
    let list = arguments.map { "double \(convert($0, .float64).parts[0])" }.joined(separator: ", ")
    return ScalarCode(.float64, [add("call double \(function)(\(list)) #1")], lanes: 1)
  }

  /// What a closure makes of each place, put side by side again.
  func eachPlace(_ arguments: [ScalarCode], _ body: ([ScalarCode]) -> ScalarCode) -> ScalarCode {
    let lanes = arguments[0].lanes
    return gathered((0..<lanes).map { lane in body(arguments.map { place(lane, of: $0) }) })
  }
}
