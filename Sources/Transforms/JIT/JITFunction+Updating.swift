import Engines
import ControlPrimitives

// Functions that change their first argument. Its tensors are handed over to the compiled code, which may write the new
// ones where the old ones were, as nobody else can see those: where somebody else refers to them, they are left as they
// are.

/// What a function that changes its first argument gives: the argument as it is then, and the result.
struct Updated<State: TensorTree, Output: TensorTree>: TensorTree {
  var state: State
  var output: Output

  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    state.forEachTensor(body)
    output.forEachTensor(body)
  }
}

extension JITFunction {
  /// Calls a function that changes its first argument.
  func update<State: TensorTree, each Argument: TensorTree, Output: TensorTree>(
    _ state: inout State, _ rest: repeat each Argument, by function: (inout State, repeat each Argument) -> Output
  ) -> Output where Result == Updated<State, Output> {
    if let updated = updatedInPlace(&state, repeat each rest) {
      state = updated.state
      return updated.output
    }
    let updated = applyAll(
      { (given: State, arguments: repeat each Argument) in
        var state = given
        let output = function(&state, repeat each arguments)
        return Updated(state: state, output: output)
      }, state, repeat each rest)
    state = updated.state
    return updated.output
  }

  /// The result with the state's memory handed over; nothing, with the state as it was, where no path is known that could
  /// take it, or where it fails.
  private func updatedInPlace<State: TensorTree, each Argument: TensorTree>(
    _ state: inout State, _ rest: repeat each Argument
  ) -> Result? {
    guard ThreadState.staging(over: nil) == nil else { return nil }
    var hosts: [HostTensor] = []
    guard
      let path = quickPath(&hosts, state, repeat each rest) ?? knownPath(&hosts, state, repeat each rest),
      path.isOverwritten.contains(true), let compiled = try? path.compiled(), !compiled.isOnDevice
    else { return nil }
    let keys = path.keys { Tensor(.host(hosts[$0])) }
    // From here on `hosts` alone refers to the tensors, if nobody else does.
    var isHandedOver: [Bool] = []
    state.forEachTensor { tensor in
      // Numbers have no memory to hand over, and stay.
      isHandedOver.append(!tensor.type.shape.isScalar)
      if isHandedOver[isHandedOver.count - 1] { tensor = Tensor(.invalid) }
    }
    guard let outputs = try? compiled.executable.run(overwriting: &hosts) else {
      var next = 0
      state.forEachTensor { tensor in
        if isHandedOver[next] { tensor = Tensor(.host(hosts[next])) }
        next += 1
      }
      return nil
    }
    countShort()
    KeyLedger.note(keys, of: "jitInPlace")
    return path.result(outputs, hosts)
  }

  /// The path of the short way, where the arguments fit it; they are put into the list.
  private func quickPath<each Argument: TensorTree>(
    _ hosts: inout [HostTensor], _ trees: repeat each Argument
  ) -> JITPath<Result>? {
    guard let shortcut else { return nil }
    var reader = ShortcutReader(types: shortcut.types, counts: shortcut.counts)
    for tree in repeat each trees { reader.read(tree) }
    if !reader.fits { return nil }
    swap(&hosts, &reader.hosts)
    return shortcut.path
  }

  /// The path for arguments of which not only the tensors are compared; they are put into the list.
  private func knownPath<each Argument: TensorTree>(
    _ hosts: inout [HostTensor], _ trees: repeat each Argument
  ) -> JITPath<Result>? {
    var arguments = JITArguments()
    for tree in repeat each trees { arguments.add(tree) }
    if arguments.incomparable != nil { return nil }
    for tensor in arguments.tensors {
      guard let host = tensor.host else { return nil }
      hosts.append(host)
    }
    let types = hosts.map(\.type)
    return unconditionalPath(for: JITSignature(types: types, structure: arguments.structure))
  }
}
