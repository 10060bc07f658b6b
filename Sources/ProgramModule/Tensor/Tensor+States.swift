// What a tensor is: other files ask here, and do not look into the payload.

extension Tensor {
  /// Whether this is the result of an invalid operation inside `catchingTensorErrors`.
  @inlinable
  package var isInvalid: Bool {
    if case .invalid = payload { return true }
    return false
  }

  /// Whether this is a variable of a trace.
  @inlinable
  package var isTraced: Bool { tracedVariable != nil }

  /// The variable of a trace that this stands for.
  @inlinable
  package var tracedVariable: TracedVariable? {
    if case .traced(let variable) = payload { return variable }
    return nil
  }

  /// Whether this is a variable of a trace that has ended, or that belongs to another thread.
  package var isEscaped: Bool {
    if case .traced(let variable) = payload { return ThreadState.currentTrace(of: variable) == nil }
    return false
  }

  /// Whether the numbers come from a literal and adopt the element type of the tensor they meet.
  @inlinable
  package var isLiteral: Bool {
    switch payload {
    case .literal, .integerLiteral: true
    case .host, .traced, .device, .invalid: false
    }
  }

  /// The numbers of a literal whose element type is theirs by themselves.
  @inlinable
  package var literal: HostTensor? {
    if case .literal(let host) = payload { return host }
    return nil
  }

  /// The numbers of a literal of whole numbers that not all fit a `Double`, as int64.
  @inlinable
  package var integerLiteral: HostTensor? {
    if case .integerLiteral(let host) = payload { return host }
    return nil
  }

  /// The numbers, when they are in the memory of the host and held directly (not through a trace). Those on a device are
  /// not: ``fetched`` brings them.
  package var host: HostTensor? {
    switch payload {
    case .host(let host), .literal(let host): host
    case .integerLiteral(let host): host.rounded
    case .traced, .device, .invalid: nil
    }
  }

  /// The same as ``host`` but for exact whole numbers, which would have to be converted.
  @inlinable
  package var directHost: HostTensor? {
    switch payload {
    case .host(let host), .literal(let host): host
    case .integerLiteral, .traced, .device, .invalid: nil
    }
  }

  /// A tensor of the same kind (a literal's numbers stay a literal's) with the numbers that a closure makes of those held
  /// directly; `nil` where there are none, or the closure makes none.
  @inlinable
  @inline(__always)
  package func replacingNumbers(_ make: (HostTensor) -> HostTensor?) -> Tensor? {
    switch payload {
    case .host(let host): make(host).map { Tensor(.host($0)) }
    case .literal(let host): make(host).map { Tensor(.literal($0)) }
    case .integerLiteral, .traced, .device, .invalid: nil
    }
  }

  /// The same numbers with a fixed element type, even when they came from a literal.
  package var settled: Tensor {
    switch payload {
    case .literal(let host): Tensor(.host(host))
    case .integerLiteral(let host): Tensor(.host(host.rounded))
    case .host, .traced, .device, .invalid: self
    }
  }

  /// Calls a closure with the numbers that are held directly, for writing them in their memory; they are copied only if
  /// another tensor shares it.
  ///
  /// - Parameters:
  ///   - staysLiteral: whether numbers of a literal are still ones after the closure has written.
  ///   - write: writes, and returns whether it did.
  /// - Returns: whether the closure wrote; `false` where there are no numbers of that kind.
  @inline(__always)
  package mutating func writeHost<Failure: Error>(
    staysLiteral: Bool, _ write: (inout HostTensor) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    switch payload {
    case .host(var host):
      // The tensor's own reference must go before uniqueness can be seen.
      payload = .invalid
      defer { payload = .host(host) }
      return try write(&host)
    case .literal(var host):
      payload = .invalid
      var isWritten = false
      defer { payload = isWritten && !staysLiteral ? .host(host) : .literal(host) }
      isWritten = try write(&host)
      return isWritten
    case .integerLiteral, .traced, .device, .invalid: return false
    }
  }
}

// MARK: - Identity

/// What tells two tensors apart, without looking into the memory of devices.
package enum TensorIdentity: Hashable, Sendable {
  case numbers(HostTensor)
  case literal(HostTensor)
  case device(DeviceTensor)
  case variable(TracedVariable)
  case invalid
}

extension Tensor {
  /// What this tensor has in common with equal ones.
  package var identity: TensorIdentity {
    switch payload {
    case .host(let host): .numbers(host)
    case .literal(let host), .integerLiteral(let host): .literal(host)
    case .traced(let variable): .variable(variable)
    case .device(let tensor): .device(tensor)
    case .invalid: .invalid
    }
  }
}
