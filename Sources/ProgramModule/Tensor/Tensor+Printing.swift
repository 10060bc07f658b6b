extension Tensor: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The elements as NumPy prints them; see ``HostTensor/description``. A traced tensor prints its value where the
  /// transform carries one, else its type. Printing never fails.
  public var description: String { text(\.description) }

  /// The elements with what it takes to make them, such as `Tensor([1.0, 2.0], dtype: float32)`.
  public var debugDescription: String { text(\.debugDescription) }

  /// A tensor has no parts to show but its elements.
  public var customMirror: Mirror { Mirror(self, children: []) }

  private func text(_ ofHost: (HostTensor) -> String) -> String {
    if let host = try? hostValue(.peeking) { return ofHost(host) }
    guard let variable = tracedVariable else { return "invalid tensor" }
    // Not `type`, which reports an error for a variable that outlived its trace.
    guard let trace = ThreadState.current.trace(of: variable) else { return "tensor of a transform that has ended" }
    return "traced \(trace.tape.type(of: variable.variable))"
  }
}
