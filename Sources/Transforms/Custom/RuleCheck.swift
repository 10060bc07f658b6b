import ControlPrimitives

#if DEBUG
  /// Compares rules with the derivative of the function's own operations, or with differences where those have none, at
  /// the point where they are used first.
  struct RuleCheck {
    private let operation: String
    private let call: CustomCall
    private let operands: [Tensor]
    private let isExact: Bool
    private let arguments: [Int]
    private let results: [Int]

    /// A check at a point.
    init(_ operation: String, _ call: CustomCall, _ operands: [HostTensor], isExact: Bool) {
      self.operation = operation
      self.call = call
      self.operands = operands.map { Tensor($0) }
      self.isExact = isExact
      arguments = call.differentiableArguments
      results = call.differentiableResults
    }

    /// What is wrong; `nil` when nothing is, or when it cannot be told.
    func error() -> TensorError? {
      if arguments.isEmpty || results.isEmpty || !call.rules.hasDerivative { return nil }
      do {
        return try withoutLocations { try found() }
      } catch let error as TensorError {
        return error
      } catch {
        return nil
      }
    }

    private func found() throws -> TensorError? {
      let values = Call(call.function).bind(operands)
      let directions = arguments.enumerated().map { Self.direction(operands[$1].type, $0) }
      let expected = isExact ? try ownTangents(directions) : nil
      if let error = try tangentError(values, directions, expected) { return error }
      if let error = try adjointError(values, directions, expected) { return error }
      return nil
    }

    // MARK: - The function's own derivative

    /// The tangents by the function's own operations, else by differences; `nil` where they are not finite.
    private func ownTangents(_ directions: [Tensor]) throws -> [Tensor]? {
      let isActive = operands.indices.map { arguments.contains($0) }
      let tangents = try? withoutLocations { () -> [Tensor?]? in
        guard let derivative = ProgramDerivative.of(call.function, isActive) else { return nil }
        let known = Call(derivative.known).bind(operands)
        return derivative.linear.applied(
          to: spreadDirections(directions), known[derivative.outputCount...], count: derivative.outputCount)
      }
      let types = call.function.program.outputTypes
      let own =
        try tangents.flatMap { $0 }.map { all in results.map { all[$0] ?? zeros(types[$0]) } }
        ?? differences(directions)
      return own.allSatisfy { Self.numbers($0).allSatisfy(\.isFinite) } ? own : nil
    }

    private func spreadDirections(_ directions: [Tensor]) -> [Tensor?] {
      var all = [Tensor?](repeating: nil, count: operands.count)
      for (place, direction) in zip(arguments, directions) { all[place] = direction }
      return all
    }

    /// Central differences of the function; their error is of the order of the square of the step.
    private func differences(_ directions: [Tensor]) throws -> [Tensor] {
      let step = operands.contains { $0.dtype.realPart == .float32 } ? 1e-2 : 1e-5
      func moved(_ step: Double) -> [Tensor] {
        var all = operands
        for (place, direction) in zip(arguments, directions) { all[place] = all[place] + direction * step }
        let values = Call(call.function).bind(all)
        return results.map { values[$0] }
      }
      return zip(moved(step), moved(-step)).map { ($0 - $1) / (2 * step) }
    }

    // MARK: - Comparisons

    private func tangentError(_ values: [Tensor], _ directions: [Tensor], _ expected: [Tensor]?) throws -> TensorError?
    {
      guard let rule = call.rules.tangent else { return nil }
      let first = Call(rule).bind(operands + directions)
      let tangents = Array(first[call.ruledCount...])
      let twice = Call(rule).bind(operands + directions.map { -2 * $0 })[call.ruledCount...]
      if let error = linearityError(tangents, Array(twice), "tangent") { return error }
      if !isExact { return nil }
      if let error = valueError(Array(first[..<call.ruledCount]), values, "rule") { return error }
      guard let expected else { return nil }
      for (index, (found, expected)) in zip(tangents, expected).enumerated() {
        if let difference = difference(found, expected, floor: values[results[index]]) {
          return mismatch("tangent of result \(results[index])", difference)
        }
      }
      return nil
    }

    private func adjointError(_ values: [Tensor], _ directions: [Tensor], _ expected: [Tensor]?) throws -> TensorError?
    {
      let cotangents = results.enumerated().map { Self.direction(values[$1].type, 7 + $0) }
      var pulled: ([Tensor]) -> [Tensor]
      if let forward = call.rules.forward, let backward = call.rules.backward {
        let given = Call(forward).bind(operands)
        if isExact, let error = valueError(Array(given[..<call.ruledCount]), values, "forward rule") { return error }
        let residuals = given[call.ruledCount...]
        pulled = { Call(backward).bind($0 + residuals) }
      } else if let transpose = call.rules.transpose {
        let outside = operands[call.argumentCount...]
        pulled = { Call(transpose).bind($0 + outside) }
      } else {
        return nil
      }
      // A rule that is not linear on purpose is not compared with what is.
      if !call.rules.isBackwardLinear { return nil }
      let found = pulled(cotangents)
      if let error = linearityError(found, pulled(cotangents.map { -2 * $0 }), "cotangent") { return error }
      guard let expected else { return nil }
      let reverse = zip(found, directions).map { Self.product($0, $1) }.reduce(0, +)
      let forward = zip(cotangents, expected).map { Self.product($0, $1) }.reduce(0, +)
      let size = zip(cotangents, expected).map { Self.largest($0) * Self.largest($1) * Double($1.count) }.reduce(0, +)
      if (reverse - forward).magnitude <= tolerance * max(size, 1e-6) { return nil }
      return mismatch("cotangent of the argument, times a direction,", (reverse, forward))
    }

    private func linearityError(_ once: [Tensor], _ minusTwice: [Tensor], _ what: String) -> TensorError? {
      for (once, minusTwice) in zip(once, minusTwice) {
        guard let difference = difference(minusTwice, -2 * once, floor: once) else { continue }
        return TensorError(
          .value, operation,
          "the rule is not linear in its \(what): for -2 times the \(what) it gives \(difference.found) where "
            + "\(difference.expected) is -2 times what it gave",
          hint: "write each result as a sum of terms, each the \(what) times something that does not depend on it")
      }
      return nil
    }

    private func valueError(_ found: [Tensor], _ expected: [Tensor], _ what: String) -> TensorError? {
      for (index, (found, expected)) in zip(found, expected).enumerated() where expected.dtype.isDifferentiable {
        guard let difference = difference(found, expected, floor: expected) else { continue }
        return TensorError(
          .value, operation,
          "the \(what) gives the value \(difference.found) for result \(index) where the function gives \(difference.expected)",
          hint: "return the function's value; where the rule deviates on purpose, say so: isExact: false")
      }
      return nil
    }

    private func mismatch(_ what: String, _ numbers: (found: Double, expected: Double)) -> TensorError {
      TensorError(
        .value, operation,
        "the rule is wrong: it gives \(numbers.found) for the \(what) where the derivative of the function is \(numbers.expected)",
        hint:
          "correct the rule (checkGradients of JacobiTesting checks it in a test); where it deviates on purpose, or "
          + "the point is a kink, say so: isExact: false")
    }

    // MARK: - Numbers

    /// Wrong rules are usually wrong by far; solvers and differences are not exact.
    private var tolerance: Double {
      (operands + call.function.program.outputTypes.map { zeros(TensorType($0.dtype, .scalar)) })
        .contains { $0.dtype.realPart == .float32 } ? 1e-2 : 1e-4
    }

    /// The elements that differ most, where they differ by more than the tolerance.
    private func difference(_ found: Tensor, _ expected: Tensor, floor: Tensor) -> (found: Double, expected: Double)? {
      let (a, b) = (Self.numbers(found), Self.numbers(expected))
      let size = max(Self.largest(expected), 1e-3 * Self.largest(floor), 1e-6)
      var worst: (found: Double, expected: Double)?
      var largest = tolerance * size
      for (a, b) in zip(a, b) where b.isFinite && !((a - b).magnitude <= largest) {
        worst = (a, b)
        largest = (a - b).magnitude
        if !largest.isFinite { break }
      }
      return worst
    }

    /// Numbers of different sizes and signs, the same in every run.
    private static func direction(_ type: TensorType, _ seed: Int) -> Tensor {
      let count = type.shape.count
      let phases = (0..<count).map { 1.3 * Double($0 + 1) + 0.7 * Double(seed + 1) }
      let real = (sin(Tensor(phases)) + 0.2).reshaped(type.shape.dimensions)
      return type.dtype.isComplex
        ? complex(real, 0.5 * real.flipped()).asType(type.dtype) : real.asType(type.dtype)
    }

    private static func numbers(_ tensor: Tensor) -> [Double] {
      if tensor.dtype.isComplex { return numbers(realPart(tensor)) + numbers(imaginaryPart(tensor)) }
      return tensor.asType(.float64).flattened().scalars(as: Double.self)
    }

    /// The largest magnitude of those numbers that are finite.
    private static func largest(_ tensor: Tensor) -> Double {
      numbers(tensor).reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    }

    /// The real inner product.
    private static func product(_ a: Tensor, _ b: Tensor) -> Double {
      zip(numbers(a), numbers(b)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// Runs the closure on numbers, also where a function is recorded around it; the first error is thrown.
  private func withoutLocations<Result>(_ body: () throws -> Result) throws -> Result {
    let state = ThreadState.current
    let staging = state.staging
    state.staging = nil
    defer { state.staging = staging }
    return try catchingTensorErrors(isLocating: false, body)
  }
#endif
