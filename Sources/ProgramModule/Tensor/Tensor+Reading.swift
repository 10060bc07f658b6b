extension Tensor {
  /// The numbers behind this tensor, also through traces that carry values. Under `jit` what is compiled holds for these
  /// numbers only. Numbers on a device are copied to the host when they are first read.
  ///
  /// - Throws: a tracing error where a transform has no value to read, with what to write instead; an error of the device
  ///   that has the numbers.
  public func hostValue() throws(TensorError) -> HostTensor { try hostValue(.reading) }

  /// The numbers behind this tensor, for a purpose.
  package func hostValue(_ mode: ReadMode) throws(TensorError) -> HostTensor { try placedValue(mode).host() }

  /// The numbers behind this tensor, for a purpose, wherever they are.
  package func placedValue(_ mode: ReadMode) throws(TensorError) -> PlacedTensor {
    var tensor = self
    while true {
      switch tensor.payload {
      case .host(let host), .literal(let host): return .host(host)
      case .integerLiteral(let host): return .host(host.rounded)
      case .device(let tensor): return .device(tensor)
      case .invalid: throw .failedOperation
      case .traced(let variable):
        guard let trace = ThreadState.currentTrace(of: variable) else { throw .escaped("reading") }
        let value = trace.tape.values[Int(variable.variable)]
        if value.isInvalid, let log = trace.guards {
          return .host(try trace.guardedValue(of: variable.variable, log, mode))
        }
        if value.isInvalid, let unreadable = trace.unreadable {
          guard let known = try trace.outsideValue(of: variable.variable, mode) else { throw unreadable }
          tensor = known
        } else {
          if mode == .reading { trace.tape.noteReading(of: variable.variable) }
          tensor = value
        }
      }
    }
  }

  /// The only element, converted; an error is reported for a tensor with several elements.
  private func readScalar<Result>(_ fallback: Result, _ name: String, _ convert: (HostTensor) -> Result?) -> Result {
    do throws(TensorError) {
      if isInvalid {
        _ = poisoned(name)
        return fallback
      }
      let host = try hostValue()
      guard host.count == 1 else {
        throw TensorError(
          .shape, name, "a tensor of type \(host.type) is not a single number",
          hint: "index it (x[0]), reduce it (x.sum()), or read all of it with scalars(as:)")
      }
      guard let result = convert(host) else {
        throw unreadable(host, as: name)
      }
      return result
    } catch {
      report(error)
      return fallback
    }
  }

  /// The error for a number that is none of a Swift type.
  private func unreadable(_ host: HostTensor, as name: String) -> TensorError {
    let hint =
      switch (name, host.dtype) {
      case ("Bool", _): "compare first: Bool(x .!= 0)"
      case (_, .bool): "read it with Bool(x), or convert it first: x.asType(.int64)"
      case (_, .complex64), (_, .complex128): "name the part first: realPart(x), imaginaryPart(x), or abs(x)"
      default: "round first, for example Int(round(x)); Double(x) reads every real number"
      }
    return TensorError(
      .dtype, name, "\(host), of type \(host.dtype), is not a value of the Swift type \(name)", hint: hint)
  }

  /// The elements in row-major order, in a Swift array.
  ///
  /// Inside ``catchingTensorErrors(_:)-(()->_)`` elements that cannot be read are replaced, so that the scope ends with the
  /// error and not with an index out of range: by `nan`, 0 or `false`, as many as the tensor has elements. Of the result of
  /// a failed operation, whose shape is not known, there are 65,536.
  ///
  /// - Parameter as: the Swift type; it must be the type of the elements.
  public func scalars<Scalar: TensorScalar>(as: Scalar.Type = Scalar.self) -> [Scalar] {
    do throws(TensorError) {
      if isInvalid {
        _ = poisoned("scalars(as:)")
        return Self.replacements(1 << 16)
      }
      let host = try hostValue()
      guard host.dtype == Scalar.dtype else {
        throw TensorError(
          .dtype, "scalars(as:)", "the elements are \(host.dtype), not \(Scalar.dtype)",
          hint: "convert the tensor first: x.asType(.\(Scalar.dtype)).scalars(as:)")
      }
      return host.elements(as: Scalar.self)
    } catch {
      report(error)
      return Self.replacements(isEscaped ? 1 << 16 : count)
    }
  }

  /// What is read where there is nothing to read: `nan`, or 0 or `false` for types without it.
  private static func replacements<Scalar: TensorScalar>(_ count: Int) -> [Scalar] {
    return [Scalar](repeating: HostTensor.unreadable(Scalar.dtype).onlyElement(as: Scalar.self), count: count)
  }

  func double(_ name: String) -> Double {
    if case .host(let host) = payload, case .float64(let value) = host.representation { return value }
    return readScalar(.nan, name) { host in
      switch host.dtype {
      case .float32: Double(host.onlyElement(as: Float.self))
      case .float64: host.onlyElement(as: Double.self)
      case .int32: Double(host.onlyElement(as: Int32.self))
      case .int64: Double(host.onlyElement(as: Int64.self))
      case .bool, .complex64, .complex128: nil
      }
    }
  }

  func integer(_ name: String) -> Int {
    readScalar(0, name) { host in
      switch host.dtype {
      case .int32: Int(host.onlyElement(as: Int32.self))
      case .int64: Int(exactly: host.onlyElement(as: Int64.self))
      case .float32: Int(exactly: host.onlyElement(as: Float.self))
      case .float64: Int(exactly: host.onlyElement(as: Double.self))
      case .bool, .complex64, .complex128: nil
      }
    }
  }

  func bool(_ name: String) -> Bool {
    readScalar(false, name) { host in host.dtype == .bool ? host.onlyElement(as: Bool.self) : nil }
  }
}

extension Double {
  /// The value of a tensor with one element, real or integer. It also works on traced tensors, where the transform has
  /// a value; the number is then a constant for the derivative.
  public init(_ tensor: Tensor) { self = tensor.double("Double") }
}

extension Float {
  /// The value of a tensor with one element, real or integer, rounded to `Float`.
  public init(_ tensor: Tensor) { self = Float(tensor.double("Float")) }
}

extension Int {
  /// The value of a tensor with one element that is a whole number.
  public init(_ tensor: Tensor) { self = tensor.integer("Int") }
}

extension Bool {
  /// The value of a boolean tensor with one element, such as a comparison: `if Bool(x .< y) { ... }`.
  public init(_ tensor: Tensor) { self = tensor.bool("Bool") }
}
