import Engines

// Several numbers at once where a form holds for all of them, else one after the other.

extension FunctionEmitter {
  /// A call of a function that computes several places by expressions where these are valid for all of them, else each by
  /// itself. It is a function of the module, since what computes one place is long.
  ///
  /// - Parameters:
  ///   - name: the name of the function for one place.
  ///   - values: the parts of the result, of the arguments' parts.
  ///   - alone: one place.
  func together(
    _ name: String, _ arguments: [ScalarCode], isValid: ScalarExpression, values: [ScalarExpression],
    _ alone: @escaping (FunctionEmitter, [ScalarCode]) -> ScalarCode
  ) -> ScalarCode {
    let (dtype, lanes) = (arguments[0].dtype, arguments[0].lanes)
    let type = laneType(dtype.part.register, lanes)
    let result =
      values.count == 1 ? type : "{ \([String](repeating: type, count: values.count).joined(separator: ", ")) }"
    let function = module.form("\(name) \(dtype) \(lanes)") { symbol in
      var names: [String] = []
      let emitter = FunctionEmitter(module, status: "poison")
      let own = arguments.map { argument in
        let parts = argument.parts.map { _ in
          names.append("%x\(names.count)")
          return names[names.count - 1]
        }
        return ScalarCode(dtype, parts, lanes: lanes)
      }
      emitter.writeForm(own, result, isValid: isValid, values: values, alone)
      let parameters = names.map { "\(type) \($0)" }.joined(separator: ", ")
      return "define internal \(result) \(symbol)(\(parameters)) #0 {\nentry:\n" + emitter.text.entry
        + emitter.text.body
        + "}\n"
    }
    let list = arguments.flatMap(\.parts).map { "\(type) \($0)" }.joined(separator: ", ")
    let call = add("call \(result) \(function)(\(list))")
    if values.count == 1 { return ScalarCode(dtype, [call], lanes: lanes) }
    return ScalarCode(dtype, values.indices.map { add("extractvalue \(result) \(call), \($0)") }, lanes: lanes)
  }

  private func writeForm(
    _ arguments: [ScalarCode], _ result: String, isValid: ScalarExpression, values: [ScalarExpression],
    _ alone: @escaping (FunctionEmitter, [ScalarCode]) -> ScalarCode
  ) {
    let (part, lanes) = (arguments[0].dtype.part, arguments[0].lanes)
    let parts = arguments.flatMap { $0.parts.map { ScalarCode(part, [$0], lanes: lanes) } }
    func finish(_ parts: [String]) {
      if parts.count == 1 { return text.run("ret \(result) \(parts[0])") }
      let type = laneType(part.register, lanes)
      let all = parts.enumerated().reduce("poison") { all, part in
        add("insertvalue \(result) \(all), \(type) \(part.element), \(part.offset)")
      }
      text.run("ret \(result) \(all)")
    }
    let flags = laneType("i1", lanes)
    let holds = emit(isValid, parts, result: .bool).parts[0]
    let all = add("call i1 \(module.reduceAnd(lanes))(\(flags) \(holds))")
    let (fast, slow) = (text.label("together"), text.label("each"))
    text.branch(all, fast, slow)
    text.begin(fast)
    finish(values.map { emit($0, parts, result: part).parts[0] })
    text.begin(slow)
    finish(eachPlace(arguments) { alone(self, $0) }.parts)
  }
}
