import Linearization

/// A function that exists only outside, such as a solver in another library or a table of measurements, as a function of
/// tensors.
///
/// ```swift
/// let table = pureCallback(name: "table", resultTypes: { $0 }) { inputs in
///   [try HostTensor(inputs[0].shape, inputs[0].elements(as: Double.self).map(lookUp))]
/// }
/// table([x])[0]
/// ```
///
/// It is one equation of the program, and may run at any time, any number of times, or not at all; so it must depend on
/// its inputs alone. `vmap` runs it for each example. It has no derivative, and to ask for one is an error; give it one
/// with `customJVP`, `customVJP` or `withRule`, or stop at it with `stopGradient`.
///
/// - Parameters:
///   - name: for people: it stands in programs and errors.
///   - resultTypes: the types of the results; results of other types are an error.
///   - function: the function. An error that it throws is an error of the operation.
public func pureCallback(
  name: String, resultTypes: [TensorType], _ function: @escaping @Sendable ([HostTensor]) throws -> [HostTensor]
) -> @Sendable ([Tensor]) -> [Tensor] {
  pureCallback(name: name, resultTypes: { _ in resultTypes }, function)
}

/// A function that exists only outside, whose result types depend on the types of its inputs.
public func pureCallback(
  name: String, resultTypes: @escaping @Sendable ([TensorType]) -> [TensorType],
  _ function: @escaping @Sendable ([HostTensor]) throws -> [HostTensor]
) -> @Sendable ([Tensor]) -> [Tensor] {
  let host = HostFunction<Callback.HostBody>(name, function)
  return { inputs in
    if inputs.contains(where: \.isInvalid) { return [poisoned(Callback.name)] }
    let operands = inputs.map(\.settled)
    let types = operands.map(\.type)
    let results = resultTypes(types)
    let found = Callback(host, types, results).bind(operands)
    // One invalid tensor for each result, so that they can be indexed.
    return found.count == results.count ? found : results.map { _ in Tensor(.invalid) }
  }
}

/// A function of one tensor that exists only outside, whose result has the type of its argument.
public func pureCallback(
  name: String, _ function: @escaping @Sendable (HostTensor) throws -> HostTensor
) -> @Sendable (Tensor) -> Tensor {
  let all = pureCallback(name: name, resultTypes: { $0 }) { [try function($0[0])] }
  return { all([$0])[0] }
}
