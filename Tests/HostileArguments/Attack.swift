import Jacobi

/// All operations with all inputs under all transforms, one after the other.
///
/// The law: inside `catchingTensorErrors` nothing stops the process. Either an error is thrown that says something,
/// or the
/// results make sense: their types are possible, their numbers are there, and every transform agrees with the eager
/// application about them.
struct Attack {
  /// Which cases are done: every `stride`th from the first one.
  var first = 0
  var stride = 1
  /// Only operations with this in their names are attacked; all if it is empty.
  var word = ""
  /// Called with a case before it is done.
  var begin: (_ index: Int, _ name: String) -> Void = { _, _ in }
  /// Called with what is wrong with a case.
  var complain: (_ name: String, _ what: String) -> Void = { _, _ in }

  /// How many cases there are.
  static var count: Int { hostileOperations.count * hostileInputs.count * hostileTransforms.count }

  /// The longest that one case may take: far more than any of them needs.
  static var limit: Duration { .seconds(isSanitized ? 100 : 10) }

  /// Does the cases; answers with their number.
  func run() -> Int {
    let transforms = hostileTransforms.count
    var done = 0
    var pair = -1
    var expected: Outcome?
    for index in Swift.stride(from: first, to: Self.count, by: stride) {
      let transform = hostileTransforms[index % transforms]
      let (operation, input) = (
        hostileOperations[index / transforms / hostileInputs.count],
        hostileInputs[index / transforms % hostileInputs.count]
      )
      if !word.isEmpty && !operation.name.contains(word) { continue }
      let name = "\(operation.name) | \(input.name) | \(transform.name)"
      if index / transforms != pair {
        pair = index / transforms
        expected = nil
        // The eager application, if this case is another one. It has its own number, should it stop the process.
        if index % transforms != 0 && (stride > 1 || index != first) {
          begin(pair * transforms, "\(operation.name) | \(input.name) | \(hostileTransforms[0].name)")
          expected = outcome(of: hostileTransforms[0], operation, input)
        }
      }
      begin(index, name)
      var result: Outcome?
      let time = ContinuousClock().measure { result = outcome(of: transform, operation, input) }
      if time > Self.limit { complain(name, "took \(time)") }
      if let result {
        if index % transforms == 0 { expected = result }
        for what in complaints(
          about: result, of: transform, beside: input.adopts ? nil : expected, hidden: input.isTraced)
        {
          complain(name, what)
        }
      }
      done += 1
      if done % 512 == 0 && Double(grad { sin($0) }(0.5)) != Double(cos(Tensor(0.5))) {
        complain(name, "derivatives are wrong from here on: something was left behind")
      }
    }
    return done
  }
}

/// How a case ended.
private enum Outcome {
  case failed(any Error)
  case gave(Findings, types: [TensorType], numbers: [HostTensor?], argument: TensorType?)
}

extension Attack {
  private func outcome(of transform: Transform, _ operation: Operation, _ input: HostileInput) -> Outcome {
    do {
      return try catchingTensorErrors(isLocating: false) {
        var outcome: Outcome?
        input.provide { x, wrap in
          if outcome != nil { return }
          let findings = transform.apply(wrap(operation.apply), x)
          let tensors = findings.all
          outcome = .gave(
            findings, types: tensors.map(\.type), numbers: tensors.map { try? $0.hostValue() }, argument: x.type)
        }
        return outcome ?? .failed(TensorError(.value, "attack", "the function was not called"))
      }
    } catch {
      return .failed(error)
    }
  }

  private func complaints(
    about result: Outcome, of transform: Transform, beside expected: Outcome?, hidden: Bool
  ) -> [String] {
    guard case .gave(let findings, let types, let numbers, let argument) = result else {
      if case .failed(let error) = result { return complaints(about: error) }
      return []
    }
    var wrong: [String] = []
    for (type, number) in zip(types, numbers) {
      guard type.shape.dimensions.allSatisfy({ $0 >= 0 }), let bytes = type.byteCount else {
        wrong.append("the type \(type) is not possible")
        continue
      }
      if bytes > MemoryLimit.bytes && number != nil { wrong.append("\(type) is larger than allowed") }
      if number == nil && !hidden { wrong.append("a result has no numbers and no error was reported") }
      if let number, number.type != type { wrong.append("the numbers are \(number.type), the type says \(type)") }
      if let number, count(number) != type.shape.count { wrong.append("\(count(number)) numbers in a \(type)") }
    }
    let counts = [findings.values, findings.likeValue, findings.likeArgument, findings.batches].map(\.count)
    var start = counts[0] + counts[1]
    for type in types[start..<start + counts[2]] where type != argument {
      wrong.append("\(type) where the argument is \(argument.map(String.init(describing:)) ?? "nothing")")
    }
    switch expected {
    case .failed(let error) where transform.isEager: wrong.append("no error, but eagerly \(error)")
    case .gave(_, let valueTypes, let valueNumbers, _):
      for (type, number) in zip(types, numbers).prefix(counts[0]) {
        if type != valueTypes[0] { wrong.append("the value is \(type), eagerly \(valueTypes[0])") }
        if let number, let eager = valueNumbers[0], !isSame(number, eager) {
          wrong.append("the value is \(number), eagerly \(eager)")
        }
      }
      for type in types[counts[0]..<start] where type != valueTypes[0] {
        wrong.append("the tangent is \(type) of a \(valueTypes[0])")
      }
      start += counts[2]
      for type in types[start..<start + counts[3]]
      where type != valueTypes[0].batched(2) {
        wrong.append("the batch is \(type) of \(valueTypes[0])")
      }
    case .failed, nil: break
    }
    return wrong
  }

  private func complaints(about error: any Error) -> [String] {
    guard let error = error as? TensorError else { return ["not a TensorError: \(error)"] }
    let text = error.description
    let isOdd =
      error.message.isEmpty || error.operation.isEmpty
      || ["Optional(", "Swift.", "Payload", "HostTensor", "nil)"].contains(where: text.contains)
    return isOdd ? ["an odd message: \(text)"] : []
  }

  private func count(_ tensor: HostTensor) -> Int {
    func count<Scalar: TensorScalar>(_: Scalar.Type) -> Int { tensor.elements(as: Scalar.self).count }
    return tensor.dtype.withScalarType { count($0) }
  }

  /// Whether two tensors are the same numbers; all that are not a number count as one.
  private func isSame(_ a: HostTensor, _ b: HostTensor) -> Bool { a == b || "\(a)" == "\(b)" }
}
