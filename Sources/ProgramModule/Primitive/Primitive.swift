@_exported import HostTensors

/// An operation that programs are made of.
///
/// A primitive is a struct; its stored properties are its parameters, and equality is synthesized from them. Everything
/// about it stands in one place: types, evaluation, derivative, batching, and sample inputs for the laws.
/// Rules are written with the public functions on ``Tensor``, so that they can be differentiated again, to any order.
///
/// The families in the `Primitives` module supply whatever can be derived. What cannot be derived has no default: a rule
/// that is left out does not compile.
public protocol Primitive: Hashable, Sendable, Codable {
  /// The name in program text, such as `log`.
  static var name: String { get }

  /// Instances with operands on which the laws are checked.
  static var samples: [PrimitiveSample] { get }

  /// The facts that transforms, passes and engines may ask for.
  var traits: PrimitiveTraits { get }

  /// The types of the results for operands of these types.
  ///
  /// - Throws: an error that says what does not fit, for operands that the primitive cannot take.
  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType]

  /// The results for operands in host memory, which have been checked by ``resultTypes(of:)``.
  ///
  /// - Throws: an error when a result does not fit into memory, or when an operand's *values* are out of range.
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor]

  /// The results for operands in any place, which have been checked by ``resultTypes(of:)``, left where they are computed;
  /// `nil` where the host evaluates, to which operands on devices are brought. Only programs that an engine runs on a device
  /// answer with results.
  ///
  /// - Throws: an error when the engine refuses the operands, or when an operand's *values* are out of range.
  func evaluate(placed operands: [PlacedTensor]) throws(TensorError) -> [PlacedTensor]?

  /// The only result for one operand; the same as ``evaluate(_:)``, without the arrays, *and* with the check of types.
  func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor

  /// The only result for two operands; the same as ``evaluate(_:)``, without the arrays, *and* with the check of types.
  func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor

  /// The derivative with respect to one operand at the values of an equation, as a linear map from that operand's
  /// tangent to the results' tangents.
  ///
  /// Transforms skip operands without a tangent and sum over the others, so that no rule tests for zero.
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap

  /// The results for a whole batch at once.
  ///
  /// - Parameters:
  ///   - operands: the operands; where `isBatched`, with a batch axis of the given size in front.
  ///   - isBatched: which operands have the batch axis; at least one of them.
  ///   - size: the size of the batch axis.
  /// - Returns: the results, each with the batch axis in front.
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor]

  /// How an engine can compute it for operands of these types, which ``resultTypes(of:)`` has accepted.
  func lowering(of operands: [TensorType]) -> Lowering

  /// The values for which ``evaluate(_:)`` throws, for operands of these types; none by default. Failures inside of
  /// programs that the primitive contains are stated by the equations of these.
  func failureConditions(of operands: [TensorType]) -> [FailureCondition]

  /// This primitive as one that contains programs; `nil` for all others.
  var control: (any ControlPrimitive)? { get }
}

/// A primitive that is linear in some of its operands while the others are fixed, and so can be transposed.
public protocol LinearPrimitive: Primitive {
  /// The cotangent of one operand, in which the primitive is linear, from the cotangents of the results.
  ///
  /// It is the adjoint with respect to the real inner product Re(conj(a)·b).
  ///
  /// - Parameter cotangents: one per result; `nil` where it is zero, but not all of them.
  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor

  /// The cotangents of several operands, in which the primitive is linear jointly; the same as one after the other by
  /// ``transposed(_:of:at:)``. Primitives of any number of operands share here what all of them need.
  ///
  /// - Parameter operands: their places, in ascending order.
  func transposed(_ cotangents: [Tensor?], of operands: [Int], at point: EquationPoint) -> [Tensor]

  /// The same primitive, but zero wherever a factor is zero, also when the other factor is infinite or not a number: what
  /// stands in its place in a derivative behind a choice. Primitives that multiply nothing are it themselves.
  var absorbingZeros: any LinearPrimitive { get }

  /// Adds the cotangent of one operand to a sum in place, from the cotangent of the only result.
  ///
  /// - Returns: whether it was added; false, with the sum unchanged, where the primitive has no such shortcut.
  func addTransposed(_ cotangent: HostTensor, of operand: Int, to total: inout HostTensor) -> Bool

  /// The cotangents of several operands from that of the only result, whose memory may be written over.
  ///
  /// - Returns: `nil`, with the cotangent unchanged, where the primitive has no such shortcut.
  func transposed(
    overwriting cotangent: inout HostTensor, of operands: [Int], at point: EquationPoint
  ) -> [HostTensor]?
}

extension LinearPrimitive {
  /// One operand after the other.
  public func transposed(_ cotangents: [Tensor?], of operands: [Int], at point: EquationPoint) -> [Tensor] {
    operands.map { transposed(cotangents, of: $0, at: point) }
  }

  /// Nothing is multiplied.
  public var absorbingZeros: any LinearPrimitive { self }

  /// No shortcut.
  public func addTransposed(_ cotangent: HostTensor, of operand: Int, to total: inout HostTensor) -> Bool { false }

  /// No shortcut.
  public func transposed(
    overwriting cotangent: inout HostTensor, of operands: [Int], at point: EquationPoint
  ) -> [HostTensor]? { nil }
}

extension Primitive {
  /// By ``evaluate(_:)`` on the host, which every primitive has.
  public func lowering(of operands: [TensorType]) -> Lowering { .host }

  /// No values.
  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [] }

  /// On the host.
  public func evaluate(placed operands: [PlacedTensor]) throws(TensorError) -> [PlacedTensor]? { nil }

  /// It contains no programs.
  public var control: (any ControlPrimitive)? { nil }

  /// Checks the types, then evaluates through the general form.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    _ = try resultTypes(of: [x.type])
    return try evaluate([x])[0]
  }

  /// Checks the types, then evaluates through the general form.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    _ = try resultTypes(of: [x.type, y.type])
    return try evaluate([x, y])[0]
  }
}
