// Applying a primitive to tensors: evaluated at once when the operands are numbers, recorded when one is traced. Numbers on
// devices are brought to the host first, but for programs that an engine runs on a device.

extension Primitive {
  /// Applies a primitive with one operand and one result.
  public func bind(_ x: Tensor) -> Tensor {
    switch x.payload {
    case .host(let host):
      if let staging = ThreadState.staging(over: nil) { return staging.record(self, x) }
      do { return Tensor(.host(try evaluate(host))) } catch { return invalidTensor(error) }
    case .literal(let host):
      do { return Tensor(.literal(try evaluate(host))) } catch { return invalidTensor(error) }
    case .integerLiteral(let host):
      // What only moves numbers leaves them exact.
      guard traits.contains(.structural) else { return bind(Tensor(.literal(host.rounded))) }
      do { return Tensor(.integerLiteral(try evaluate(host))) } catch { return invalidTensor(error) }
    case .traced(let variable):
      guard let trace = ThreadState.currentTrace(of: variable) else {
        return invalidTensor(.escaped(Self.name))
      }
      return (ThreadState.staging(over: trace) ?? trace).record(self, x)
    case .device: return bind([x])[0]
    case .invalid: return poisoned(Self.name)
    }
  }

  /// Applies a primitive with two operands and one result.
  public func bind(_ x: Tensor, _ y: Tensor) -> Tensor {
    switch (x.payload, y.payload) {
    case (.host(let a), .host(let b)), (.host(let a), .literal(let b)), (.literal(let a), .host(let b)):
      if let staging = ThreadState.staging(over: nil) { return staging.record(self, x, y) }
      do { return Tensor(.host(try evaluate(a, b))) } catch { return invalidTensor(error) }
    case (.literal(let a), .literal(let b)):
      do { return Tensor(.literal(try evaluate(a, b))) } catch { return invalidTensor(error) }
    case (.invalid, _), (_, .invalid): return poisoned(Self.name)
    case (.integerLiteral(let a), _): return bind(Tensor(.literal(a.rounded)), y)
    case (_, .integerLiteral(let b)): return bind(x, Tensor(.literal(b.rounded)))
    case (.device, .device), (.device, .host), (.device, .literal), (.host, .device), (.literal, .device):
      return bind([x, y])[0]
    default:
      guard let trace = deepestTrace(x, y) else { return invalidTensor(.escaped(Self.name)) }
      return (ThreadState.staging(over: trace) ?? trace).record(self, x, y)
    }
  }

  /// Applies a primitive with any number of operands and results.
  ///
  /// - Returns: one tensor per result; a single invalid tensor when the operation is invalid.
  public func bind(_ operands: [Tensor]) -> [Tensor] { bind(operands, known: nil) }

  /// Applies a primitive whose results may have been computed already.
  package func bind(_ operands: [Tensor], known: [Tensor]?) -> [Tensor] {
    if operands.contains(where: \.isInvalid) { return [poisoned(Self.name)] }
    if operands.contains(where: \.isTraced) {
      guard let trace = deepestTrace(operands) else { return [invalidTensor(.escaped(Self.name))] }
      return (ThreadState.staging(over: trace) ?? trace).record(self, operands, known: known)
    }
    if !operands.allSatisfy(\.isLiteral), let staging = ThreadState.staging(over: nil) {
      return staging.record(self, operands, known: known)
    }
    if let known { return known }
    let isLiteral = !operands.isEmpty && operands.allSatisfy(\.isLiteral)
    do throws(TensorError) {
      if let results = try evaluatedInPlace(operands) { return results }
      var hosts: [HostTensor] = []
      hosts.reserveCapacity(operands.count)
      for operand in operands { hosts.append(try operand.numbers()) }
      _ = try resultTypes(of: hosts.map(\.type))
      return try evaluate(hosts).map { Tensor(isLiteral ? .literal($0) : .host($0)) }
    } catch {
      return [invalidTensor(error)]
    }
  }

  /// The results where an engine computes them on a device; `nil` where the host evaluates.
  private func evaluatedInPlace(_ operands: [Tensor]) throws(TensorError) -> [Tensor]? {
    // Only programs run anywhere else. All other primitives need not be asked.
    guard traits.contains(.control) else { return nil }
    return try evaluate(placed: operands.compactMap(\.placed))?.map { Tensor(placed: $0) }
  }

  /// The results for operands that have numbers; `nil` where one of them has none.
  ///
  /// - Throws: an error when an operand cannot be brought to the host, or when the evaluation fails.
  func evaluated(_ operands: [Tensor]) throws(TensorError) -> [Tensor]? {
    if operands.contains(where: { $0.isTraced || $0.isInvalid }) { return nil }
    if let results = try evaluatedInPlace(operands) { return results }
    var hosts: [HostTensor] = []
    for operand in operands { hosts.append(try operand.numbers()) }
    return try evaluate(hosts).map { Tensor($0) }
  }
}

/// An operation on the result of an invalid one: silent inside the scope that has that one's error, an error elsewhere.
package func poisoned(_ operation: String) -> Tensor {
  if ErrorScope.current?.error == nil {
    return invalidTensor(
      TensorError(
        .tracing, operation, "the operand is the result of an operation that failed inside catchingTensorErrors",
        hint: "return the tensors that you need from the scope; a scope that failed throws"))
  }
  return Tensor(.invalid)
}

/// The innermost trace that one of the tensors belongs to; nothing when one of them belongs to a trace that has ended.
private func deepestTrace(_ x: Tensor, _ y: Tensor) -> Trace? {
  switch (x.payload, y.payload) {
  case (.traced(let a), .traced(let b)):
    if a.traceID == b.traceID { return ThreadState.currentTrace(of: a) }
    guard let traceA = ThreadState.currentTrace(of: a), let traceB = ThreadState.currentTrace(of: b) else { return nil }
    return traceA.depth >= traceB.depth ? traceA : traceB
  case (.traced(let a), _): return ThreadState.currentTrace(of: a)
  case (_, .traced(let b)): return ThreadState.currentTrace(of: b)
  default: return nil
  }
}

private func deepestTrace(_ tensors: [Tensor]) -> Trace? {
  let state = ThreadState.current
  var deepest: Trace?
  for case .traced(let variable) in tensors.lazy.map(\.payload) {
    guard let trace = state.trace(of: variable) else { return nil }
    if trace.depth >= deepest?.depth ?? -1 { deepest = trace }
  }
  return deepest
}

extension Tensor {
  /// A number as a variable of the trace that another tensor belongs to, so that what is done with it is recorded there
  /// rather than computed at once; the number itself when the other tensor is not traced.
  package func lifted(beside other: Tensor) -> Tensor {
    guard let variable = other.tracedVariable, !isTraced,
      let trace = ThreadState.currentTrace(of: variable)
    else { return self }
    return trace.lifted(self)
  }
}

extension TensorError {
  /// The error of a variable that outlived its trace.
  package static func escaped(_ operation: String) -> TensorError {
    TensorError(
      .tracing, operation,
      "a tensor was used outside the transform (grad, jvp, vmap, ...) that gave it to its function",
      hint: "return it as a result (valueAndGrad has an auxiliary form), and use it in the same thread")
  }
}
