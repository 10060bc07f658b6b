// How the public functions make operands equal in type before a primitive sees them.

/// Applies a primitive with two operands after literals have adopted the other's element type and both shapes have been
/// broadcast by NumPy's rule.
@inline(__always)
func broadcasting<P: Primitive>(_ primitive: P, _ x: Tensor, _ y: Tensor) -> Tensor {
  if x.isFloat64Scalar && y.isFloat64Scalar { return primitive.bind(x, y) }
  return broadcastingGeneral(primitive, x, y)
}

@inline(never)
private func broadcastingGeneral(_ primitive: some Primitive, _ x: Tensor, _ y: Tensor) -> Tensor {
  if let dtype = x.scalarDType, dtype == y.scalarDType { return primitive.bind(x, y) }
  if x.isInvalid || y.isInvalid { return poisoned(type(of: primitive).name) }
  if x.isEscaped || y.isEscaped { return invalidTensor(.escaped(type(of: primitive).name)) }
  guard let (x, y) = madeEqual(type(of: primitive).name, x, y) else { return Tensor(.invalid) }
  return primitive.bind(x, y)
}

/// Both tensors with one element type and one shape; an error has been reported where there is none.
package func madeEqual(_ operation: String, _ x: Tensor, _ y: Tensor) -> (Tensor, Tensor)? {
  let (typeX, typeY) = (x.type, y.type)
  if typeX == typeY && (x.isLiteral == y.isLiteral || typeX.dtype == .float64) { return (x, y) }
  do throws(TensorError) {
    let (x, y) = try sharingDType(operation, x, y)
    if typeX.shape == typeY.shape { return (x, y) }
    guard let shape = Shape.broadcast(typeX.shape, typeY.shape) else {
      throw TensorError(
        .shape, operation, "the shapes of \(typeX) and \(typeY) do not broadcast to one shape",
        hint: "sizes must be equal or 1, counted from the last axis; reshape or transpose one of them")
    }
    return (
      x.lifted(beside: y).broadcast(to: shape, for: operation), y.lifted(beside: x).broadcast(to: shape, for: operation)
    )
  } catch {
    report(error)
    return nil
  }
}

/// Both tensors with one element type, to which only literals are converted.
package func sharingDType(_ operation: String, _ x: Tensor, _ y: Tensor) throws(TensorError) -> (Tensor, Tensor) {
  let (typeX, typeY) = (x.type, y.type)
  // A product with true and false is a choice between the other factor and 0.
  if operation == Multiply.name, (typeX.dtype == .bool) != (typeY.dtype == .bool) {
    let other = typeX.dtype == .bool ? typeY.dtype : typeX.dtype
    return typeX.dtype == .bool
      ? try sharingDType(operation, x.asType(other), y) : try sharingDType(operation, x, y.asType(other))
  }
  if x.isLiteral && !y.isLiteral { return (try x.literal(adopting: typeY.dtype, operation), y) }
  if y.isLiteral && !x.isLiteral { return (x, try y.literal(adopting: typeX.dtype, operation)) }
  if x.isLiteral && y.isLiteral && typeX.dtype != typeY.dtype {
    // Numbers without a type of their own meet in one that has both.
    let wider: DType = typeX.dtype.isComplex || typeY.dtype.isComplex ? .complex128 : .float64
    return (try x.literalWidened(to: wider, operation), try y.literalWidened(to: wider, operation))
  }
  if typeX.dtype != typeY.dtype { throw mixedDTypes(operation, typeX, typeY) }
  return (x, y)
}

extension Tensor {
  /// A literal's numbers with another element type.
  package func literal(adopting dtype: DType, _ operation: String) throws(TensorError) -> Tensor {
    if let host = integerLiteral {
      return Tensor(.host(dtype == .int64 ? host : try host.converted(to: dtype, operation)))
    }
    guard let host = literal else { return self }
    if host.dtype == dtype { return Tensor(.host(host)) }
    if case .float64(let value) = host.representation, dtype == .float32 { return Tensor(Float(value).hostScalar) }
    return Tensor(.host(try host.converted(to: dtype, operation)))
  }

  /// Whether this is a single float64 number, held directly: the case that needs no conversion and no broadcast.
  @inline(__always)
  var isFloat64Scalar: Bool {
    if case .float64? = directHost?.representation { return true }
    return false
  }

  /// A literal's numbers with another element type, still as a literal.
  func literalWidened(to dtype: DType, _ operation: String) throws(TensorError) -> Tensor {
    guard let host, host.dtype != dtype else { return self }
    return Tensor(.literal(try host.converted(to: dtype, operation)))
  }
}

extension HostTensor {
  /// The same numbers with another element type that can represent them; a fraction as an integer is an error.
  func converted(to dtype: DType, _ operation: String) throws(TensorError) -> HostTensor {
    func convert<From: TensorScalar, To: TensorScalar>(_: From.Type, _: To.Type) throws(TensorError) -> HostTensor {
      var failing: From?
      let converted = try mapElements(operation, self) { (x: From) -> To in
        if let exact = To(exactlyRepresenting: x.complexValue) { return exact }
        failing = x
        return To.zeroScalar
      }
      if let failing {
        throw TensorError(
          .dtype, operation, "\(failing) is not a value of type \(To.dtype)",
          hint: "write a number of that type, or convert the tensor with x.asType(.\(From.dtype))")
      }
      return converted
    }
    func from<From: TensorScalar>(_ source: From.Type) throws(TensorError) -> HostTensor {
      try dtype.withScalarType { (target) throws(TensorError) in try convert(source, target) }
    }
    return try self.dtype.withScalarType { (source) throws(TensorError) in try from(source) }
  }
}

/// Tensors with one element type, which literals adopt.
package func sharingDType(_ operation: String, _ tensors: [Tensor]) throws(TensorError) -> [Tensor] {
  guard let model = tensors.first(where: { !$0.isLiteral }) else { return tensors }
  var shared: [Tensor] = []
  for tensor in tensors { shared.append(try sharingDType(operation, tensor, model).0) }
  return shared
}
